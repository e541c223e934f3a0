import { hasRow, rowSet, sameRows, sizeOfRows, type TableQuery, type TableSpec } from "@tombolo/bundle";
import { element } from "../output/element.ts";
import type { LinkedRows } from "../output/selection-hub.ts";
import { headRow } from "./table-head.ts";
import { TablePages } from "./table-pages.ts";
import type { ShownRow, TableSource } from "./table-source.ts";
import { columnWidths } from "./table-widths.ts";

const ROW_HEIGHT = 26;
const MOST_HEIGHT = 420;
/** Rows beyond the edges that are drawn as well. */
const SURPLUS = 8;
/** Rows that say how wide the columns must be. */
const FITTED_ROWS = 100;
/** Browsers do not scroll further than some 17 million pixels. */
const MOST_SCROLL = 8_000_000;

/** What a grid tells the view around it. */
export interface GridEvents {
  /** The number of rows found or selected has changed. */
  changed(): void;
  /** Somebody asks for a column in figures. */
  described(column: string): void;
  /** Something to be read aloud. */
  said(text: string): void;
}

/**
 * A table of any length: only the rows in sight are in the page. Arrow keys go from cell to cell, Space selects rows,
 * Enter on a heading orders by its column.
 */
export class TableGrid {
  readonly node: HTMLElement;
  readonly #spec: TableSpec;
  readonly #source: TableSource;
  readonly #linked: LinkedRows | undefined;
  readonly #events: GridEvents;
  readonly #body = element("div", { className: "tombolo-grid-rows", attributes: { role: "rowgroup" } });
  readonly #space = element("div", { className: "tombolo-grid-space", attributes: { role: "presentation" } });
  readonly #head: ReturnType<typeof headRow>;
  #query: TableQuery = { filters: {} };
  #pages: TablePages;
  /** The cell that has the focus; row -1 is the heading. */
  #place = { row: -1, column: 0 };
  /** Where a range of rows begins that is selected with Shift. */
  #anchor = 0;

