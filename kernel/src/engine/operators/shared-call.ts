import Flatbush from "flatbush";
import { boxAround, type GeometryColumn, KIND } from "./geometry-column.ts";
import { isPoint } from "./near.ts";
import { degreesOf } from "./near-metres.ts";
import type { OperatorCall, OperatorResult } from "./operator.ts";
import { gridOf, type PointGrid } from "./point-grid.ts";

/** A call with all that several threads share: inputs, indexes of the right side, answers, and how far they are. */
export interface SharedCall extends OperatorCall, OperatorResult {
  /** The left rows in an order in which those that follow each other lie near each other. */
  readonly order: Uint32Array;
  /** The right rows that have a shape, in the order of the index of their boxes. */
  readonly entries: Uint32Array;
  readonly index: ArrayBufferLike | undefined;
  /** Ends of the right lines' segments, in the order of the index of their boxes: x, y, x, y. */
  readonly segments: Float64Array;
  readonly segmentIndex: ArrayBufferLike | undefined;
  /** The right points, where they are to be counted near left ones. */
  readonly grid: PointGrid | undefined;
  /** The next left row that nobody has taken, the rows that are done, and 1 when all shall stop. */
  readonly state: Int32Array;
}

/** Places in {@link SharedCall.state}. */
export const STATE = { NEXT: 0, DONE: 1, STOP: 2 } as const;

/** Left rows that a thread takes at a time. */
export const ROWS_A_TURN = 64;

/** Lays out a call in memory that threads share. */
export function shareCall(call: OperatorCall): SharedCall {
  const { length } = call.left;
  const matches = new Int32Array(new SharedArrayBuffer(4 * length)).fill(-1);
  const grid = gridOfCall(call);
  // In metres nothing but points is counted: then all of them are in the grid.
  const entries = grid && call.operator === "within-metres" ? new Uint32Array() : entriesOf(call);
  const segments = segmentsOf(call);
  return {
    ...call,
    values: new Float64Array(new SharedArrayBuffer(8 * length)),
    matches,
    reasons: new Uint8Array(new SharedArrayBuffer(length)),
    state: new Int32Array(new SharedArrayBuffer(12)),
    order: isInTurn(call) ? inTurn(length) : orderOf(call.left),
    entries,
    index: indexOf(entries.length, (entry) => call.right.boxes.subarray(4 * (entries[entry] ?? 0))),
    grid,
    segments,
    segmentIndex: indexOf(segments.length / 4, (entry) => segments.subarray(4 * entry)),
  };
}

/** Lines of cells from the middle of a circle to its rim. */
const LINES_A_CIRCLE = 16;

/** A grid for counts near points; undefined where something else is counted, or summed. */
function gridOfCall({ operator, right, limit = 0, weights }: OperatorCall): PointGrid | undefined {
  const { kinds, length, boxes } = right;
  const points = kinds.findIndex((kind) => kind !== KIND.NONE);
  if (!operator.startsWith("within") || weights || points < 0 || !Number.isFinite(limit) || limit <= 0)
    return undefined;
  for (let row = 0; row < length; row++)
    if (kinds[row] !== KIND.NONE && !isPoint(right, row)) return undefined;
  const [width, height] =
    operator === "within-metres" ? degreesOf(limit, boxes[4 * points + 1] ?? 0) : [limit, limit];
  return gridOf(right, width / LINES_A_CIRCLE, height / LINES_A_CIRCLE);
}

/** Whether the right lines are taken segment by segment. */
const takesSegments = ({ operator, right }: OperatorCall, row: number) =>
  operator === "overlap-length" && right.kinds[row] === KIND.LINE;

function entriesOf(call: OperatorCall): Uint32Array {
  const { right } = call;
  const entries: number[] = [];
  for (let row = 0; row < right.length; row++)
    if (right.kinds[row] !== KIND.NONE && !takesSegments(call, row)) entries.push(row);
  const shared = new Uint32Array(new SharedArrayBuffer(4 * entries.length));
  shared.set(entries);
  return shared;
}

function segmentsOf(call: OperatorCall): Float64Array {
  const { left, right } = call;
  const size = meanSize(left);
  const values: number[] = [];
  for (let row = 0; row < right.length; row++)
    if (takesSegments(call, row)) pushSegments(right, row, size, values);
  const shared = new Float64Array(new SharedArrayBuffer(8 * values.length));
  shared.set(values);
  return shared;
}

