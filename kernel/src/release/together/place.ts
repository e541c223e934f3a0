import type { Interval } from "../cells.ts";
import type { RowOf } from "./shapes.ts";

/** Rows that together stand for one place or group, in one way: those of one table, or of several side by side. */
export type Cover = readonly RowOf[];

/** A place, or a group of people. */
export interface Place {
  /** Every way in which rows of the tables stand for it. */
  readonly covers: readonly Cover[];
  /** Whether texts or shapes say that it is the same; else only its numbers can. */
  readonly certain: boolean;
}

/** Tells a row of a table from others. */
export const rowKey = ({ table, row }: RowOf): string => `${table}/${row}`;

/** Whether two intervals have a number in common. */
export const overlap = (one: Interval, other: Interval): boolean =>
  one.low <= other.high && other.low <= one.high;

/** How many bits it tells that a number fits what is known of it. */
export function evidence({ own, others }: { readonly own: Interval; readonly others: Interval }): number {
  const room = own.high - own.low + others.high - others.low;
  return Number.isFinite(room) ? Math.max(0, Math.log2((own.high + 1) / (room + 1))) : 0;
}
