import { formatNumber, parseTableSpec, sizeOfRows, type TableSpec } from "@tombolo/bundle";
import { element } from "../output/element.ts";
import type { Draw, DrawInput } from "../output/renderer.ts";
import type { LinkedRows } from "../output/selection-hub.ts";
import { columnFigures } from "./column-figures.ts";
import { savedTable } from "./saved-table.ts";
import { TableGrid } from "./table-grid.ts";
import { TableSource } from "./table-source.ts";

/** Shows a table: all its rows while its kernel is there, else those that were saved. */
export const drawTable: Draw = async (host, input) => {
  const spec = parseTableSpec(input.specification);
  const source = await openTable(spec.plan, input).catch(() => undefined);
  if (!source) {
    host.append(savedTable(spec));
    return;
  }
  await drawGrid(host, source, input);
  if (spec.source !== "") host.append(element("div", { className: "tombolo-source", text: spec.source }));
};

/** Opens a table of the kernel's; rejects when the kernel does not have it. */
export async function openTable(
  plan: string | undefined,
  { connect, signal }: DrawInput,
): Promise<TableSource> {
  if (plan === undefined) throw new Error("the kernel does not know this table");
  const source = await TableSource.open(await connect(), plan);
  signal.addEventListener("abort", () => source.close());
  return source;
}

/** Shows all rows of a table of the kernel's, without a line about their source, which may be there already. */
export async function drawGrid(
  host: HTMLElement,
  source: TableSource,
  { selections, signal }: DrawInput,
): Promise<void> {
  const { spec } = source;
  const linked = spec.link && selections.linkedRows(spec.link);
  const caption = element("span");
  const spoken = element("span", { className: "tombolo-spoken", attributes: { "aria-live": "polite" } });
  const figures = element("div");
  const only = button("Show only these rows in all views");
  const all = button("Show all rows again");
  const grid = new TableGrid(spec, source, linked, {
    changed: () => update(),
    said: (text) => {
      spoken.textContent = text;
    },
    described: async (column) => {
      const statistics = await source.statistics(grid.query, column);
      const panel = columnFigures(column, statistics, () => figures.replaceChildren());
      figures.replaceChildren(panel);
      spoken.textContent = statistics.figures.map((pair) => pair.join(" ")).join(", ");
    },
  });
  const update = () => {
    caption.textContent = captionOf(spec, grid.count, linked);
    only.hidden = !linked || !Object.values(grid.query.filters).some((text) => text.trim() !== "");
    all.hidden = linked?.shown === undefined;
  };
  only.addEventListener("click", async () => linked?.show(await source.found(grid.query)));
  all.addEventListener("click", () => linked?.show(undefined));
  await grid.refresh();
  let shown = linked?.shown;
  linked?.onChange(() => {
    const isOther = linked.shown !== shown;
    shown = linked.shown;
    if (!isOther) grid.draw();
    // The kernel must have heard of it first; it hears in the order in which it is told.
    else setTimeout(() => void grid.refresh(), 150);
    update();
  }, signal);
  const observer = new ResizeObserver(() => grid.draw());
  observer.observe(grid.node);
  signal.addEventListener("abort", () => observer.disconnect());
  const top = element("div", { className: "tombolo-table-top", children: [caption, only, all] });
  host.append(top, grid.node, figures, spoken);
}

function button(text: string): HTMLButtonElement {
  const node = element("button", { className: "tombolo-switch", text, attributes: { type: "button" } });
  node.hidden = true;
  return node;
}

function captionOf({ title, rowCount }: TableSpec, found: number, linked: LinkedRows | undefined): string {
  const number = (count: number) => formatNumber(count, ",d");
  const amount =
    found < rowCount
      ? `${number(found)} of ${number(rowCount)} rows`
      : `${number(rowCount)} ${rowCount === 1 ? "row" : "rows"}`;
  const selected = linked?.selected ? `${number(sizeOfRows(linked.selected))} selected` : "";
  return [title, amount, selected].filter((text) => text !== "").join(" · ");
}
