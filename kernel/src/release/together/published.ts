import { DataType, type Table } from "apache-arrow";
import { textsOf } from "../../engine/result-columns.ts";

/** A column of counts as a reader sees it. */
export interface PublishedColumn {
  /** Its name before it was marked as a midpoint. */
  readonly name: string;
  /** What it computes, from `computationOf`; absent where no recipe says it. */
  readonly computes?: string | undefined;
  /** The smallest and the largest number that each row can have; NaN where there is none. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Rows whose number is hidden. */
  readonly hidden: ReadonlySet<number>;
}

/** A table of counts that a reader has, or is to have. */
export interface PublishedTable {
  readonly source: string;
  readonly rows: number;
  readonly columns: readonly PublishedColumn[];
  /** The texts that tell its rows, by column. */
  readonly texts: ReadonlyMap<string, readonly (string | null)[]>;
  /** The table itself, with its shapes. */
  readonly table: Table;
}

/** The columns with texts that tell the rows of a table: codes, names where there are no codes, and groups. */
export function textsThatTell(table: Table): ReadonlyMap<string, readonly (string | null)[]> {
  const names = table.schema.fields
    .filter(({ type }) => DataType.isUtf8(type) || DataType.isDictionary(type))
    .map(({ name }) => name);
  const marked = new Set(table.schema.fields.map(({ name }) => `${name} marks`));
  const telling = names.filter((name) => !marked.has(name) && !(name === "name" && names.includes("label")));
  return new Map(telling.map((name) => [name, textsOf(table, name)]));
}
