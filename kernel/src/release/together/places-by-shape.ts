import { type Cover, type Place, rowKey } from "./place.ts";
import type { Filled, RowOf } from "./shapes.ts";

/**
 * Areas with those that fill them; where a table names the same areas without shapes, with the rows of that as well. They follow the
 * places that are `named`.
 */
export function placesByShape(tables: number, filled: readonly Filled[], named: readonly Place[]): Place[] {
  const namesakes = namesakesIn(named);
  const places = new Map<number, Map<number | string, Cover>>();
  const placeOf = new Map<number, number>();
  for (const { whole, parts } of filled) {
    // The same area in two tables is one place.
    const same = [whole, ...(parts.length === 1 ? parts : [])].map(rowKey);
    const key = same.map((row) => placeOf.get(row)).find((place) => place !== undefined) ?? rowKey(whole);
    for (const row of same) placeOf.set(row, key);
    const covers = places.get(key) ?? new Map<number | string, Cover>();
    places.set(key, covers);
    for (const cover of [[whole], parts]) {
      if (covers.has(coverKey(cover))) continue;
      covers.set(coverKey(cover), cover);
      for (const other of translations(cover, tables, namesakes)) covers.set(coverKey(other), other);
    }
  }
  return Array.from(places.values(), (byKey) => {
    const covers = [...byKey.values()];
    const [first] = covers.flat();
    const namesake = first && namesakes.get(rowKey(first));
    const twin = isSame(covers, namesake?.covers) ? namesake?.position : undefined;
    return { covers, certain: true, ...(twin !== undefined && { twin }) };
  });
}

/** Tells a cover from others. */
const coverKey = (cover: Cover): number | string => {
  const [only, another] = cover;
  return only && !another ? rowKey(only) : cover.map(rowKey).join();
};

const isSame = (covers: readonly Cover[], others: readonly Cover[] = []): boolean =>
  covers.length === others.length &&
  covers.every((cover, index) => coverKey(cover) === coverKey(others[index] ?? []));

/** A place by its name, and its rows that stand for it alone. */
interface Namesakes {
  readonly covers: readonly Cover[];
  /** Where among the places it stands. */
  readonly position: number;
  readonly rows: readonly RowOf[];
}

/** Rows of other tables with the same name, by row. */
function namesakesIn(named: readonly Place[]): ReadonlyMap<number, Namesakes> {
  const namesakes = new Map<number, Namesakes>();
  for (const [position, { covers, certain }] of named.entries()) {
    const rows = covers.flatMap((cover) => (certain && cover.length === 1 ? cover : []));
    for (const row of rows) namesakes.set(rowKey(row), { covers, position, rows });
  }
  return namesakes;
}

/** The same rows in tables that have them all. */
function translations(cover: Cover, tables: number, namesakes: ReadonlyMap<number, Namesakes>): Cover[] {
  const others = cover.map((row) => namesakes.get(rowKey(row))?.rows);
  if (others.includes(undefined)) return [];
  return Array.from({ length: tables }, (_, table) =>
    others.flatMap((rows) => rows?.find((other) => other.table === table) ?? []),
  ).filter((rows) => rows.length === cover.length);
}
