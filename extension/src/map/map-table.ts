import { element } from "../output/element.ts";
import type { ShownLayer } from "./map-layer.ts";

const MOST_ROWS = 500;

/** The values of a layer as a table, for who would rather read than look. */
export async function valueTable(layer: ShownLayer): Promise<HTMLElement> {
  await layer.fetchDetails();
  const { count, title } = layer.spec;
  const shown = Math.min(count, MOST_ROWS);
  const headings = ["Name", ...(count > 0 ? layer.detailsOf(0) : []).map(([heading]) => heading)];
  const rows = Array.from({ length: shown }, (_, feature) =>
    element("tr", {
      children: [
        element("th", { text: layer.nameOf(feature), attributes: { scope: "row" } }),
        ...layer
          .detailsOf(feature)
          .map(([, text]) => element("td", { text, attributes: { "data-type": "number" } })),
      ],
    }),
  );
  const caption = shown < count ? `${title} · ${shown} of ${count} features` : title;
  const table = element("table", {
    className: "tombolo-table",
    children: [
      element("caption", { text: caption }),
      element("thead", {
        children: [
          element("tr", {
            children: headings.map((text) => element("th", { text, attributes: { scope: "col" } })),
          }),
        ],
      }),
      element("tbody", { children: rows }),
    ],
  });
  return element("div", {
    className: "tombolo-scroll tombolo-scroll-tall",
    attributes: { tabindex: "0", role: "region", "aria-label": caption },
    children: [table],
  });
}
