import type { Computation } from "./compute.ts";
import { polygonArea } from "./edges.ts";
import { KIND } from "./geometry-column.ts";
import { comesBefore } from "./near.ts";
import { REASON } from "./operator.ts";
import { selfOverlap, sharedAreaOf } from "./polygons.ts";
import { isPlainlySimple } from "./simple-rings.ts";

/** Area that the left polygon shares with the right ones; 0 for a point or a line. */
export function overlapArea(computation: Computation, row: number): void {
  let sum = 0;
  forEachShared(computation, row, (area) => {
    sum += area;
  });
  computation.values[row] = sum;
}

/** The right polygon that shares most area with the left one; of equal ones the first. */
export function largestOverlap(computation: Computation, row: number): void {
  let best = -1;
  let most = 0;
  forEachShared(computation, row, (area, other) => {
    if (area < most || area === 0 || (area === most && comesBefore(computation, best, other))) return;
    most = area;
    best = other;
  });
  computation.values[row] = best < 0 ? Number.NaN : most;
  computation.matches[row] = best;
  if (best < 0) computation.reasons[row] = REASON.NOTHING_NEAR;
}

function forEachShared(
  { left, right, index, entries, leftPolygons, rightPolygons, stopped }: Computation,
  row: number,
  found: (area: number, other: number) => void,
): void {
  if (!index || left.kinds[row] !== KIND.POLYGON) return;
  const polygon = leftPolygons.get(row);
  const { minX, minY, maxX, maxY } = polygon.edges;
  for (const entry of index.search(minX, minY, maxX, maxY)) {
    const other = entries[entry] ?? 0;
    if (right.kinds[other] !== KIND.POLYGON) continue;
    if (stopped()) return;
    found(sharedAreaOf(polygon, rightPolygons, other), other);
  }
}

/** Area over which a polygon overlaps itself. */
export function overlapItself({ left, leftPolygons, values }: Computation, row: number): void {
  if (left.kinds[row] === KIND.POLYGON && !isPlainlySimple(left, row))
    values[row] = selfOverlap(leftPolygons.get(row));
}

/** Area of a polygon. */
export function areaOf({ left, values }: Computation, row: number): void {
  if (left.kinds[row] === KIND.POLYGON) values[row] = polygonArea(left, row);
}
