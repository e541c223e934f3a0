import { type Cover, type Place, rowKey } from "./place.ts";
import type { Filled, RowOf } from "./shapes.ts";

/** Areas with those that fill them; where a table names the same areas without shapes, with the rows of that as well. */
export function placesByShape(tables: number, filled: readonly Filled[], named: readonly Place[]): Place[] {
  const namesakes = namesakesIn(named);
  const places = new Map<string, Map<string, Cover>>();
  const placeOf = new Map<string, string>();
  for (const { whole, parts } of filled) {
    // The same area in two tables is one place.
    const same = [whole, ...(parts.length === 1 ? parts : [])].map(rowKey);
    const key = same.map((row) => placeOf.get(row)).find((place) => place !== undefined) ?? rowKey(whole);
    for (const row of same) placeOf.set(row, key);
    const covers = places.get(key) ?? new Map<string, Cover>();
    places.set(key, covers);
    for (const cover of [[whole], parts])
      for (const same of [cover, ...translations(cover, tables, namesakes)])
        covers.set(same.map(rowKey).join(), same);
  }
  return [...places.values()].map((covers) => ({ covers: [...covers.values()], certain: true }));
}

/** Rows of other tables with the same name, by row. */
function namesakesIn(named: readonly Place[]): ReadonlyMap<string, readonly RowOf[]> {
  const namesakes = new Map<string, readonly RowOf[]>();
  for (const { covers, certain } of named) {
    const single = covers.flatMap((cover) => (certain && cover.length === 1 ? cover : []));
    for (const row of single) namesakes.set(rowKey(row), single);
  }
  return namesakes;
}

/** The same rows in tables that have them all. */
function translations(
  cover: Cover,
  tables: number,
  namesakes: ReadonlyMap<string, readonly RowOf[]>,
): Cover[] {
  return Array.from({ length: tables }, (_, table) =>
    cover.flatMap((row) => namesakes.get(rowKey(row))?.find((other) => other.table === table) ?? []),
  ).filter((rows) => rows.length === cover.length);
}
