import { type GeometryColumn, KIND } from "./geometry-column.ts";

/** A row of a column. */
export interface Shape {
  readonly column: GeometryColumn;
  readonly row: number;
}

/**
 * Distance between two shapes in the unit of their coordinates; 0 when they touch or one is inside the other. Once it is known
 * to exceed `limit` the answer may be anything greater than that.
 */
export function distanceBetween(one: Shape, other: Shape, limit: number): number {
  if (boxDistance(one, other) > limit) return Number.POSITIVE_INFINITY;
  if (containsStart(one, other) || containsStart(other, one)) return 0;
  let squared = limit * limit * (1 + 1e-12) + Number.MIN_VALUE;
  let found = Number.POSITIVE_INFINITY;
  forEachSegment(one, (ax, ay, bx, by) => {
    const distance = squaredToShape(ax, ay, bx, by, other, squared);
    if (distance > squared) return true;
    squared = found = distance;
    return squared > 0;
  });
  return Math.sqrt(found);
}

type OnSegment = (ax: number, ay: number, bx: number, by: number) => boolean;

/** Calls back for each segment, and for each single point as one without length, until told to stop. */
export function forEachSegment({ column, row }: Shape, visit: OnSegment): void {
  const { parts, points, coordinates } = column;
  const lastPart = parts[row + 1] ?? 0;
  for (let part = parts[row] ?? 0; part < lastPart; part++) {
    const first = points[part] ?? 0;
    const last = (points[part + 1] ?? 0) - 1;
    for (let at = 2 * first; at < 2 * last || at === 2 * first; at += 2) {
      const next = last > first ? at + 2 : at;
      const [ax, ay] = [coordinates[at] ?? 0, coordinates[at + 1] ?? 0];
      if (!visit(ax, ay, coordinates[next] ?? 0, coordinates[next + 1] ?? 0)) return;
    }
  }
}

function squaredToShape(ax: number, ay: number, bx: number, by: number, other: Shape, limit: number): number {
  let least = Number.POSITIVE_INFINITY;
  let bound = limit;
  const [minX, maxX] = ax < bx ? [ax, bx] : [bx, ax];
  const [minY, maxY] = ay < by ? [ay, by] : [by, ay];
  forEachSegment(other, (cx, cy, dx, dy) => {
    const gapX = Math.max(0, Math.min(cx, dx) - maxX, minX - Math.max(cx, dx));
    const gapY = Math.max(0, Math.min(cy, dy) - maxY, minY - Math.max(cy, dy));
    if (gapX * gapX + gapY * gapY > bound) return true;
    const distance = squaredBetweenSegments(ax, ay, bx, by, cx, cy, dx, dy);
    if (distance < least) least = distance;
    if (distance < bound) bound = distance;
    return least > 0;
  });
  return least;
}

function squaredBetweenSegments(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
  dx: number,
  dy: number,
): number {
  if (cross(ax, ay, bx, by, cx, cy, dx, dy)) return 0;
  return Math.min(
    squaredToSegment(ax, ay, cx, cy, dx, dy),
    squaredToSegment(bx, by, cx, cy, dx, dy),
    squaredToSegment(cx, cy, ax, ay, bx, by),
    squaredToSegment(dx, dy, ax, ay, bx, by),
  );
}

/** Whether two segments cross within both; those that only touch have an end at distance 0 from the other anyway. */
function cross(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
  dx: number,
  dy: number,
): boolean {
  const side = (px: number, py: number) => (bx - ax) * (py - ay) - (by - ay) * (px - ax);
  const across = (px: number, py: number) => (dx - cx) * (py - cy) - (dy - cy) * (px - cx);
  return side(cx, cy) * side(dx, dy) < 0 && across(ax, ay) * across(bx, by) < 0;
}

function squaredToSegment(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const dx = bx - ax;
  const dy = by - ay;
  const squared = dx * dx + dy * dy;
  const share = squared > 0 ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / squared)) : 0;
  // From the nearer end, so that a distance to a corner is as exact as one between points.
  const [fromX, fromY, along] = share > 0.5 ? [bx, by, share - 1] : [ax, ay, share];
  const gapX = x - fromX - along * dx;
  const gapY = y - fromY - along * dy;
  return gapX * gapX + gapY * gapY;
}

/** Whether a polygon contains the first point of another shape. */
function containsStart({ column, row }: Shape, { column: other, row: otherRow }: Shape): boolean {
  if (column.kinds[row] !== KIND.POLYGON) return false;
  const at = 2 * (other.points[other.parts[otherRow] ?? 0] ?? 0);
  const x = other.coordinates[at] ?? 0;
  const y = other.coordinates[at + 1] ?? 0;
  let inside = false;
  forEachSegment({ column, row }, (ax, ay, bx, by) => {
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
    return true;
  });
  return inside;
}

function boxDistance({ column, row }: Shape, { column: other, row: otherRow }: Shape): number {
  const box = (at: number) => column.boxes[4 * row + at] ?? 0;
  const otherBox = (at: number) => other.boxes[4 * otherRow + at] ?? 0;
  const gapX = Math.max(0, otherBox(0) - box(2), box(0) - otherBox(2));
  const gapY = Math.max(0, otherBox(1) - box(3), box(1) - otherBox(3));
  return Math.sqrt(gapX * gapX + gapY * gapY);
}