  constructor(spec: TableSpec, source: TableSource, linked: LinkedRows | undefined, events: GridEvents) {
    this.#spec = spec;
    this.#source = source;
    this.#linked = linked;
    this.#events = events;
    this.#pages = new TablePages(source, this.#query, () => this.#draw());
    this.#head = headRow(spec, {
      sorted: (column) => void this.#sort(column),
      filtered: (column, text) => void this.#filter(column, text),
      described: (column) => events.described(column),
    });
    this.#space.append(this.#body);
    this.node = element("div", {
      className: "tombolo-grid",
      attributes: {
        role: "grid",
        "aria-label": spec.title || "Table",
        "aria-multiselectable": "true",
        "aria-colcount": String(spec.columns.length),
      },
      children: [this.#head.node, this.#space],
    });
    this.node.style.setProperty("--tombolo-columns", columnWidths(spec.columns, []));
    this.node.addEventListener("scroll", () => this.#draw());
    this.node.addEventListener("keydown", (event) => this.#key(event));
    this.#body.addEventListener("click", (event) => this.#click(event));
  }

  get query(): TableQuery {
    return this.#query;
  }

  /** Number of rows that the query finds. */
  get count(): number {
    return this.#pages.count;
  }

  /** Reads the rows anew. Rejects with a QueryMistake when a condition cannot be understood. */
  async refresh(): Promise<void> {
    const pages = new TablePages(this.#source, this.#query, () => this.#draw());
    await pages.begin();
    if (this.#pages.count === 0) this.#fit(pages);
    this.#pages = pages;
    this.node.setAttribute("aria-rowcount", String(pages.count + 1));
    this.#space.style.height = `${Math.min(MOST_SCROLL, pages.count * ROW_HEIGHT)}px`;
    this.#draw();
    this.#events.changed();
  }

  /** Makes the columns as wide as the first rows need. Only those that come first: columns should not move under the reader. */
  #fit(pages: TablePages): void {
    const rows = Array.from(
      { length: Math.min(FITTED_ROWS, pages.count) },
      (_, place) => pages.rowAt(place)?.texts ?? [],
    );
    this.node.style.setProperty("--tombolo-columns", columnWidths(this.#spec.columns, rows));
  }

  /** Draws the rows in sight, when rows have been selected elsewhere for one. */
  draw(): void {
    this.#draw();
  }

  /** Which row is at the top, which may be one of more than can be scrolled through. */
  #top(): number {
    const all = this.#pages.count * ROW_HEIGHT;
    const scroll = this.node.scrollTop;
    if (all <= MOST_SCROLL) return scroll / ROW_HEIGHT;
    const room = Math.max(1, MOST_SCROLL - this.#height());
    return (Math.min(1, scroll / room) * (all - this.#height())) / ROW_HEIGHT;
  }

  #height(): number {
    return Math.max(0, (this.node.clientHeight || MOST_HEIGHT) - this.#head.node.offsetHeight);
  }

  #draw(): void {
    const top = this.#top();
    const first = Math.max(0, Math.floor(top) - SURPLUS);
    const last = Math.min(this.#pages.count, Math.ceil(top + this.#height() / ROW_HEIGHT) + SURPLUS);
    const hadFocus = this.#body.contains(document.activeElement);
    const rows = Array.from({ length: Math.max(0, last - first) }, (_, at) =>
      this.#row(first + at, this.#pages.rowAt(first + at)),
    );
    this.#body.style.transform = `translateY(${this.node.scrollTop - (top - first) * ROW_HEIGHT}px)`;
    this.#body.replaceChildren(...rows);
    if (hadFocus) this.#cell()?.focus({ preventScroll: true });
    this.#head.focusable(this.#place.row < 0 ? this.#place.column : -1);
  }

  #row(place: number, shown: ShownRow | undefined): HTMLElement {
    const isSelected =
      shown !== undefined && this.#linked?.selected !== undefined && hasRow(this.#linked.selected, shown.row);
    const cells = this.#spec.columns.map(({ type }, column) => {
      const text = shown?.texts[column];
      const isPlace = this.#place.row === place && this.#place.column === column;
      return element("div", {
        className: "tombolo-cell",
        text: shown ? (text ?? "–") : "…",
        attributes: {
          role: "gridcell",
          "aria-colindex": String(column + 1),
          "data-type": type,
          tabindex: isPlace ? "0" : "-1",
          ...(shown && text === null && { "aria-label": "missing", "data-missing": "" }),
        },
      });
    });
    return element("div", {
      className: "tombolo-grid-row",
      attributes: {
        role: "row",
        "aria-rowindex": String(place + 2),
        "aria-selected": String(isSelected),
        "data-place": String(place),
      },
      children: cells,
    });
  }

  async #sort(column: string): Promise<void> {
    const { sort } = this.#query;
    const isSame = sort?.column === column;
    // Up, down, and then as the rows were.
    const next = isSame && sort.descending ? undefined : { column, descending: isSame };
    const { sort: _, ...rest } = this.#query;
    this.#query = next ? { ...rest, sort: next } : rest;
    this.node.scrollTop = 0;
    this.#head.showSort(next);
    await this.refresh();
    const order = next ? (next.descending ? "descending" : "ascending") : "unsorted";
    this.#events.said(`${column}: ${order}`);
  }

  async #filter(column: string, text: string): Promise<void> {
    const before = this.#query;
    this.#query = { ...before, filters: { ...before.filters, [column]: text } };
    this.node.scrollTop = 0;
    try {
      await this.refresh();
      this.#head.showMistake(column, "");
      this.#events.said(`${this.count} rows`);
    } catch (error) {
      this.#query = before;
      this.#head.showMistake(column, error instanceof Error ? error.message : String(error));
    }
  }

  #click(event: MouseEvent): void {
    const cell = event.target instanceof Element ? event.target.closest(".tombolo-cell") : null;
    const row = Number(cell?.closest<HTMLElement>(".tombolo-grid-row")?.dataset.place ?? Number.NaN);
    if (Number.isNaN(row)) return;
    this.#place = { row, column: Number(cell?.getAttribute("aria-colindex") ?? 1) - 1 };
    this.#select(row, event.shiftKey ? "range" : event.ctrlKey || event.metaKey ? "toggle" : "only");
    this.#draw();
    this.#cell()?.focus({ preventScroll: true });
  }

  #select(place: number, how: "only" | "toggle" | "range"): void {
    const linked = this.#linked;
    if (!linked) return;
    const places = how === "range" ? between(this.#anchor, place) : [place];
    if (how !== "range") this.#anchor = place;
    const rows = places.flatMap((each) => this.#pages.rowAt(each)?.row ?? []);
    const set = rowSet(linked.link.count, rows);
    const isOnly = how === "only" && sameRows(linked.selected, set);
    linked.select(isOnly ? undefined : set, how === "toggle" ? "toggle" : "replace");
    this.#events.said(`${linked.selected ? sizeOfRows(linked.selected) : 0} rows selected`);
  }

  #key(event: KeyboardEvent): void {
    if (event.target instanceof HTMLInputElement) return;
    const { row, column } = this.#place;
    const page = Math.max(1, Math.floor(this.#height() / ROW_HEIGHT) - 1);
    const end = event.ctrlKey || event.metaKey;
    const moves: Readonly<Record<string, [number, number]>> = {
      ArrowUp: [row - 1, column],
      ArrowDown: [row + 1, column],
      ArrowLeft: [row, column - 1],
      ArrowRight: [row, column + 1],
      PageUp: [row - page, column],
      PageDown: [row + page, column],
      Home: end ? [0, 0] : [row, 0],
      End: end ? [this.count - 1, this.#spec.columns.length - 1] : [row, this.#spec.columns.length - 1],
    };
    const move = moves[event.key];
    if (move) this.#go(...move, event.shiftKey && event.key.startsWith("Arrow"));
    else if (event.key === " " && row >= 0) this.#select(row, event.shiftKey ? "range" : "toggle");
    else if (event.key === "Escape" && this.#linked?.selected) this.#linked.select(undefined);
    else return;
    // JupyterLab has commands on single keys: they must not happen while the table is used.
    event.preventDefault();
    event.stopPropagation();
  }

  #go(row: number, column: number, selects: boolean): void {
    this.#place = {
      row: Math.min(this.count - 1, Math.max(-1, row)),
      column: Math.min(this.#spec.columns.length - 1, Math.max(0, column)),
    };
    if (this.#place.row >= 0) this.#scrollTo(this.#place.row);
    this.#draw();
    if (selects && this.#place.row >= 0) this.#select(this.#place.row, "range");
    this.#cell()?.focus({ preventScroll: this.#place.row >= 0 });
  }

  #scrollTo(row: number): void {
    const all = this.count * ROW_HEIGHT;
    const top = this.#top();
    const seen = this.#height() / ROW_HEIGHT;
    const wanted = row < top ? row : row + 1 > top + seen ? row + 1 - seen : undefined;
    if (wanted === undefined) return;
    const share = (MOST_SCROLL - this.#height()) / Math.max(1, all - this.#height());
    this.node.scrollTop = all <= MOST_SCROLL ? wanted * ROW_HEIGHT : wanted * ROW_HEIGHT * share;
  }

  #cell(): HTMLElement | null {
    const { row, column } = this.#place;
    if (row < 0) return this.#head.cell(column);
    return this.#body.querySelector(`[data-place="${row}"] [aria-colindex="${column + 1}"]`);
  }
}

function between(first: number, last: number): number[] {
  const [from, to] = first < last ? [first, last] : [last, first];
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}
