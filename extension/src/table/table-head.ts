import { formatNumber, type TableQuery, type TableSpec } from "@tombolo/bundle";
import { element } from "../output/element.ts";

/** What is done with the headings. */
export interface HeadEvents {
  sorted(column: string): void;
  filtered(column: string, text: string): void;
  described(column: string): void;
}

/** The headings of a grid: a name to order by, the unit, a button for figures, and a field for a condition. */
export function headRow(spec: TableSpec, events: HeadEvents) {
  const columns = spec.columns.map((column, index) => heading(column, index, events));
  const node = element("div", {
    className: "tombolo-grid-head",
    attributes: { role: "rowgroup" },
    children: [
      element("div", {
        className: "tombolo-grid-row",
        attributes: { role: "row", "aria-rowindex": "1" },
        children: columns.map(({ cell }) => cell),
      }),
    ],
  });
  const indexOf = (name: string) => spec.columns.findIndex((column) => column.name === name);
  return {
    node,
    cell: (column: number): HTMLElement | null => columns[column]?.button ?? null,
    /** Lets Tab reach the heading of one column, or none. */
    focusable(column: number): void {
      columns.forEach(({ button }, index) => {
        button.tabIndex = index === column ? 0 : -1;
      });
    },
    showSort(sort: TableQuery["sort"]): void {
      columns.forEach(({ cell, button }, index) => {
        const isSorted = sort !== undefined && indexOf(sort.column) === index;
        const order = isSorted ? (sort.descending ? "descending" : "ascending") : "none";
        cell.setAttribute("aria-sort", order);
        button.dataset.order = order;
      });
    },
    showMistake(column: string, message: string): void {
      const field = columns[indexOf(column)]?.field;
      field?.setCustomValidity(message);
      field?.setAttribute("aria-invalid", String(message !== ""));
      if (message !== "") field?.reportValidity();
    },
  };
}

function heading(column: TableSpec["columns"][number], index: number, events: HeadEvents) {
  const { name, title, unit, type, missing } = column;
  const button = element("button", {
    className: "tombolo-grid-name",
    text: name,
    attributes: {
      type: "button",
      tabindex: "-1",
      title: title === name ? `Order by ${name}` : `${title}: order by it`,
    },
  });
  button.addEventListener("click", () => events.sorted(name));
  const figures = element("button", {
    className: "tombolo-grid-figures",
    text: "Σ",
    attributes: { type: "button", "aria-label": `${name} in figures`, title: `${name} in figures` },
  });
  figures.addEventListener("click", () => events.described(name));
  const field = element("input", {
    className: "tombolo-grid-filter",
    attributes: {
      type: "search",
      "aria-label": `Condition on ${name}`,
      placeholder: type === "number" ? "> 5, 2..4" : type === "time" ? "> 2020-05" : "contains",
      spellcheck: "false",
    },
  });
  field.addEventListener("change", () => events.filtered(name, field.value));
  field.addEventListener("search", () => events.filtered(name, field.value));
  field.addEventListener("keydown", (event) => event.stopPropagation());
  const details = [
    unit === "" ? type : unit,
    missing > 0 ? `${formatNumber(missing, ",d")} missing` : "",
  ].filter((text) => text !== "");
  const cell = element("div", {
    className: "tombolo-grid-heading",
    attributes: {
      role: "columnheader",
      "aria-colindex": String(index + 1),
      "aria-sort": "none",
      "data-type": type,
    },
    children: [
      element("div", { className: "tombolo-grid-top", children: [button, figures] }),
      element("span", { className: "tombolo-unit", text: details.join(", ") }),
      field,
    ],
  });
  return { cell, button, field };
}
