import {
  type Basemap,
  type MapSpec,
  type MapState,
  parseMapSpec,
  parseMapState,
  type RowsSpec,
  scaleBar,
} from "@tombolo/bundle";
import { element } from "../output/element.ts";
import type { DrawInput } from "../output/renderer.ts";
import type { LinkedRows } from "../output/selection-hub.ts";
import { exportPanel, type Ways } from "./exports/menu.ts";
import { type Actions, followKeyboard, followPointer, TOOLS, type Tool } from "./gestures.ts";
import { insetPanels } from "./insets.ts";
import { currentState } from "./kept-state.ts";
import { ShownLayer } from "./map-layer.ts";
import { valueTable } from "./map-table.ts";
import type { Painter } from "./paint/page-painter.ts";
import { filterPanel } from "./panels/filters.ts";
import { layerPanel } from "./panels/layers.ts";
import { legendElement } from "./panels/legend.ts";
import { searchPanel } from "./panels/search.ts";
import { timeline } from "./panels/timeline.ts";
import { selectInside, selectTarget } from "./selecting.ts";
import { MapStage, middleOf, type Target } from "./stage.ts";
import { Tooltip } from "./tooltip.ts";

const KEYS =
  "Arrow keys move, plus and minus enlarge, 0 shows everything, N and P go through the features, Enter selects one and Space adds it.";

/** What a map is shown from, wherever it is shown. */
export interface MapInput extends Pick<DrawInput, "specification" | "fetchBlob" | "description" | "kept"> {
  /** What the views of the same rows share. */
  readonly selections: { linkedRows(link: RowsSpec): LinkedRows };
  /** Keeps the view; undefined where it cannot be kept. */
  readonly keep: DrawInput["keep"] | undefined;
  readonly signal: AbortSignal;
  readonly painter: Painter;
  /** Ways to take the map away as a file. */
  readonly ways: Ways;
  /** Shows all rows of a table of the kernel's; undefined where there is no kernel. Rejects when it does not have the table. */
  readonly rowTable: ((place: HTMLElement, plan: string) => Promise<void>) | undefined;
  /** Puts a background below the map; undefined where there is none. Throws when there cannot be one. */
  readonly background:
    | ((basemap: Basemap, stage: MapStage, failed: (reason: string) => void) => HTMLElement)
    | undefined;
}

/** Shows a map that can be moved, enlarged and read, by pointer, by keyboard and by screen reader. */
export async function showMap(host: HTMLElement, input: MapInput): Promise<void> {
  const { specification, fetchBlob, selections, description, kept, keep, signal, painter } = input;
  const spec = parseMapSpec(specification);
  const state = kept === undefined ? undefined : parseMapState(kept);
  const layers = await Promise.all(
    spec.layers.map((layer) => {
      const linked = layer.link && selections.linkedRows(layer.link);
      return ShownLayer.open(layer, { fetchBlob, painter, linked });
    }),
  );
  const close = () => {
    for (const layer of layers) layer.close();
  };
  if (signal.aborted) {
    close();
    return;
  }
  signal.addEventListener("abort", close);
  if (state) await Promise.all(layers.map((layer, index) => restore(layer, state.layers[index])));
  const stage = new MapStage(spec, layers, painter, signal, state?.extent);
  const parts = readingAids(stage, spec, description);
  const insets = insetPanels(spec.insets, stage, painter, signal);
  const repaint = () => {
    stage.repaint();
    insets.repaint();
  };
  if (spec.insets.length > 0) {
    parts.stageNode.append(insets.node);
    stage.insets = INSET_PART;
  }
  if (spec.basemap && input.background) addBackground(spec.basemap, input.background, stage, parts);
  const legends = [...layers].reverse().map((layer) => legendElement(layer, repaint, signal));
  const side = element("div", {
    className: "tombolo-side",
    children: legends.map(({ node }) => node),
  });
  const body = element("div", { className: "tombolo-map-body", children: [parts.stageNode, side] });
  const times = layers.find(({ spec: { time } }) => time)?.spec.time;
  const choose = (step: number) => {
    for (const layer of layers)
      if (layer.spec.time) layer.goTo(Math.min(step, layer.spec.time.steps.length - 1));
    for (const { draw } of legends) draw();
    repaint();
  };
  const bottom = times ? [timeline(times.steps, times.shown, choose, signal)] : [];
  const panels = panelButtons(side, {
    Search: () =>
      searchPanel(
        () => layers.filter(({ visible }) => visible),
        (target, box) => parts.goTo(target, box),
      ),
    Filter: () =>
      element("div", {
        children: layers.filter(hasNumbers).map((layer) => filterPanel(layer, repaint, signal)),
      }),
    ...(layers.length > 1 && { Layers: () => layerPanel(stage, repaint) }),
    Export: () => exportPanel({ spec, layers, stage, fetchBlob, description }, input.ways),
  });
  const tools = element("div", {
    className: "tombolo-tools",
    attributes: { role: "toolbar", "aria-label": "Map" },
    children: [
      ...panels,
      tableButton(layers, body, input.rowTable),
      ...(keep ? [keepButton(spec, stage, layers, keep)] : []),
      ...parts.toolButtons,
    ],
  });
  host.append(
    element("figure", {
      className: "tombolo-map",
      children: [
        element("figcaption", { text: spec.title }),
        body,
        ...bottom,
        element("div", {
          className: "tombolo-foot",
          children: [element("span", { className: "tombolo-source", text: sourceLine(spec) }), tools],
        }),
        ...spec.warnings.map((text) => element("p", { className: "tombolo-note", text })),
        parts.note,
        parts.spoken,
      ],
    }),
  );
}

