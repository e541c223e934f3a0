import {
  formatNumber,
  groundColours,
  isSizedOnly,
  legendEntries,
  legendRamp,
  NO_CLASS,
  rampHistogram,
  SUPPRESSED,
  shownColumn,
  withUnit,
} from "@tombolo/bundle";
import { element } from "../../output/element.ts";
import { currentTheme, onThemeChange } from "../../output/theme.ts";
import type { ShownLayer } from "../map-layer.ts";

/** What the keyboard reaches in a legend. */
const REACHED = "button, select";

/** The legend of a layer: its column, which can be changed, and its classes, each a button that takes it off the map. */
export function legendElement(
  layer: ShownLayer,
  changed: () => void,
  signal: AbortSignal,
): { readonly node: HTMLElement; draw(): void } {
  const node = element("div", { className: "tombolo-legend" });
  const update = () => {
    layer.refresh();
    // The parts are made anew: who works with the keyboard goes on where they were.
    const active = document.activeElement;
    const at = active ? [...node.querySelectorAll(REACHED)].indexOf(active) : -1;
    draw();
    node.querySelectorAll<HTMLElement>(REACHED)[at]?.focus();
    changed();
  };
  const draw = () => {
    const { spec, colouring } = layer;
    if (isSizedOnly({ ...spec, colouring })) {
      node.replaceChildren(...[sizes(layer)].filter((part) => part !== undefined));
      return;
    }
    const parts = [heading(layer, update), ramp(layer), pairs(layer, update)];
    const entries = legendEntries({ ...spec, colouring }).filter(
      ({ colour }) => colouring.type !== "bivariate" || colour === undefined,
    );
    if (entries.length > 0) parts.push(entryList(layer, entries, update));
    parts.push(sizes(layer));
    node.replaceChildren(...parts.filter((part) => part !== undefined));
  };
  draw();
  onThemeChange(draw, signal);
  return { node, draw };
}

function heading(layer: ShownLayer, update: () => void): HTMLElement | undefined {
  const { spec, colouring } = layer;
  const column = shownColumn({ ...spec, colouring });
  if (colouring.type === "bivariate" || !column)
    return element("div", { className: "tombolo-legend-title", text: spec.title });
  const choices = spec.columns.filter(({ type }) => type !== "text");
  const title =
    colouring.type === "classes" && choices.length > 1
      ? columnChooser(layer, choices, column.name, update)
      : element("div", { className: "tombolo-legend-title", text: column.title });
  return element("div", {
    children: [title, element("div", { className: "tombolo-unit", text: column.unit })],
  });
}

function columnChooser(
  layer: ShownLayer,
  choices: ShownLayer["spec"]["columns"],
  chosen: string,
  update: () => void,
): HTMLElement {
  const options = choices.map(({ name, title }) => {
    const option = element("option", { text: title, attributes: { value: name } });
    option.selected = name === chosen;
    return option;
  });
  const select = element("select", {
    className: "tombolo-legend-title tombolo-column-choice",
    attributes: { "aria-label": "Column shown by colour" },
    children: options,
  });
  select.addEventListener("change", () => void layer.recolour(select.value).then(update));
  return select;
}

type Entries = ReturnType<typeof legendEntries>;

function entryList(layer: ShownLayer, entries: Entries, update: () => void): HTMLElement {
  const colours = groundColours(layer.colouring, currentTheme().background);
  const largest = Math.max(1, ...entries.map(({ count }) => count));
  const items = entries.map(({ group, text, count, colour }) => {
    const swatch = element("span", {
      className: `tombolo-swatch tombolo-swatch-${layer.spec.kind}`,
      attributes: { "aria-hidden": "true" },
    });
    if (colour !== undefined) swatch.style.backgroundColor = colours[group] ?? colour;
    else if (group === SUPPRESSED) swatch.classList.add("tombolo-suppressed");
    else if (group === NO_CLASS) swatch.classList.add("tombolo-no-data");
    const bar = element("span", { className: "tombolo-bar", attributes: { "aria-hidden": "true" } });
    bar.style.width = `${Math.round((48 * count) / largest)}px`;
    const button = element("button", {
      className: "tombolo-entry",
      attributes: {
        type: "button",
        "aria-pressed": String(!layer.hiddenClasses.has(group)),
        title: `${formatNumber(count, ",d")} features; click to hide or show them`,
      },
      children: [
        swatch,
        element("span", { className: "tombolo-range", text }),
        bar,
        element("span", { className: "tombolo-count", text: formatNumber(count, ",d") }),
      ],
    });
    button.addEventListener("click", () => {
      if (!layer.hiddenClasses.delete(group)) layer.hiddenClasses.add(group);
      update();
    });
    return element("li", { children: [button] });
  });
  return element("ul", { children: items });
}

