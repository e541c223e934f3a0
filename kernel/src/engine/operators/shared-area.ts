import type { Edges } from "./edges.ts";

/**
 * Area that two polygons share, from their edges alone. Inside a polygon is what lies below its edges, counted with their
 * sides; so the product of two insides is a sum over pairs of edges, each the area below both. No corner is special: edges
 * that touch, coincide or share an end need no case of their own.
 */
export function sharedArea(first: Edges, second: Edges): number {
  let sum = 0;
  for (let at = 0; at < second.count; at++) sum += (second.side[at] ?? 0) * areaBelow(first, second, at);
  return sum;
}

/** Area below an edge of one set and below the edges of the other, with the other's sides. */
function areaBelow(edges: Edges, other: Edges, at: number): number {
  const { count, x1, y1, x2, slope, side } = edges;
  const left = other.x1[at] ?? 0;
  const right = other.x2[at] ?? 0;
  const height = other.y1[at] ?? 0;
  const rise = other.slope[at] ?? 0;
  let sum = 0;
  for (let edge = 0; edge < count; edge++) {
    const edgeX = x1[edge] ?? 0;
    const edgeEnd = x2[edge] ?? 0;
    if (edgeX >= right || edgeEnd <= left) continue;
    const from = Math.max(edgeX, left);
    const to = Math.min(edgeEnd, right);
    const edgeHeight = y1[edge] ?? 0;
    const edgeRise = slope[edge] ?? 0;
    const width = to - from;
    const here = edgeHeight + (from - edgeX) * edgeRise;
    const there = edgeHeight + (to - edgeX) * edgeRise;
    const otherHere = height + (from - left) * rise;
    const otherThere = height + (to - left) * rise;
    sum += (side[edge] ?? 0) * width * meanOfLower(here, there, otherHere, otherThere);
  }
  return sum;
}

/** Mean height of the lower of two straight lines that begin and end at the given heights. */
function meanOfLower(here: number, there: number, otherHere: number, otherThere: number): number {
  const before = here - otherHere;
  const after = there - otherThere;
  if (before >= 0 && after >= 0) return (otherHere + otherThere) / 2;
  if (before <= 0 && after <= 0) return (here + there) / 2;
  // They cross; the lower line is the first on one side of the crossing and the other one on the other side.
  const excess = (before > 0 ? before * before : after * after) / Math.abs(before - after);
  return (here + there) / 2 - excess / 2;
}
