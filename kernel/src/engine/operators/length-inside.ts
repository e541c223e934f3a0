import type { Edges } from "./edges.ts";

/** What rounding leaves of a place, as a share of its coordinates' size: nearer than that is the same place. */
const ROUNDING = 1e-15;

/**
 * Length of a straight segment inside a polygon, its boundary included: how much of it lies below the edges, counted with
 * their sides. Along an edge that has the inside below it a segment is below, along one that has it above it is not.
 */
export function lengthInside(edges: Edges, ax: number, ay: number, bx: number, by: number): number {
  const tolerance = ROUNDING * Math.max(Math.abs(ax), Math.abs(ay), Math.abs(bx), Math.abs(by));
  if (Math.max(ax, bx) < edges.minX || Math.min(ax, bx) > edges.maxX) return 0;
  if (Math.max(ay, by) < edges.minY - tolerance || Math.min(ay, by) > edges.maxY + tolerance) return 0;
  if (passesBy(edges, ax, ay, bx, by, tolerance)) return 0;
  if (ax === bx) return uprightLength(edges, ax, Math.min(ay, by), Math.max(ay, by));
  return ax < bx
    ? slantLength(edges, ax, ay, bx, by, tolerance)
    : slantLength(edges, bx, by, ax, ay, tolerance);
}

/** Whether all corners of a polygon's box lie on one side of a line: most long segments pass most boxes by. */
function passesBy(edges: Edges, ax: number, ay: number, bx: number, by: number, tolerance: number): boolean {
  const dx = bx - ax;
  const dy = by - ay;
  const middle = dx * ((edges.minY + edges.maxY) / 2 - ay) - dy * ((edges.minX + edges.maxX) / 2 - ax);
  const width = (edges.maxX - edges.minX) / 2 + tolerance;
  const height = (edges.maxY - edges.minY) / 2 + tolerance;
  return Math.abs(middle) > Math.abs(dx) * height + Math.abs(dy) * width;
}

function slantLength(
  edges: Edges,
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  tolerance: number,
): number {
  const rise = (y2 - y1) / (x2 - x1);
  const margin = 4 * tolerance * (1 + Math.abs(rise));
  const { count, edges: candidates } = edges.candidates(x1, x2);
  let width = 0;
  for (let each = 0; each < count; each++) {
    const at = candidates[each] ?? 0;
    const edgeX = edges.x1[at] ?? 0;
    const edgeEnd = edges.x2[at] ?? 0;
    const from = Math.max(edgeX, x1);
    const to = Math.min(edgeEnd, x2);
    if (from >= to) continue;
    const side = edges.side[at] ?? 0;
    const above = (edges.y1[at] ?? 0) - y1;
    // Most edges lie wholly on one side of the segment's line.
    const start = above - (edgeX - x1) * rise;
    const end = (edges.y2[at] ?? 0) - y1 - (edgeEnd - x1) * rise;
    if (start < -margin && end < -margin) continue;
    if (start > margin && end > margin) {
      width += side * (to - from);
      continue;
    }
    const slope = edges.slope[at] ?? 0;
    const here = above + (from - edgeX) * slope - (from - x1) * rise;
    const there = above + (to - edgeX) * slope - (to - x1) * rise;
    width += side * (to - from) * shareBelow(here, there, side, tolerance * (1 + Math.abs(slope)));
  }
  return Math.max(0, width) * Math.sqrt(1 + rise * rise);
}

/** Over which share of a stretch an edge is above a segment, from how far above it is at both ends. */
function shareBelow(here: number, there: number, side: number, tolerance: number): number {
  if (Math.abs(here) <= tolerance && Math.abs(there) <= tolerance) return side > 0 ? 1 : 0;
  if (here >= 0 && there >= 0) return 1;
  if (here <= 0 && there <= 0) return 0;
  return Math.max(here, there) / Math.abs(here - there);
}

/** Where an edge passes over an x, coming from its left, going on to its right, or both. */
interface Passing {
  readonly y: number;
  readonly side: number;
  readonly left: boolean;
  readonly right: boolean;
}

/** Length of an upright segment inside: a stretch of it counts when the polygon lies to its left or to its right. */
function uprightLength(edges: Edges, x: number, minY: number, maxY: number): number {
  const passing = passingOver(edges, x);
  const cuts = [minY, maxY, ...passing.map(({ y }) => y).filter((y) => y > minY && y < maxY)];
  cuts.sort((first, second) => first - second);
  let length = 0;
  for (let cut = 1; cut < cuts.length; cut++) {
    const [from = 0, to = 0] = [cuts[cut - 1], cuts[cut]];
    const middle = (from + to) / 2;
    let [left, right] = [0, 0];
    for (const each of passing) {
      if (each.y <= middle) continue;
      if (each.left) left += each.side;
      if (each.right) right += each.side;
    }
    if (left > 0 || right > 0) length += to - from;
  }
  return length;
}

function passingOver(edges: Edges, x: number): Passing[] {
  const passing: Passing[] = [];
  const { count, edges: candidates } = edges.candidates(x, x);
  for (let each = 0; each < count; each++) {
    const at = candidates[each] ?? 0;
    const [x1, x2] = [edges.x1[at] ?? 0, edges.x2[at] ?? 0];
    if (x1 > x || x2 < x || x1 === x2) continue;
    const y = (edges.y1[at] ?? 0) + (x - x1) * (edges.slope[at] ?? 0);
    passing.push({ y, side: edges.side[at] ?? 0, left: x1 < x, right: x < x2 });
  }
  return passing;
}
