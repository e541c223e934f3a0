import type { MapSpec } from "@tombolo/bundle";
import { element } from "../output/element.ts";
import type { Features } from "./features.ts";

const MOST_ROWS = 500;

/** A button that puts the map's values in its place as a table, and back. */
export function showAsTable(spec: MapSpec, features: Features, body: HTMLElement): HTMLButtonElement {
  const button = element("button", {
    className: "tombolo-switch",
    text: "Show as table",
    attributes: { type: "button" },
  });
  let table: HTMLElement | undefined;
  button.addEventListener("click", () => {
    if (table) {
      table.replaceWith(body);
      table = undefined;
    } else {
      table = valueTable(spec, features);
      body.replaceWith(table);
    }
    button.textContent = table ? "Show as map" : "Show as table";
  });
  return button;
}

function valueTable({ title, column }: MapSpec, features: Features): HTMLElement {
  const shown = Math.min(features.count, MOST_ROWS);
  const rows = Array.from({ length: shown }, (_, feature) =>
    element("tr", {
      children: [
        element("th", { text: features.nameOf(feature), attributes: { scope: "row" } }),
        element("td", { text: features.valueOf(feature), attributes: { "data-type": "number" } }),
      ],
    }),
  );
  const caption = shown < features.count ? `${title} · ${shown} of ${features.count} features` : title;
  const headings = ["Name", column?.title ?? ""].map((text) =>
    element("th", { text, attributes: { scope: "col" } }),
  );
  const table = element("table", {
    className: "tombolo-table",
    children: [
      element("caption", { text: caption }),
      element("thead", { children: [element("tr", { children: headings })] }),
      element("tbody", { children: rows }),
    ],
  });
  return element("div", {
    className: "tombolo-scroll tombolo-scroll-tall",
    attributes: { tabindex: "0", role: "region", "aria-label": caption },
    children: [table],
  });
}
