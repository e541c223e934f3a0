import type { Computation } from "./compute.ts";
import { distanceBetween } from "./distance.ts";
import { KIND } from "./geometry-column.ts";
import { REASON } from "./operator.ts";
import { countNear, type IsNear } from "./point-grid.ts";

/** The nearest right shape and its distance; of equal ones the first. */
export function nearest(computation: Computation, row: number): void {
  const { row: match, distance } = findNearest(computation, row);
  if (match >= 0 && distance <= (computation.limit ?? Number.POSITIVE_INFINITY)) {
    computation.values[row] = distance;
    computation.matches[row] = match;
  } else {
    computation.values[row] = Number.NaN;
    computation.reasons[row] = REASON.NOTHING_NEAR;
  }
}

function findNearest(computation: Computation, row: number): { row: number; distance: number } {
  const { left, index, entries, limit = Number.POSITIVE_INFINITY } = computation;
  const [minX = 0, minY = 0, maxX = 0, maxY = 0] = left.boxes.subarray(4 * row, 4 * row + 4);
  // The shape whose box is nearest bounds how far the nearest can be; then all boxes within that are looked at.
  const [guess] = index?.neighbors((minX + maxX) / 2, (minY + maxY) / 2, 1) ?? [];
  if (!index || guess === undefined) return { row: -1, distance: Number.POSITIVE_INFINITY };
  let best = entries[guess] ?? -1;
  let least = distanceTo(computation, row, best, Number.POSITIVE_INFINITY);
  const reach = Math.min(least, limit) * (1 + 1e-12);
  for (const found of index.search(minX - reach, minY - reach, maxX + reach, maxY + reach)) {
    const other = entries[found] ?? 0;
    if (other === best) continue;
    if (computation.stopped()) break;
    const distance = distanceTo(computation, row, other, least);
    if (distance > least || (distance === least && comesBefore(computation, best, other))) continue;
    least = distance;
    best = other;
  }
  return { row: best, distance: least };
}

/** Number of the right shapes not farther than the limit, or the sum of their weights. */
export function withinDistance(computation: Computation, row: number): void {
  const { left, index, entries, weights, grid, limit = Number.POSITIVE_INFINITY } = computation;
  const [minX = 0, minY = 0, maxX = 0, maxY = 0] = left.boxes.subarray(4 * row, 4 * row + 4);
  if (grid && isPoint(left, row)) {
    const isNear: IsNear = (x, y) => distanceOfPoints(minX, minY, x, y) <= limit;
    computation.values[row] = countNear(grid, [minX, minY], [limit, limit], isNear);
    return;
  }
  let sum = 0;
  for (const found of index?.search(minX - limit, minY - limit, maxX + limit, maxY + limit) ?? []) {
    const other = entries[found] ?? 0;
    if (computation.stopped()) return;
    if (distanceTo(computation, row, other, limit) > limit) continue;
    const weight = weights ? (weights[other] ?? 0) : 1;
    if (!Number.isNaN(weight)) sum += weight;
  }
  computation.values[row] = sum;
}

/** Whether of two right rows that are equal the first one is taken. */
export function comesBefore({ ranks }: Computation, row: number, other: number): boolean {
  return ranks ? (ranks[row] ?? 0) < (ranks[other] ?? 0) : row < other;
}

function distanceTo({ left, right }: Computation, row: number, other: number, limit: number): number {
  if (isPoint(left, row) && isPoint(right, other)) {
    const [x = 0, y = 0] = left.boxes.subarray(4 * row, 4 * row + 2);
    return distanceOfPoints(x, y, right.boxes[4 * other] ?? 0, right.boxes[4 * other + 1] ?? 0);
  }
  return distanceBetween({ column: left, row }, { column: right, row: other }, limit);
}

function distanceOfPoints(x: number, y: number, otherX: number, otherY: number): number {
  const dx = x - otherX;
  const dy = y - otherY;
  return Math.sqrt(dx * dx + dy * dy);
}

/** Whether a row is a single point: then its box is all of it. */
export function isPoint({ kinds, parts }: Computation["left"], row: number): boolean {
  return kinds[row] === KIND.POINT && (parts[row + 1] ?? 0) - (parts[row] ?? 0) === 1;
}
