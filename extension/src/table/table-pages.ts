import type { TableQuery } from "@tombolo/bundle";
import type { Page, ShownRow, TableSource } from "./table-source.ts";

const ROWS_A_PAGE = 200;
const MOST_PAGES = 60;

/** The rows of one query, fetched page by page as they are looked at; what was looked at longest ago is forgotten. */
export class TablePages {
  readonly #source: TableSource;
  readonly #query: TableQuery;
  readonly #arrived: () => void;
  readonly #pages = new Map<number, readonly ShownRow[] | "coming">();
  #count = 0;

  constructor(source: TableSource, query: TableQuery, arrived: () => void) {
    this.#source = source;
    this.#query = query;
    this.#arrived = arrived;
  }

  /** Number of rows that the query finds. */
  get count(): number {
    return this.#count;
  }

  /** Fetches the first page, after which the count is known. Rejects with a QueryMistake. */
  async begin(): Promise<void> {
    this.#take(0, await this.#source.rows(this.#query, 0, ROWS_A_PAGE));
  }

  /** A row by its place in the order; undefined while it is on its way. */
  rowAt(place: number): ShownRow | undefined {
    const page = Math.floor(place / ROWS_A_PAGE);
    const rows = this.#pages.get(page);
    if (rows === undefined) this.#fetch(page);
    return Array.isArray(rows) ? rows[place % ROWS_A_PAGE] : undefined;
  }

  #fetch(page: number): void {
    this.#pages.set(page, "coming");
    this.#source.rows(this.#query, page * ROWS_A_PAGE, (page + 1) * ROWS_A_PAGE).then(
      (answer) => {
        this.#take(page, answer);
        this.#arrived();
      },
      () => this.#pages.delete(page),
    );
  }

  #take(page: number, { count, rows }: Page): void {
    this.#count = count;
    this.#pages.delete(page);
    this.#pages.set(page, rows);
    for (const [oldest] of this.#pages) if (this.#pages.size > MOST_PAGES) this.#pages.delete(oldest);
  }
}
