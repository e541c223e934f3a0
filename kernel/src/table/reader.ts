import { hasRow, type RowSet, rowSet } from "@tombolo/bundle/selection";
import type { TableSpec } from "@tombolo/bundle/specs";
import type { TableQuery } from "@tombolo/bundle/table-protocol";
import type { Table } from "apache-arrow";
import { UserError } from "../errors.ts";
import type { ShownColumn } from "./cells.ts";
import { conditionOf } from "./filter.ts";

/** More different texts than this are ordered by their code units: the rules of a language would take seconds. */
const MOST_COLLATED = 100_000;

/** A table's rows in the order that somebody looks at them. Keeps the last order: pages of it are asked for one by one. */
export class TableReader {
  readonly data: Table;
  readonly columns: readonly ShownColumn[];
  /** What the table shows without being asked. */
  readonly spec: Omit<TableSpec, "plan">;
  readonly #ranks = new Map<string, Float64Array>();
  #last: { readonly key: string; readonly shown: RowSet | undefined; readonly rows: Int32Array } | undefined;

  constructor(data: Table, columns: readonly ShownColumn[], spec: Omit<TableSpec, "plan">) {
    this.data = data;
    this.columns = columns;
    this.spec = spec;
  }

  /** The rows that a query finds, in its order. Throws a UserError for a condition that cannot be understood. */
  rows(query: TableQuery, shown: RowSet | undefined): Int32Array {
    const key = JSON.stringify(query);
    if (this.#last?.key === key && this.#last.shown === shown) return this.#last.rows;
    const rows = this.#sorted(this.#filtered(query, shown), query);
    this.#last = { key, shown, rows };
    return rows;
  }

  /** The rows that a query finds, as a set. */
  found(query: TableQuery): RowSet {
    return rowSet(this.data.numRows, this.#filtered(query, undefined));
  }

  column(name: string): ShownColumn {
    const column = this.columns.find((each) => each.name === name);
    if (column) return column;
    throw new UserError(`The table does not show a column "${name}"`);
  }

  #filtered({ filters }: TableQuery, shown: RowSet | undefined): Int32Array {
    const conditions = Object.entries(filters)
      .filter(([, text]) => text.trim() !== "")
      .map(([name, text]) => conditionOf(this.column(name), text));
    const rows = new Int32Array(this.data.numRows);
    let count = 0;
    for (let row = 0; row < rows.length; row++) {
      if ((!shown || hasRow(shown, row)) && conditions.every((meets) => meets(row))) rows[count++] = row;
    }
    return rows.subarray(0, count);
  }

  /** Missing values come last, whichever way the rows are ordered. */
  #sorted(rows: Int32Array, { sort }: TableQuery): Int32Array {
    if (!sort) return rows;
    const ranks = this.#ranksOf(this.column(sort.column));
    const sign = sort.descending ? -1 : 1;
    return rows.sort((first, second) => {
      const [one, other] = [ranks[first] ?? Number.NaN, ranks[second] ?? Number.NaN];
      if (Number.isNaN(one)) return Number.isNaN(other) ? first - second : 1;
      if (Number.isNaN(other)) return -1;
      return sign * (one - other) || first - second;
    });
  }

  /** Numbers by which a column is ordered: its own, or the places of its texts in the alphabet. */
  #ranksOf(column: ShownColumn): Float64Array {
    const known = this.#ranks.get(column.name);
    if (known) return known;
    const ranks =
      column.type === "number" || column.type === "time"
        ? numbersOf(column, this.data.numRows)
        : textRanks(column, this.data.numRows);
    this.#ranks.set(column.name, ranks);
    return ranks;
  }
}

function numbersOf(column: ShownColumn, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, row) => {
    const value = column.valueAt(row);
    return value === null ? Number.NaN : Number(value);
  });
}

function textRanks(column: ShownColumn, count: number): Float64Array {
  const texts = Array.from({ length: count }, (_, row) =>
    column.valueAt(row) === null ? null : column.textAt(row),
  );
  const different = [...new Set(texts.filter((text) => text !== null))];
  if (different.length <= MOST_COLLATED) different.sort(new Intl.Collator("en", { numeric: true }).compare);
  else different.sort();
  const places = new Map(different.map((text, place) => [text, place]));
  return Float64Array.from(texts, (text) => (text === null ? Number.NaN : (places.get(text) ?? Number.NaN)));
}
