import { accessOfRows } from "../engine/table-row.ts";

const MOST_LOOKED_AT = 1000;

/**
 * A sentence in place of rows of a table that is not public, which would be saved as plain text; undefined for everything else.
 */
export function describeRows(value: unknown): string | undefined {
  const rows = Array.isArray(value) ? value.slice(0, MOST_LOOKED_AT) : [value];
  const access = accessOfRows(rows);
  if (access === "public") return undefined;
  const what = Array.isArray(value) ? `${value.length} ${value.length === 1 ? "row" : "rows"}` : "A row";
  return `${what} of ${access} data, not shown because it would be saved. Show a table of it, which is not saved, or print it.`;
}
