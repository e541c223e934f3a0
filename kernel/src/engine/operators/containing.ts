import type { Computation } from "./compute.ts";
import { type GeometryColumn, KIND } from "./geometry-column.ts";
import { isPoint } from "./near.ts";

/**
 * The right polygon in whose inside a left point lies, and 1; 0 where there is none. No number where a left shape is no point, where
 * several polygons contain it, and where rounding could decide: what lies on a border is the engine's to say.
 */
export function containing(computation: Computation, row: number): void {
  const { left, right, around, entries, values, matches } = computation;
  values[row] = Number.NaN;
  if (!isPoint(left, row)) return;
  const x = left.boxes[4 * row] ?? 0;
  const y = left.boxes[4 * row + 1] ?? 0;
  let match = -1;
  for (const found of around.boxesAt(row, x, y)) {
    const other = entries[found] ?? 0;
    if (!isInBox(right.boxes, 4 * other, x, y)) continue;
    const inside = right.kinds[other] === KIND.POLYGON ? isInside(right, other, x, y) : undefined;
    if (inside === false) continue;
    if (inside === undefined || match >= 0) return;
    match = other;
  }
  matches[row] = match;
  values[row] = match < 0 ? 0 : 1;
}

function isInBox(boxes: Float64Array, at: number, x: number, y: number): boolean {
  return (
    (boxes[at] ?? 0) <= x &&
    (boxes[at + 2] ?? 0) >= x &&
    (boxes[at + 1] ?? 0) <= y &&
    (boxes[at + 3] ?? 0) >= y
  );
}

/**
 * Whether a place lies in a polygon, in any of several that overlap: inside its outer ring and in no hole. Undefined when it lies on an
 * edge, or so near that it could.
 */
function isInside(
  { parts, points, coordinates, holes }: GeometryColumn,
  row: number,
  x: number,
  y: number,
): boolean | undefined {
  const end = parts[row + 1] ?? 0;
  let [inside, insideOne] = [false, false];
  for (let ring = parts[row] ?? 0; ring < end; ring++) {
    const isOdd = isRightOdd(coordinates, 2 * (points[ring] ?? 0), 2 * (points[ring + 1] ?? 0), x, y);
    if (isOdd === undefined) return undefined;
    if (holes[ring] === 0) {
      inside ||= insideOne;
      insideOne = isOdd;
    } else if (isOdd) insideOne = false;
  }
  return inside || insideOne;
}

/** Whether the number of a ring's edges to the right of a place is odd, so that it is inside; undefined where an edge touches it. */
function isRightOdd(
  coordinates: Float64Array,
  first: number,
  end: number,
  x: number,
  y: number,
): boolean | undefined {
  let isOdd = false;
  let wasAbove = (coordinates[first + 1] ?? 0) > y;
  for (let at = first + 2; at < end; at += 2) {
    const toY = coordinates[at + 1] ?? 0;
    const isAbove = toY > y;
    if (isAbove === wasAbove && toY !== y) continue;
    wasAbove = isAbove;
    const isRight = isToTheRight(coordinates, at - 2, x, y);
    if (isRight === undefined) return undefined;
    if (isRight) isOdd = !isOdd;
  }
  return isOdd;
}

/** What rounding may make of the difference of two products, as a share of them (Shewchuk 1997). */
const ROUNDING = (3 + 16 * 2 ** -53) * 2 ** -53;

/**
 * Whether an edge, from one pair of coordinates to the next, crosses the height of a place to the right of it; undefined when the edge
 * touches it, or when rounding could decide.
 */
function isToTheRight(coordinates: Float64Array, at: number, x: number, y: number): boolean | undefined {
  const fromX = coordinates[at] ?? 0;
  const fromY = coordinates[at + 1] ?? 0;
  const toX = coordinates[at + 2] ?? 0;
  const toY = coordinates[at + 3] ?? 0;
  const isUp = toY > y;
  if (fromY > y === isUp) return Math.min(fromX, toX) <= x && x <= Math.max(fromX, toX) ? undefined : false;
  const one = (fromX - x) * (toY - y);
  const other = (fromY - y) * (toX - x);
  const difference = one - other;
  if (Math.abs(difference) <= ROUNDING * (Math.abs(one) + Math.abs(other))) return undefined;
  return difference > 0 === isUp;
}
