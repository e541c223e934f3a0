import { formatNumber, legendEntries, type MapSpec } from "@tombolo/bundle";
import { element } from "../output/element.ts";

/** The legend as a list: a swatch, a range and a count for each class. */
export function legendElement(spec: MapSpec): HTMLElement {
  const entries = legendEntries(spec).map(({ colour, text, count }) => {
    const swatch = element("span", { className: "tombolo-swatch", attributes: { "aria-hidden": "true" } });
    if (colour !== undefined) swatch.style.backgroundColor = colour;
    const counted = element("span", {
      className: "tombolo-count",
      text: formatNumber(count, ",d"),
      attributes: { title: `${count} features` },
    });
    return element("li", {
      children: [swatch, element("span", { className: "tombolo-range", text }), counted],
    });
  });
  const heading = spec.column
    ? [
        element("div", { className: "tombolo-legend-title", text: spec.column.title }),
        element("div", { className: "tombolo-unit", text: spec.column.unit }),
      ]
    : [];
  return element("div", {
    className: "tombolo-legend",
    children: [...heading, element("ul", { children: entries })],
  });
}
