import { addToList } from "../../add-to-list.ts";
import type { Interval } from "../cells.ts";
import { type Cover, evidence, overlap, type Place } from "./place.ts";
import type { PublishedTable } from "./published.ts";
import type { RowOf } from "./shapes.ts";

/** Texts with which tables name the row of all. */
const ALL = /^(all|both|total|overall|(all|total) (ages|areas|groups|people|persons|sexes))$/i;

/** The columns of texts by which everything together is told. */
const EVERYTHING = JSON.stringify([]);

/** The places and groups of rows with the same texts in the columns that two tables share, and everything together. */
export function placesByText(tables: readonly PublishedTable[], isWhole: (row: RowOf) => boolean): Place[] {
  const places = new Map<string, Cover[]>();
  const totals = tables.map(totalRow);
  for (const names of sharedColumns(tables))
    for (const [table, published] of tables.entries()) {
      if (!names.every((name) => published.texts.has(name))) continue;
      const others = [...published.texts.keys()].filter((name) => !names.includes(name));
      const total = totals[table];
      // Rows that are the sum of others would be counted twice.
      const isSum = (row: number) =>
        others.length > 0 &&
        (row === total ||
          isWhole({ table, row }) ||
          others.some((name) => isAll(published.texts.get(name)?.[row])));
      for (const [key, cover] of groupsOf(table, published, names, isSum)) addToList(places, key, cover);
    }
  const everything = places.get(EVERYTHING) ?? [];
  places.delete(EVERYTHING);
  return [
    ...[...places.values()].map((covers) => ({ covers, certain: true })),
    ...alike(tables, everything).map((covers) => ({
      covers: covers.flatMap((cover) => [cover, ...totalOf(cover, totals)]),
      certain: false,
    })),
  ];
}

/** The row that a table has for all others. */
function totalOf([first]: Cover, totals: readonly (number | undefined)[]): Cover[] {
  const row = first && totals[first.table];
  return first && row !== undefined ? [[{ table: first.table, row }]] : [];
}

/** Tables, each as all its rows, in groups of which none has some of the places of another and lacks others. */
function alike(tables: readonly PublishedTable[], wholes: readonly Cover[]): Cover[][] {
  const groups: Cover[][] = [];
  for (const cover of wholes) {
    const fits = (other: Cover) => areComparable(tables[cover[0]?.table ?? 0], tables[other[0]?.table ?? 0]);
    const group = groups.find((members) => members.every(fits));
    if (group) group.push(cover);
    else groups.push([cover]);
  }
  return groups;
}

function areComparable(one: PublishedTable | undefined, other: PublishedTable | undefined): boolean {
  const shared = [...(one?.texts.keys() ?? [])].filter((name) => other?.texts.has(name));
  const [first, second] = [one, other].map(
    (table) =>
      new Set(
        Array.from({ length: table?.rows ?? 0 }, (_, row) =>
          JSON.stringify(shared.map((name) => table?.texts.get(name)?.[row])),
        ),
      ),
  );
  const common = [...(first ?? [])].filter((key) => second?.has(key)).length;
  return shared.length === 0 || common === 0 || (common === first?.size && common === second?.size);
}

/** The rows of a table that have the same texts in some columns. */
function groupsOf(
  table: number,
  { rows, texts }: PublishedTable,
  names: readonly string[],
  isSum: (row: number) => boolean,
): [key: string, cover: Cover][] {
  const groups = new Map<string, RowOf[]>();
  for (let row = 0; row < rows; row++) {
    if (isSum(row)) continue;
    addToList(groups, JSON.stringify(names.map((name) => [name, texts.get(name)?.[row]])), { table, row });
  }
  return [...groups];
}

/** The last or first row, where in every column it may be the sum of all others and in some it hardly is by chance. */
function totalRow({ rows, columns }: PublishedTable): number | undefined {
  return (rows < 3 ? [] : [rows - 1, 0]).find((candidate) => {
    const ends = columns.map(({ low, high }) => {
      const own: Interval = { low: low[candidate] ?? 0, high: high[candidate] ?? 0 };
      return { own, others: { low: sum(low) - own.low, high: sum(high) - own.high } };
    });
    return ends.every(({ own, others }) => overlap(own, others)) && sum(ends.map(evidence)) >= TELLING;
  });
}

/** So many bits are no chance. */
const TELLING = 6;

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, number) => total + number, 0);

const isAll = (text: string | null | undefined): boolean => text === null || ALL.test(text ?? "");

/** The sets of columns with texts that a table has, or two have in common; the empty one stands for everything. */
function sharedColumns(tables: readonly PublishedTable[]): string[][] {
  const sets = new Map<string, string[]>([["[]", []]]);
  for (const [index, first] of tables.entries())
    for (const second of tables.slice(index)) {
      const shared = [...first.texts.keys()].filter((name) => second.texts.has(name)).sort();
      sets.set(JSON.stringify(shared), shared);
    }
  return [...sets.values()];
}
