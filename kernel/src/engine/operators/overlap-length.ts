import type { Computation } from "./compute.ts";
import { forEachSegment } from "./distance.ts";
import { KIND } from "./geometry-column.ts";
import { lengthInside } from "./length-inside.ts";

/** Length of the right lines inside a left polygon, or of a left line inside the right polygons; 0 for a point. */
export function overlapLength(computation: Computation, row: number): void {
  const { left, values } = computation;
  if (left.kinds[row] === KIND.POLYGON) values[row] = linesInside(computation, row);
  else if (left.kinds[row] === KIND.LINE) values[row] = lineInside(computation, row);
}

function linesInside({ segments, segmentIndex, leftPolygons, stopped }: Computation, row: number): number {
  const { edges } = leftPolygons.get(row);
  const found = segmentIndex?.search(edges.minX, edges.minY, edges.maxX, edges.maxY) ?? [];
  let sum = 0;
  for (const segment of found) {
    if (stopped()) break;
    const at = 4 * segment;
    const [ax, ay] = [segments[at] ?? 0, segments[at + 1] ?? 0];
    sum += lengthInside(edges, ax, ay, segments[at + 2] ?? 0, segments[at + 3] ?? 0);
  }
  return sum;
}

function lineInside(
  { left, right, index, entries, rightPolygons, stopped }: Computation,
  row: number,
): number {
  const [minX = 0, minY = 0, maxX = 0, maxY = 0] = left.boxes.subarray(4 * row, 4 * row + 4);
  let sum = 0;
  for (const found of index?.search(minX, minY, maxX, maxY) ?? []) {
    const other = entries[found] ?? 0;
    if (right.kinds[other] !== KIND.POLYGON) continue;
    if (stopped()) break;
    const { edges } = rightPolygons.get(other);
    forEachSegment({ column: left, row }, (ax, ay, bx, by) => {
      sum += lengthInside(edges, ax, ay, bx, by);
      return true;
    });
  }
  return sum;
}
