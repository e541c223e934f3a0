import type { Table } from "apache-arrow";

/** The rules of a release unless somebody says otherwise. */
export const STANDARD_PRESET = "standard";

/** What is known of how a table was made. */
export interface MadeBy {
  /** Name of the recipe. */
  readonly recipe?: string;
  /** Beginning of the recipe's digest. */
  readonly digest?: string;
  /** The rules under which it was released last, or is to be. */
  readonly preset?: string;
}

const known = new WeakMap<Table, MadeBy>();

/** Adds to what is known of a table. */
export function noteMadeBy(table: Table, made: MadeBy): void {
  known.set(table, { ...known.get(table), ...made });
}

/** How a table was made, as far as it is known. */
export const madeBy = (table: Table): MadeBy => known.get(table) ?? {};
