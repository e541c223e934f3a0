import { type ColumnSpec, formatNumber, HIDDEN, withUnit } from "@tombolo/bundle";
import { element } from "../../output/element.ts";
import type { ShownLayer } from "../map-layer.ts";
import { type Histogram, histogramOf } from "./histogram.ts";

const BINS = 40;
const STEPS = 200;

/** A panel in which columns of numbers are filtered by a range on their histogram. */
export function filterPanel(layer: ShownLayer, changed: () => void, signal: AbortSignal): HTMLElement {
  const columns = layer.spec.columns.filter(({ type }) => type !== "text");
  const counted = element("p", { className: "tombolo-note", attributes: { role: "status" } });
  const list = element("div");
  let isOwn = false;
  const update = () => {
    isOwn = true;
    layer.shareFilters();
    isOwn = false;
    layer.refresh();
    count();
    changed();
  };
  const count = () => {
    const shown = layer.classes.reduce((sum, each) => (each === HIDDEN ? sum : sum + 1), 0);
    counted.textContent = `${formatNumber(shown, ",d")} of ${formatNumber(layer.spec.count, ",d")} features are shown`;
  };
  layer.rows?.linked.onChange(() => {
    if (isOwn || layer.filters.size === 0) return;
    // Somebody else has said what is shown, and all views go by the last who did.
    if (layer.rows?.linked.shown === undefined) {
      layer.filters.clear();
      list.replaceChildren();
      layer.refresh();
      changed();
    }
    count();
  }, signal);
  const choose = element("select", {
    attributes: { "aria-label": "Column to filter by" },
    children: [
      element("option", { text: "Filter by…", attributes: { value: "" } }),
      ...columns.map(({ name, title }) => element("option", { text: title, attributes: { value: name } })),
    ],
  });
  choose.addEventListener("change", () => {
    const column = columns.find(({ name }) => name === choose.value);
    choose.value = "";
    if (!column || layer.filters.has(column.name)) return;
    void layer.columns.fetch([column.name]).then(() => {
      const filter = rangeFilter(layer, column, update);
      if (filter) list.append(filter);
    });
  });
  return element("div", {
    className: "tombolo-map-panel",
    attributes: { role: "group", "aria-label": "Filters" },
    children: [choose, list, counted],
  });
}

function rangeFilter(layer: ShownLayer, column: ColumnSpec, update: () => void): HTMLElement | undefined {
  const histogram = histogramOf(layer.columns.allNumbers(column.name), BINS);
  if (!histogram) return undefined;
  const { from, to } = histogram;
  // The ends are exact: a slider at its end leaves nothing out.
  const valueAt = (step: number) =>
    step <= 0 ? from : step >= STEPS ? to : from * (1 - step / STEPS) + to * (step / STEPS);
  const bars = histogramElement(histogram);
  const text = element("span", { className: "tombolo-count" });
  const sliders = ["Least", "Greatest"].map((end, index) =>
    element("input", {
      attributes: {
        ...{ type: "range", min: "0", max: String(STEPS), value: String(index * STEPS) },
        "aria-label": `${end} ${column.title}`,
      },
    }),
  );
  const apply = () => {
    const [low = 0, high = STEPS] = sliders
      .map((slider) => Number(slider.value))
      .sort((one, other) => one - other);
    const range = { from: valueAt(low), to: valueAt(high) };
    layer.filters.set(column.name, range);
    const ends = [range.from, range.to].map((value) => formatNumber(value, column.format));
    text.textContent = withUnit(ends.join(" – "), column.unit);
    for (const slider of sliders)
      slider.setAttribute("aria-valuetext", formatNumber(valueAt(Number(slider.value)), column.format));
    for (const [bin, bar] of [...bars.children].entries()) {
      const middle = ((bin + 0.5) / BINS) * STEPS;
      bar.classList.toggle("tombolo-out", middle < low || middle > high);
    }
    update();
  };
  for (const slider of sliders) slider.addEventListener("input", apply);
  const remove = element("button", {
    text: "×",
    attributes: { type: "button", "aria-label": `Remove the filter by ${column.title}` },
  });
  const node = element("div", {
    className: "tombolo-filter",
    children: [
      element("div", { children: [element("b", { text: column.title }), remove] }),
      bars,
      ...sliders,
      text,
    ],
  });
  remove.addEventListener("click", () => {
    layer.filters.delete(column.name);
    node.remove();
    update();
  });
  apply();
  return node;
}

function histogramElement({ counts }: Histogram): HTMLElement {
  const most = Math.max(...counts);
  const bars = counts.map((count) => {
    const bar = element("span");
    bar.style.height = count === 0 ? "0" : `${Math.max(3, Math.round((100 * count) / most))}%`;
    return bar;
  });
  return element("div", {
    className: "tombolo-histogram",
    attributes: { "aria-hidden": "true" },
    children: bars,
  });
}