/** Puts a background below the map; when there can be none, the map stays as it is and a note tells why. */
function addBackground(
  basemap: Basemap,
  background: NonNullable<MapInput["background"]>,
  stage: MapStage,
  { stageNode, note }: { readonly stageNode: HTMLElement; readonly note: HTMLElement },
): void {
  const failed = (reason: string) => {
    note.textContent = reason;
  };
  try {
    stageNode.prepend(background(basemap, stage, failed));
  } catch (error) {
    failed(`There is no background: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Part of the width that insets take, as the style sheet says. */
const INSET_PART = 0.28;

async function restore(layer: ShownLayer, state: MapState["layers"][number] | undefined): Promise<void> {
  if (!state) return;
  layer.visible = state.visible;
  if (state.column !== undefined && layer.columns.find(state.column)) await layer.recolour(state.column);
}

/** A button that keeps the extent, the hidden layers and the chosen column in the notebook; nothing is kept without it. */
function keepButton(
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

function hasNumbers({ spec }: ShownLayer): boolean {
  return spec.columns.some(({ type }) => type !== "text");
}

function sourceLine({ source, basemap }: MapSpec): string {
  return [source, basemap?.attribution ?? ""].filter((line) => line !== "").join(" ");
}

/** The drawn part with what helps to read it: scale bar, tooltip, buttons, and a live text for who does not see it. */
function readingAids(stage: MapStage, spec: MapSpec, description: string) {
  const scale = element("div", { className: "tombolo-scale", attributes: { "aria-hidden": "true" } });
  stage.onView((view) => {
    const { pixels, text } = scaleBar(view.scale, 120);
    // Each frame of a movement comes by here, and nearly none changes the scale.
    if (scale.style.width === `${pixels}px`) return;
    scale.textContent = text;
    scale.style.width = `${pixels}px`;
  });
  const tooltip = new Tooltip();
  const spoken = element("div", { className: "tombolo-spoken", attributes: { "aria-live": "polite" } });
  const stageNode = element("div", {
    className: "tombolo-stage",
    attributes: {
      ...{ tabindex: "0", role: "application", "aria-roledescription": "map" },
      "aria-label": `${description}\n${KEYS}`,
    },
    children: [stage.node, scale, tooltip.node, zoomButtons(stage)],
  });
  stageNode.style.aspectRatio = `${spec.width - LEGEND_WIDTH} / ${spec.height - TITLE_HEIGHT}`;
  let tool: Tool = "move";
  const say = (text: string) => {
    spoken.textContent = text;
  };
  const point = async (target: Target | undefined, place?: { x: number; y: number }) => {
    stage.point(target);
    if (!target) {
      tooltip.hide();
      return;
    }
    await target.layer.fetchDetails();
    // The pointer may have gone on while names were fetched.
    if (stage.target?.feature !== target.feature || stage.target.layer !== target.layer) return;
    const { view, size } = stage;
    tooltip.show(target, place ?? (view ? middleOf(target, view, size) : { x: 12, y: 12 }));
    if (!place)
      say(
        [target.layer.nameOf(target.feature), target.layer.detailsOf(target.feature)[0]?.[1] ?? ""].join(
          ": ",
        ),
      );
  };
  const actions: Actions = {
    point: (target, place) => void point(target, place),
    click: (target, add) => {
      selectTarget(stage, target, add);
      if (target) say(`${target.layer.nameOf(target.feature)} selected`);
    },
    enclose: (line, add) => void selectInside(stage, line, add),
    tool: () => tool,
  };
  followPointer(stageNode, stage, actions);
  followKeyboard(stageNode, stage, actions);
  const toolButtons = toolChoice((chosen) => {
    tool = chosen;
    stageNode.dataset.tool = chosen;
  });
  const goTo = (target: Target, box: Parameters<MapStage["showBox"]>[0]) => {
    stage.showBox(box);
    void point(target);
    stageNode.focus({ preventScroll: true });
  };
  const note = element("p", { className: "tombolo-note", attributes: { role: "status" } });
  return { stageNode, spoken, note, toolButtons, goTo };
}

/** What the kernel's picture of the same size gives to its legend and title. */
const LEGEND_WIDTH = 190;
const TITLE_HEIGHT = 90;

const TOOL_LABELS: Readonly<Record<Tool, [text: string, label: string]>> = {
  move: ["✥", "Dragging moves the map"],
  box: ["▭", "Dragging selects in a box"],
  lasso: ["◌", "Dragging selects in a lasso"],
};

function toolChoice(choose: (tool: Tool) => void): HTMLElement[] {
  const buttons = TOOLS.map((tool) => {
    const [text, label] = TOOL_LABELS[tool];
    const button = element("button", {
      text,
      attributes: {
        type: "button",
        title: label,
        "aria-label": label,
        "aria-pressed": String(tool === "move"),
      },
    });
    button.addEventListener("click", () => {
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
      choose(tool);
    });
    return button;
  });
  return buttons;
}

/** A button for each panel; a panel is made when it is first opened. */
function panelButtons(side: HTMLElement, panels: Readonly<Record<string, () => HTMLElement>>): HTMLElement[] {
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
function tableButton(
  layers: readonly ShownLayer[],
  body: HTMLElement,
  rowTable: MapInput["rowTable"],
): HTMLElement {
  const button = element("button", { text: "Show as table", attributes: { type: "button" } });
  let table: HTMLElement | undefined;
  button.addEventListener("click", async () => {
    if (table) {
      table.replaceWith(body);
      table = undefined;
    } else {
      const top = layers.findLast(({ visible }) => visible) ?? layers[0];
      if (!top) return;
      table = await tableOf(top, rowTable);
      body.replaceWith(table);
    }
    button.textContent = table ? "Show as map" : "Show as table";
  });
  return button;
}

/** All rows of a layer while its kernel is there; else the values that are on the map. */
async function tableOf(layer: ShownLayer, rowTable: MapInput["rowTable"]): Promise<HTMLElement> {
  const { plan } = layer.spec;
  if (!rowTable || plan === undefined) return valueTable(layer);
  const place = element("div", { className: "tombolo-map-rows" });
  return rowTable(place, plan).then(
    () => place,
    () => valueTable(layer),
  );
}

function zoomButtons(stage: MapStage): HTMLElement {
  const button = (text: string, label: string, action: () => void) => {
    const node = element("button", {
      text,
      attributes: { type: "button", title: label, "aria-label": label },
    });
    node.addEventListener("click", action);
    return node;
  };
  return element("div", {
    className: "tombolo-zoom",
    children: [
      button("+", "Enlarge", () => stage.zoom(1)),
      button("−", "Reduce", () => stage.zoom(-1)),
      button("⤢", "Show everything", () => stage.reset()),
    ],
  });
}
