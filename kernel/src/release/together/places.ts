import { type Place, rowKey } from "./place.ts";
import { placesByShape } from "./places-by-shape.ts";
import { placesByText } from "./places-by-text.ts";
import type { PublishedTable } from "./published.ts";
import type { Filled } from "./shapes.ts";

/**
 * The places and groups that rows stand for: those with the same texts in the columns that two tables share, everything
 * together, and areas that others fill.
 */
export function placesOf(tables: readonly PublishedTable[], filled: readonly Filled[]): Place[] {
  const isOwn = ({ whole, parts }: Filled) =>
    parts.length > 1 && parts.every(({ table }) => table === whole.table);
  const wholes = new Set(filled.filter(isOwn).map(({ whole }) => rowKey(whole)));
  const byText = placesByText(tables, (row) => wholes.has(rowKey(row)));
  return [...byText, ...placesByShape(tables.length, filled, byText)];
}
