import { type Box, toMetres } from "@tombolo/bundle";
import { element } from "../../output/element.ts";
import type { ShownLayer } from "../map-layer.ts";
import type { Target } from "../stage.ts";

const MOST_FOUND = 8;

/** A box in which a place is searched by name or label; a found one is shown and pointed at. */
export function searchPanel(
  layers: () => readonly ShownLayer[],
  found: (target: Target, box: Box) => void,
): HTMLElement {
  const input = element("input", {
    attributes: {
      type: "search",
      placeholder: "Name or code",
      "aria-label": "Search for a place by name or code",
    },
  });
  const list = element("ul", { className: "tombolo-found", attributes: { "aria-label": "Places found" } });
  const status = element("div", { attributes: { role: "status" }, children: [list] });
  let asked = 0;
  const search = async () => {
    const number = ++asked;
    const targets = await findTargets(layers(), input.value);
    if (number !== asked) return;
    const items = targets.map(({ text, target }) => {
      const button = element("button", { text, attributes: { type: "button" } });
      button.addEventListener("click", () => found(target, boxOf(target)));
      return element("li", { children: [button] });
    });
    const nothing = input.value.trim() !== "" && items.length === 0;
    list.replaceChildren(...(nothing ? [element("li", { text: "Nothing has that name." })] : items));
  };
  input.addEventListener("input", () => void search());
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const first = list.querySelector("button");
    first?.click();
  });
  return element("div", { className: "tombolo-map-panel", children: [input, status] });
}

interface Found {
  readonly text: string;
  readonly target: Target;
}

/** Features whose name or label begins with a text, then those that contain it. */
async function findTargets(layers: readonly ShownLayer[], wanted: string): Promise<Found[]> {
  const text = wanted.trim().toLowerCase();
  if (text === "") return [];
  const found: (Found & { readonly rank: number })[] = [];
  for (const layer of layers) {
    const [names, labels] = await Promise.all([layer.columns.names(), layer.columns.labels()]);
    const isPlace = (feature: number) => Number.isFinite(layer.geometry.bounds[4 * feature]);
    let beginning = 0;
    for (let feature = 0; feature < names.length && beginning < MOST_FOUND; feature++) {
      const [name, label] = [names[feature] ?? "", labels[feature] ?? ""];
      const rank = place(name, text) || place(label, text);
      if (rank === 0 || !isPlace(feature)) continue;
      if (rank === 2) beginning++;
      found.push({ rank, text: name === label ? name : `${name} · ${label}`, target: { layer, feature } });
    }
  }
  return found.sort((one, other) => other.rank - one.rank).slice(0, MOST_FOUND);
}

/** 2 when a text begins with another, 1 when it contains it, 0 when it does not. */
function place(text: string, wanted: string): 0 | 1 | 2 {
  const at = text.toLowerCase().indexOf(wanted);
  return at === 0 ? 2 : at > 0 ? 1 : 0;
}

function boxOf({ layer, feature }: Target): Box {
  const { geometry, bounds } = layer.geometry;
  const [minX = 0, minY = 0, maxX = 0, maxY = 0] = bounds.subarray(4 * feature, 4 * feature + 4);
  return toMetres(geometry, { minX, minY, maxX, maxY });
}
