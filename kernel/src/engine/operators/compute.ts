import Flatbush from "flatbush";
import { Around } from "./around.ts";
import { containing } from "./containing.ts";
import { KIND } from "./geometry-column.ts";
import { nearest, withinDistance } from "./near.ts";
import { withinMetres } from "./near-metres.ts";
import { type OperatorName, REASON } from "./operator.ts";
import { areaOf, largestOverlap, overlapArea, overlapItself } from "./overlap-area.ts";
import { overlapLength } from "./overlap-length.ts";
import { Polygons } from "./polygons.ts";
import { ROWS_A_TURN, type SharedCall, STATE } from "./shared-call.ts";

/** What computes the rows of one call in one thread. */
export interface Computation extends Omit<SharedCall, "index" | "segmentIndex"> {
  /** Finds positions of `entries`; undefined when there are none. */
  readonly index: Flatbush | undefined;
  /** Finds positions of `segments`. */
  readonly segmentIndex: Flatbush | undefined;
  /** Finds positions of `entries` whose boxes may contain left points. */
  readonly around: Around;
  readonly leftPolygons: Polygons;
  readonly rightPolygons: Polygons;
  /** Whether to stop before the row is done. */
  stopped(): boolean;
}

/** Computes one left row: puts its answer into the shared arrays. */
export type RowOperator = (computation: Computation, row: number) => void;

const ROW_OPERATORS: Readonly<Record<OperatorName, RowOperator>> = {
  "overlap-length": overlapLength,
  "overlap-area": overlapArea,
  "largest-overlap": largestOverlap,
  containing,
  nearest,
  "within-distance": withinDistance,
  "within-metres": withinMetres,
  area: areaOf,
  "self-overlap": overlapItself,
};

/** Takes the next rows of a call that nobody has taken, and computes them. Returns whether there may be more. */
export function computer(call: SharedCall): () => boolean {
  const index = call.index && Flatbush.from(call.index);
  const computation: Computation = {
    ...call,
    index,
    around: new Around(call.left, call.right, index),
    segmentIndex: call.segmentIndex && Flatbush.from(call.segmentIndex),
    leftPolygons: new Polygons(call.left),
    rightPolygons: new Polygons(call.right),
    stopped: () => Atomics.load(call.state, STATE.STOP) === 1,
  };
  const computeRow = ROW_OPERATORS[call.operator];
  return () => {
    const first = Atomics.add(call.state, STATE.NEXT, ROWS_A_TURN);
    const end = Math.min(call.left.length, first + ROWS_A_TURN);
    for (let at = first; at < end && !computation.stopped(); at++) {
      const row = call.order[at] ?? 0;
      if (call.left.kinds[row] === KIND.NONE) {
        call.values[row] = Number.NaN;
        call.reasons[row] = REASON.NO_SHAPE;
      } else computeRow(computation, row);
    }
    if (first < end) Atomics.add(call.state, STATE.DONE, end - first);
    return end < call.left.length && !computation.stopped();
  };
}
