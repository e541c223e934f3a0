import type { ColumnStatistics } from "@tombolo/bundle";
import { element } from "../output/element.ts";

/** A column in figures: a list of them, and bars. */
export function columnFigures(
  column: string,
  { figures, bars }: ColumnStatistics,
  closed: () => void,
): HTMLElement {
  const most = Math.max(1, ...bars.map(([, count]) => count));
  const list = element("dl", {
    children: figures.map(([name, text]) =>
      element("div", { children: [element("dt", { text: name }), element("dd", { text })] }),
    ),
  });
  const rows = bars.map(([text, count]) => {
    const bar = element("span", { className: "tombolo-figure-bar", attributes: { "aria-hidden": "true" } });
    bar.style.width = `${Math.round((100 * count) / most)}px`;
    return element("li", {
      children: [
        element("span", { className: "tombolo-figure-name", text }),
        bar,
        element("span", { text: String(count) }),
      ],
    });
  });
  const button = element("button", {
    text: "Close",
    className: "tombolo-switch",
    attributes: { type: "button" },
  });
  button.addEventListener("click", closed);
  return element("section", {
    className: "tombolo-figures",
    attributes: { "aria-label": `${column} in figures` },
    children: [element("h4", { text: column }), list, element("ul", { children: rows }), button],
  });
}
