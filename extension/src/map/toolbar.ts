import type { MapSpec, MapState } from "@tombolo/bundle";
import { element } from "../output/element.ts";
import { currentState } from "./kept-state.ts";
import type { ShownLayer } from "./map-layer.ts";
import { valueTable } from "./map-table.ts";
import type { MapStage } from "./stage.ts";
import { tellingLayer } from "./telling-layer.ts";

/** Shows all rows of a table of the kernel's in a place. Rejects when the kernel does not have it. */
export type RowTable = (place: HTMLElement, plan: string) => Promise<void>;

/** A button for each panel; a panel is made when it is first opened. */
export function panelButtons(
  side: HTMLElement,
  panels: Readonly<Record<string, () => HTMLElement>>,
): HTMLElement[] {
  return Object.entries(panels).map(([text, make]) => {
    let panel: HTMLElement | undefined;
    const button = element("button", { text, attributes: { type: "button", "aria-expanded": "false" } });
    button.addEventListener("click", () => {
      const open = button.getAttribute("aria-expanded") !== "true";
      panel ??= make();
      if (open) side.append(panel);
      else panel.remove();
      button.setAttribute("aria-expanded", String(open));
      if (open) panel.querySelector<HTMLElement>("input, select, button")?.focus();
    });
    return button;
  });
}

/** A button that puts the values in the map's place as a table, and back. */
export function tableButton(
  layers: readonly ShownLayer[],
  body: HTMLElement,
  rowTable: RowTable | undefined,
  failed: () => void,
): HTMLElement {
  const button = element("button", { text: "Show as table", attributes: { type: "button" } });
  let table: HTMLElement | undefined;
  button.addEventListener("click", async () => {
    if (table) {
      table.replaceWith(body);
      table = undefined;
    } else {
      const top = tellingLayer(layers) ?? layers[0];
      if (!top) return;
      table = await tableOf(top, rowTable).catch(() => undefined);
      if (table) body.replaceWith(table);
      else failed();
    }
    button.textContent = table ? "Show as map" : "Show as table";
  });
  return button;
}

/** All rows of a layer while its kernel is there; else the values that are on the map. */
async function tableOf(layer: ShownLayer, rowTable: RowTable | undefined): Promise<HTMLElement> {
  const { plan } = layer.spec;
  if (!rowTable || plan === undefined) return valueTable(layer);
  const place = element("div", { className: "tombolo-map-rows" });
  return rowTable(place, plan).then(
    () => place,
    () => valueTable(layer),
  );
}

/** A button that keeps the extent, the hidden layers and the chosen column in the notebook; nothing is kept without it. */
export function keepButton(
  spec: MapSpec,
  stage: MapStage,
  layers: readonly ShownLayer[],
  keep: (state: MapState) => void,
): HTMLElement {
  const button = element("button", {
    text: "Keep view",
    attributes: { type: "button", title: "Keep what is shown now in the notebook" },
  });
  // Which part of data that may not be saved somebody looks at says something about it.
  button.hidden = spec.access !== "public";
  button.addEventListener("click", () => {
    const now = currentState(stage, layers);
    if (now) keep(now);
  });
  return button;
}