/** Bars above the shades of which there are so many. */
function histogram({ spec, colouring }: ShownLayer): HTMLElement[] {
  const bars = rampHistogram({ ...spec, colouring })?.map((part) => {
    const bar = element("span");
    bar.style.height = `${Math.ceil(100 * part)}%`;
    return bar;
  });
  const attributes = { "aria-hidden": "true" };
  return bars ? [element("div", { className: "tombolo-ramp-bars", attributes, children: bars })] : [];
}

/** A bar of all shades, with the values at its ends. */
function ramp(layer: ShownLayer): HTMLElement | undefined {
  const { spec, colouring } = layer;
  const ends = legendRamp({ ...spec, colouring });
  if (!ends || colouring.type === "plain") return undefined;
  const bar = element("div", { className: "tombolo-ramp", attributes: { "aria-hidden": "true" } });
  const colours = groundColours(colouring, currentTheme().background);
  bar.style.backgroundImage = `linear-gradient(to right, ${colours.join(", ")})`;
  const labels = ends.map((text) => element("span", { text }));
  return element("div", {
    children: [
      ...histogram(layer),
      bar,
      element("div", { className: "tombolo-ramp-ends", children: labels }),
    ],
  });
}

/** Nine squares, the first column's classes to the right and the second's upwards; each takes its features off the map. */
function pairs(layer: ShownLayer, update: () => void): HTMLElement | undefined {
  const { colouring } = layer;
  if (colouring.type !== "bivariate") return undefined;
  const [first, second] = colouring.columns.map((name) => layer.columns.find(name)?.title ?? name);
  const colours = groundColours(colouring, currentTheme().background);
  const named = legendEntries({ ...layer.spec, colouring });
  const cells = [6, 7, 8, 3, 4, 5, 0, 1, 2].map((group) => {
    const text = named.find((entry) => entry.group === group)?.text ?? "";
    const label = `${text}: ${colouring.counts[group] ?? 0} features`;
    const cell = element("button", {
      attributes: {
        ...{ type: "button", title: label, "aria-label": label },
        "aria-pressed": String(!layer.hiddenClasses.has(group)),
      },
    });
    cell.style.backgroundColor = colours[group] ?? "";
    cell.addEventListener("click", () => {
      if (!layer.hiddenClasses.delete(group)) layer.hiddenClasses.add(group);
      update();
    });
    return cell;
  });
  return element("div", {
    children: [
      element("div", { text: `↑ ${second}` }),
      element("div", { className: "tombolo-pairs", children: cells }),
      element("div", { text: `→ ${first}` }),
    ],
  });
}

/** What the sizes of symbols or lines stand for. */
function sizes(layer: ShownLayer): HTMLElement | undefined {
  const { size, kind } = layer.spec;
  const column = size && layer.columns.find(size.column);
  if (!size || !column) return undefined;
  const rows = [1, 0.25, 0.04].map((part) => {
    const sample = element("span", {
      className: `tombolo-size tombolo-size-${kind}`,
      attributes: { "aria-hidden": "true" },
    });
    const pixels = kind === "line" ? Math.max(1, size.pixels * part) : 2 * size.pixels * Math.sqrt(part);
    sample.style.height = `${pixels}px`;
    sample.style.width = kind === "line" ? "30px" : `${pixels}px`;
    const box = element("span", { className: "tombolo-size-box", children: [sample] });
    box.style.width = kind === "line" ? "30px" : `${2 * size.pixels}px`;
    return element("div", {
      className: "tombolo-size-row",
      children: [
        box,
        element("span", { text: withUnit(formatNumber(size.most * part, column.format), column.unit) }),
      ],
    });
  });
  return element("div", {
    className: "tombolo-sizes",
    children: [element("div", { className: "tombolo-legend-title", text: column.title }), ...rows],
  });
}