/** Half the circumference of a box, on average. */
export function meanSize({ length, kinds, boxes }: GeometryColumn): number {
  let [sum, count] = [0, 0];
  for (let row = 0; row < length; row++) {
    if (kinds[row] === KIND.NONE) continue;
    const at = 4 * row;
    sum += (boxes[at + 2] ?? 0) - (boxes[at] ?? 0) + (boxes[at + 3] ?? 0) - (boxes[at + 1] ?? 0);
    count++;
  }
  return count === 0 ? 0 : sum / count;
}

/** Most pieces of a segment. */
const MOST_PIECES = 64;

/** Long segments are cut into pieces as long as areas are: the box of a long one would meet far more than the segment. */
function pushSegments(column: GeometryColumn, row: number, size: number, values: number[]): void {
  const { parts, points, coordinates } = column;
  const end = parts[row + 1] ?? 0;
  for (let part = parts[row] ?? 0; part < end; part++) {
    const last = 2 * ((points[part + 1] ?? 0) - 1);
    for (let at = 2 * (points[part] ?? 0); at < last; at += 2) {
      const [ax = 0, ay = 0, bx = 0, by = 0] = coordinates.subarray(at, at + 4);
      const pieces = Math.ceil(Math.min(MOST_PIECES, (2 * Math.hypot(bx - ax, by - ay)) / size || 1));
      for (let piece = 0; piece < pieces; piece++) {
        values.push(ax + ((bx - ax) * piece) / pieces, ay + ((by - ay) * piece) / pieces);
        if (piece === pieces - 1) values.push(bx, by);
        else values.push(ax + ((bx - ax) * (piece + 1)) / pieces, ay + ((by - ay) * (piece + 1)) / pieces);
      }
    }
  }
}

function indexOf(count: number, boxOf: (entry: number) => Float64Array): ArrayBufferLike | undefined {
  if (count === 0) return undefined;
  const index = new Flatbush(count, 16, Float64Array, SharedArrayBuffer);
  for (let entry = 0; entry < count; entry++) {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = boxOf(entry);
    index.add(Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2));
  }
  index.finish();
  return index.data;
}

/** Whether the order of the rows does not matter: nothing on the right side, or points that are looked for in many rows at once. */
const isInTurn = ({ operator, right }: OperatorCall) => right.length === 0 || operator === "containing";

/** Rows as they come. */
function inTurn(length: number): Uint32Array {
  const order = new Uint32Array(new SharedArrayBuffer(4 * length));
  for (let row = 0; row < length; row++) order[row] = row;
  return order;
}

/** Number of columns of the squares by which rows are ordered, a power of two. */
const SQUARES = 4096;

/** Rows by the squares in which their middles lie, along Hilbert's curve: of all ways through a plane it leaves places least often. */
function orderOf({ length, kinds, boxes }: GeometryColumn): Uint32Array {
  const order = new Uint32Array(new SharedArrayBuffer(4 * length));
  const { minX, minY, maxX, maxY } = boxAround({ boxes }, 0, length);
  const squareOf = (middle: number, least: number, size: number) =>
    Math.min(SQUARES - 1, Math.floor(((middle - least) / (size || 1)) * SQUARES));
  // Place and row in one number: numbers alone are sorted several times quicker than by a comparison.
  const places = new Float64Array(length);
  for (let row = 0; row < length; row++) {
    const at = 4 * row;
    const column = squareOf(((boxes[at] ?? 0) + (boxes[at + 2] ?? 0)) / 2, minX, maxX - minX);
    const line = squareOf(((boxes[at + 1] ?? 0) + (boxes[at + 3] ?? 0)) / 2, minY, maxY - minY);
    places[row] = (kinds[row] === KIND.NONE ? 0 : 1 + placeAlongCurve(column, line)) * length + row;
  }
  places.sort();
  for (let at = 0; at < length; at++) order[at] = (places[at] ?? 0) % length;
  return order;
}

/** The place of a square along Hilbert's curve. */
function placeAlongCurve(column: number, line: number): number {
  let [x, y, place] = [column, line, 0];
  for (let half = SQUARES / 2; half > 0; half >>= 1) {
    const right = (x & half) === 0 ? 0 : 1;
    const up = (y & half) === 0 ? 0 : 1;
    place += half * half * ((3 * right) ^ up);
    if (up === 1) continue;
    // The curve goes through the lower quarters turned: mirrored, in the right one from its other end.
    const [along, across] = right === 1 ? [SQUARES - 1 - x, SQUARES - 1 - y] : [x, y];
    x = across;
    y = along;
  }
  return place;
}
