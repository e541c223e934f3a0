import type { Interval } from "./cells.ts";
import type { Equation } from "./recover.ts";

/** A number that an earlier release has hidden: what a reader knows of it, and one that fits everything published. */
export interface HiddenBefore extends Interval {
  readonly value: number;
}

/** What earlier releases of the same source say. */
export interface Known {
  /** Sums that lie in an interval, of cells and, numbered after them, of what earlier releases hide. */
  readonly equations: readonly Equation[];
  readonly hidden: readonly HiddenBefore[];
  /** Whether all of it was looked at together. */
  readonly complete: boolean;
  /** Cells whose difference from an earlier number is a small count: a few people came or went. */
  readonly differences: readonly number[];
}

/** Nothing was released before. */
export const NOTHING_KNOWN: Known = { equations: [], hidden: [], complete: true, differences: [] };
