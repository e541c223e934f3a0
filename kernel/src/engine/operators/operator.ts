import type { Work } from "../../progress.ts";
import { computeHere } from "./compute-here.ts";
import type { GeometryColumn } from "./geometry-column.ts";
import { sizeOf } from "./geometry-column.ts";
import { computeInWorkers } from "./pool.ts";

/**
 * What an operator computes for each row of the left column from all rows of the right one, in the unit of the coordinates,
 * which must be planar, unless told otherwise:
 *
 * - `overlap-length`: length of lines inside polygons, boundaries included. One side has the lines, the other the polygons.
 * - `overlap-area`: area that polygons share with polygons, summed; where the right ones overlap each other it counts twice.
 * - `largest-overlap`: the right polygon that shares most area, and that area.
 * - `containing`: 1 and the right polygon in whose inside a left point lies, 0 where there is none. No number where the left shape is no
 *   point, several contain it, or it lies on a border or so near that rounding could decide.
 * - `nearest`: the nearest right shape not farther than `limit`, and its distance.
 * - `within-distance`: number of right shapes not farther than `limit`, or the sum of their `weights`.
 * - `within-metres`: number of right points not farther than `limit` metres from a left point, both in longitude and latitude;
 *   none where either side is no point.
 * - `area`: area of the left polygons; 0 for points and lines.
 * - `self-overlap`: 0, unless a left polygon's rings cross or its parts overlap. The others want polygons of which none does;
 *   `shapes` of an engine gives such.
 *
 * Of several that are equal the right row that is first in rank is taken.
 */
export const OPERATORS = [
  "overlap-length",
  "overlap-area",
  "largest-overlap",
  "containing",
  "nearest",
  "within-distance",
  "within-metres",
  "area",
  "self-overlap",
] as const;

/** One of {@link OPERATORS}. */
export type OperatorName = (typeof OPERATORS)[number];

/** An operator with its inputs. */
export interface OperatorCall {
  readonly operator: OperatorName;
  readonly left: GeometryColumn;
  readonly right: GeometryColumn;
  /** Largest distance; without one, any. */
  readonly limit?: number;
  /** The rank of each right row; without ranks, the rows' own order. */
  readonly ranks?: Uint32Array;
  /** A number for each right row, summed instead of counted. NaN counts nothing. */
  readonly weights?: Float64Array;
}

/** Why a row of an {@link OperatorResult} has no value. */
export const REASON = {
  /** It has one. */
  NONE: 0,
  /** The left row has no shape. */
  NO_SHAPE: 1,
  /** No right row is near enough, or shares any area. */
  NOTHING_NEAR: 2,
} as const;

/** One entry for each row of the left column. */
export interface OperatorResult {
  /** The number; NaN where there is none. */
  readonly values: Float64Array;
  /** Right row that is nearest or shares most; -1 where there is none, and for operators that take all. */
  readonly matches: Int32Array;
  /** One of {@link REASON}. */
  readonly reasons: Uint8Array;
}

/** Fewer points than these are measured at once where they are: a worker takes longer to start. */
const SMALL = 20_000;

/** Runs an operator, in worker threads when there is much to do. Aborting stops it within a tenth of a second. */
export function runOperator(call: OperatorCall, work: Work = {}): Promise<OperatorResult> {
  work.signal?.throwIfAborted();
  return sizeOf(call.left) + sizeOf(call.right) < SMALL
    ? computeHere(call, work)
    : computeInWorkers(call, work);
}
