import { isLiveReference, parseTableSpec, type TableSpec } from "@tombolo/bundle";
import { element } from "../output/element.ts";

/** The rows of a saved table, unless they were not saved. Throws a TypeError for what is no table. */
export function showSavedTable(specification: unknown): HTMLElement | undefined {
  return isLiveReference(specification) ? undefined : savedTable(parseTableSpec(specification));
}

/** The rows that were saved with the notebook, as a table of the page. */
export function savedTable(spec: TableSpec): HTMLElement {
  const table = element("table", {
    className: "tombolo-table",
    children: [
      element("caption", { text: captionOf(spec) }),
      element("thead", { children: [element("tr", { children: spec.columns.map(headingOf) })] }),
      element("tbody", { children: spec.rows.map((row) => rowOf(spec, row)) }),
    ],
  });
  // A region that scrolls must be reached by the keyboard, and then needs a name.
  const attributes = { tabindex: "0", role: "region", "aria-label": captionOf(spec) };
  return element("div", { className: "tombolo-scroll", attributes, children: [table] });
}

function captionOf({ title, rows, rowCount }: TableSpec): string {
  const amount =
    rows.length < rowCount
      ? `${rows.length} of ${rowCount} rows`
      : `${rowCount} ${rowCount === 1 ? "row" : "rows"}`;
  return title === "" ? amount : `${title} · ${amount}`;
}

function headingOf({ name, unit, type, missing }: TableSpec["columns"][number]): HTMLElement {
  const details = [unit, missing > 0 ? `${missing} missing` : ""].filter((text) => text !== "").join(", ");
  return element("th", {
    attributes: { scope: "col", "data-type": type },
    children: [
      element("span", { className: "tombolo-column", text: name }),
      element("span", { className: "tombolo-unit", text: details === "" ? type : details }),
    ],
  });
}

function rowOf({ columns }: TableSpec, row: TableSpec["rows"][number]): HTMLElement {
  const cells = row.map((text, index) =>
    element("td", {
      text: text ?? "–",
      attributes: {
        "data-type": columns[index]?.type ?? "text",
        ...(text === null && { "aria-label": "missing" }),
      },
    }),
  );
  return element("tr", { children: cells });
}
