import { tableRow } from "./table-row.ts";

/** A row of a table as JavaScript writes it. */
export type RecordRow = Readonly<Record<string, unknown>>;

const MOST_LOOKED_AT = 1000;

/** Whether a value is a list of plain objects, such as rows of a JSON file, or of rows of a table. */
export function isRecords(value: unknown): value is readonly RecordRow[] {
  return Array.isArray(value) && value.length > 0 && value.slice(0, MOST_LOOKED_AT).every(isRow);
}

function isRow(value: unknown): boolean {
  return isPlainObject(value) || tableRow(value) !== undefined;
}

/** Whether a value is an object that somebody has written out, and no instance of a class. */
export function isPlainObject(value: unknown): value is RecordRow {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
