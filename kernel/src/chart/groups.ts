import { hasRow, type RowSet } from "@tombolo/bundle/selection";
import { UserError } from "../errors.ts";
import { type ChartColumn, nameOf, valueAt } from "./columns.ts";

/** Rows put together by what they have in common. */
export interface Groups {
  /** Group of each row; -1 for a row that lacks one of the values. */
  readonly groupOf: Int32Array;
  /** The common values of each group, in the order in which they first appear. */
  readonly keys: readonly (readonly (string | number)[])[];
}

/** Groups rows by their values in some columns; times are told apart by their names. */
export function groupRows(columns: readonly ChartColumn[], count: number): Groups {
  const groupOf = new Int32Array(count).fill(-1);
  const keys: (string | number)[][] = [];
  const known = new Map<string, number>();
  for (let row = 0; row < count; row++) {
    const values = columns.map((column) => valueAt(column, row));
    if (!values.every((value) => value !== undefined)) continue;
    const named = values.map((value, index) => {
      const column = columns[index];
      return column?.kind === "time" ? nameOf(column, value) : value;
    });
    const key = named.length === 1 ? String(named[0]) : JSON.stringify(named);
    let group = known.get(key);
    if (group === undefined) {
      group = keys.push(named) - 1;
      known.set(key, group);
    }
    groupOf[row] = group;
  }
  return { groupOf, keys };
}

/** Ways to put several rows' values into one. */
export const AGGREGATES = ["mean", "sum", "median", "min", "max", "count"] as const;

/** One of {@link AGGREGATES}. */
export type Aggregate = (typeof AGGREGATES)[number];

/** What makes sense of a column's values in many rows: counts and amounts add up, rates do not. */
export function usualAggregate({ statistic }: ChartColumn): Aggregate {
  return statistic === "count" || statistic === "amount" ? "sum" : "mean";
}

/** That way to put values together, or a UserError when there is none of the name. */
export function checkAggregate(name: string): Aggregate {
  const found = AGGREGATES.find((each) => each === name);
  if (found) return found;
  throw new UserError(`Values cannot be put together by "${name}"`, {
    where: "aggregate",
    hint: `Known are ${AGGREGATES.join(", ")}.`,
  });
}

/** Of each group one number; NaN for a group without a value. Only rows in `shown`, if given, count. */
export function aggregateGroups(
  { groupOf, keys }: Groups,
  values: Float64Array,
  aggregate: Aggregate,
  shown?: RowSet,
): Float64Array {
  if (aggregate === "median") {
    const sorted = sortedGroups({ groupOf, keys }, values, shown);
    return Float64Array.from(sorted, (each) => quantileOf(each, 0.5));
  }
  const results = new Float64Array(keys.length).fill(Number.NaN);
  const counts = new Float64Array(keys.length);
  const combine = COMBINE[aggregate];
  groupOf.forEach((group, row) => {
    const value = values[row] ?? Number.NaN;
    if (group < 0 || Number.isNaN(value) || (shown && !hasRow(shown, row))) return;
    const before = results[group] ?? Number.NaN;
    counts[group] = (counts[group] ?? 0) + 1;
    results[group] = Number.isNaN(before) ? value : combine(before, value);
  });
  if (aggregate === "count") return counts;
  return aggregate === "mean" ? results.map((sum, group) => sum / (counts[group] ?? 1)) : results;
}

const add = (sum: number, value: number): number => sum + value;
const COMBINE = { mean: add, sum: add, count: add, min: Math.min, max: Math.max } as const;

/** Number of rows in each group: all that are shown, or those of a selection. */
export function countGroups(
  { groupOf, keys }: Groups,
  ...sets: readonly (RowSet | undefined)[]
): Float64Array {
  const counts = new Float64Array(keys.length);
  const given = sets.filter((set) => set !== undefined);
  groupOf.forEach((group, row) => {
    if (group >= 0 && given.every((set) => hasRow(set, row))) counts[group] = (counts[group] ?? 0) + 1;
  });
  return counts;
}

/** The values of each group, rising, without what is missing. */
export function sortedGroups(
  { groupOf, keys }: Groups,
  values: Float64Array,
  shown?: RowSet,
): Float64Array[] {
  const isCounted = (row: number) =>
    (groupOf[row] ?? -1) >= 0 && !Number.isNaN(values[row]) && (!shown || hasRow(shown, row));
  const sizes = new Int32Array(keys.length);
  groupOf.forEach((group, row) => {
    if (isCounted(row)) sizes[group] = (sizes[group] ?? 0) + 1;
  });
  const sorted = Array.from(sizes, (size) => new Float64Array(size));
  sizes.fill(0);
  groupOf.forEach((group, row) => {
    const into = sorted[group];
    if (!into || !isCounted(row)) return;
    into[sizes[group] ?? 0] = values[row] ?? 0;
    sizes[group] = (sizes[group] ?? 0) + 1;
  });
  for (const each of sorted) each.sort();
  return sorted;
}

/** A quantile of rising values, between two of them in proportion, as most programs have it; NaN when there are none. */
export function quantileOf(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share;
  const [before, after] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  if (before === undefined || after === undefined) return Number.NaN;
  return before + (after - before) * (place - Math.floor(place));
}
