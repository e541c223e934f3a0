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
  /** Position, before its own, of a place with the same covers in the same order: what they say that one has said already. */
  readonly twin?: number;
}

/** What is found out about each place, which of twins is the same and found out once. */
export function ofPlaces<Found>(places: readonly Place[], find: (place: Place) => Found): Found[] {
  const found: Found[] = [];
  for (const place of places) {
    const known = place.twin === undefined ? undefined : found[place.twin];
    found.push(known ?? find(place));
  }
  return found;
}

/** Tells a row of a table from others. */
export const rowKey = ({ table, row }: RowOf): number => table * 2 ** 32 + row;

/** Whether two intervals have a number in common. */
export const overlap = (one: Interval, other: Interval): boolean =>
  one.low <= other.high && other.low <= one.high;

/** How many bits it tells that a number fits what is known of it. */
export function evidence({ own, others }: { readonly own: Interval; readonly others: Interval }): number {
  const room = own.high - own.low + others.high - others.low;
  return Number.isFinite(room) ? Math.max(0, Math.log2((own.high + 1) / (room + 1))) : 0;
}
