import type { Interval } from "../cells.ts";
import { type Cover, ofPlaces, overlap, type Place } from "./place.ts";
import type { PublishedTable } from "./published.ts";

/** A column of one of several tables, by their positions. */
export interface ColumnOf {
  readonly table: number;
  readonly column: number;
}

/** What a column, or several of different tables, count: table → position of the column. */
export type Measure = ReadonlyMap<number, number>;

/** What is known of a place: the number of some rows together. */
export interface KnownSum extends Interval {
  readonly cover: Cover;
}

/** How two columns resemble each other. */
export interface Likeness {
  /** Whether both count the same, by name, by what they compute or by their numbers. */
  readonly same: boolean;
  /** Whether the numbers are the same as well: the data have hardly changed. */
  readonly agrees: boolean;
  /** What each says of the places that both know. */
  readonly pairs: readonly (readonly [KnownSum, KnownSum])[];
}

/** From so many places on equal numbers are no chance, whatever their source. */
const LEAST_EQUAL = 5;

/** Numbers up to here are alike by chance. */
const TELLING = 9;

/** Share of the numbers that must be the same: a new filter changes some of them. */
const MOSTLY = 0.8;

/** Every way in which a measure is known of a place. */
export function sumsAt(tables: readonly PublishedTable[], place: Place, measure: Measure): KnownSum[] {
  const sums: KnownSum[] = [];
  for (const cover of place.covers) {
    const sum = sumOf(tables, cover, measure);
    if (sum) sums.push(sum);
  }
  return sums;
}

function sumOf(tables: readonly PublishedTable[], cover: Cover, measure: Measure): KnownSum | undefined {
  let [low, high] = [0, 0];
  for (const { table, row } of cover) {
    const position = measure.get(table);
    const column = position === undefined ? undefined : tables[table]?.columns[position];
    if (!column) return undefined;
    low += column.low[row] ?? Number.NaN;
    high += column.high[row] ?? Number.NaN;
  }
  return Number.isNaN(low) ? undefined : { cover, low, high };
}

/** The first way in which a measure is known of a place. */
function firstSum(tables: readonly PublishedTable[], place: Place, measure: Measure): KnownSum | undefined {
  for (const cover of place.covers) {
    const sum = sumOf(tables, cover, measure);
    if (sum) return sum;
  }
  return undefined;
}

/** Columns of several tables with what each says of every place. */
export interface Columns {
  readonly tables: readonly PublishedTable[];
  readonly all: readonly ColumnSums[];
}

/** A column with what it says of every place; undefined where it says nothing. */
export interface ColumnSums extends ColumnOf {
  /** Rows whose number is hidden. */
  readonly hidden: ReadonlySet<number>;
  readonly sums: readonly (KnownSum | undefined)[];
}

/** Every column of the tables, in their order. */
export function columnsAt(tables: readonly PublishedTable[], places: readonly Place[]): Columns {
  const all = tables.flatMap(({ columns }, table) =>
    columns.map(({ hidden }, column) => {
      const measure = new Map([[table, column]]);
      return { table, column, hidden, sums: ofPlaces(places, (place) => firstSum(tables, place, measure)) };
    }),
  );
  return { tables, all };
}

/**
 * Whether two columns count the same. Of one source, the name or what they compute says so; whatever the source and the name,
 * equal numbers do.
 */
export function likeness(tables: readonly PublishedTable[], one: ColumnSums, other: ColumnSums): Likeness {
  const pairs = one.sums.flatMap((a, place): [KnownSum, KnownSum][] => {
    const b = other.sums[place];
    return a && b ? [[a, b]] : [];
  });
  const telling = pairs.filter((pair) =>
    pair.every(({ low, high }) => low > TELLING && Number.isFinite(high)),
  );
  const equal = telling.filter(([a, b]) => overlap(a, b));
  const agrees = telling.length > 0 && equal.length >= MOSTLY * telling.length;
  const source = haveSharedSource(tables, one.table, other.table);
  const noChance =
    equal.length >= LEAST_EQUAL ||
    (source && equal.some((pair) => pair.every(({ low, high }) => low === high)));
  return { same: isTold(tables, one, other, source) || (agrees && noChance), agrees, pairs };
}

function isTold(tables: readonly PublishedTable[], one: ColumnOf, other: ColumnOf, source: boolean): boolean {
  const [a, b] = [one, other].map(({ table, column }) => tables[table]?.columns[column]);
  if (!a || !b) return false;
  return (source && a.name === b.name) || (a.computes !== undefined && a.computes === b.computes);
}

/** Whether two tables have one of their publishers' lines in common: further columns bring further lines. */
export function haveSharedSource(tables: readonly PublishedTable[], one: number, other: number): boolean {
  const lines = (table: number) =>
    (tables[table]?.source ?? "").split(/(?<=\.)\s+/).filter((line) => line !== "");
  const known = new Set(lines(one));
  return tables[one]?.source === tables[other]?.source || lines(other).some((line) => known.has(line));
}

/** Columns as measures: those that count the same, with the same numbers where both know a place, are one. */
export function measuresOf({ tables, all }: Columns): Measure[] {
  const measures: ColumnSums[][] = [];
  for (const column of all) {
    const isSame = (other: ColumnSums) => {
      const { same, agrees, pairs } = likeness(tables, column, other);
      return same && (agrees || pairs.every(([a, b]) => overlap(a, b)));
    };
    const found = measures.find((members) =>
      members.every((other) => other.table !== column.table && isSame(other)),
    );
    if (found) found.push(column);
    else measures.push([column]);
  }
  return measures.map((members) => new Map(members.map(({ table, column }) => [table, column])));
}
