/**
 * What a cell of a released table says: `""` a number, `c` hidden because it is small, `C` hidden because others would give
 * it away, `x` not there in the first place, `u` a number that comes from few. Both `c` and `C` are shown as
 * `[c]`.
 */
export type CellState = "" | "c" | "C" | "x" | "u";

/** Counts as a grid, column after column; NaN where there is none. The cell of a row and a column is `column * rows + row`. */
export interface Counts {
  readonly rows: number;
  /** Names of the columns. */
  readonly columns: readonly string[];
  readonly values: Float64Array;
}

/** A cell that is the sum of others, in the true counts. */
export interface Total {
  readonly total: number;
  readonly parts: readonly number[];
  /** Whether it is the total over a nation. */
  readonly national: boolean;
}

/** Counts after protection: what is published of each cell, and why the others are not. */
export interface ProtectedCounts {
  /** NaN where nothing is published. */
  readonly values: Float64Array;
  readonly states: CellState[];
}

/** The smallest and the largest number that a reader can think a cell to be, given what is published of it. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}
