import Flatbush from "flatbush";
import { type FlatGeometry, readWkb } from "./wkb.ts";

/** Work is handed back to the event loop after so many areas, so that it can be interrupted. */
const AREAS_A_TURN = 256;

/**
 * Length of the lines inside each area, in the unit of the coordinates, which must be planar. The same as
 * `ST_Length(ST_Intersection(area, line))` summed over all lines, without building a geometry: for each segment of a line,
 * the sorted crossings with the area's edges, summed pairwise.
 *
 * Inside is told by parity, so holes, multipolygons and rings that touch themselves are right whatever their direction.
 * A stretch of line that runs exactly along a boundary belongs to the area above it or to its right, so that areas which
 * share the boundary count it once between them.
 */
export async function overlapLength(
  areas: readonly (Uint8Array | null)[],
  lines: readonly (Uint8Array | null)[],
  signal?: AbortSignal,
): Promise<Float64Array> {
  const lengths = new Float64Array(areas.length);
  const segments = collectSegments(lines);
  if (segments.length === 0) return lengths;
  const index = indexSegments(segments);
  for (const [position, area] of areas.entries()) {
    if (position % AREAS_A_TURN === AREAS_A_TURN - 1) {
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
    }
    if (area) lengths[position] = lengthInside(readWkb(area), segments, index);
  }
  return lengths;
}

/** All segments of all lines: x and y of the start, x and y of the end. */
function collectSegments(lines: readonly (Uint8Array | null)[]): Float64Array {
  const values: number[] = [];
  for (const bytes of lines) {
    const line = bytes && readWkb(bytes);
    if (line && line.kind === "line") pushSegments(line, values);
  }
  return Float64Array.from(values);
}

function pushSegments({ coordinates, ends }: FlatGeometry, values: number[]): void {
  let start = 0;
  for (const end of ends) {
    for (let point = start; point < end - 1; point++) {
      for (let offset = 0; offset < 4; offset++) values.push(coordinates[2 * point + offset] ?? Number.NaN);
    }
    start = end;
  }
}

function indexSegments(segments: Float64Array): Flatbush {
  const index = new Flatbush(segments.length / 4);
  for (let at = 0; at < segments.length; at += 4) {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = segments.subarray(at, at + 4);
    index.add(Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2));
  }
  index.finish();
  return index;
}

function lengthInside(area: FlatGeometry, segments: Float64Array, index: Flatbush): number {
  if (area.kind !== "polygon" || area.coordinates.length === 0) return 0;
  const edges = new Edges(area);
  let sum = 0;
  for (const segment of index.search(edges.minX, edges.minY, edges.maxX, edges.maxY)) {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = segments.subarray(4 * segment, 4 * segment + 4);
    sum += edges.shareInside(x1, y1, x2, y2) * Math.hypot(x2 - x1, y2 - y1);
  }
  return sum;
}

/** The edges of one area, indexed by their boxes. */
class Edges {
  minX = Number.POSITIVE_INFINITY;
  minY = Number.POSITIVE_INFINITY;
  maxX = Number.NEGATIVE_INFINITY;
  maxY = Number.NEGATIVE_INFINITY;
  readonly #edges: Float64Array;
  readonly #index: Flatbush;

  constructor(area: FlatGeometry) {
    const values: number[] = [];
    pushSegments(area, values);
    this.#edges = Float64Array.from(values);
    this.#index = indexSegments(this.#edges);
    ({ minX: this.minX, minY: this.minY, maxX: this.maxX, maxY: this.maxY } = this.#index);
  }

  /** Share, from 0 to 1, of the segment that lies inside. */
  shareInside(x1: number, y1: number, x2: number, y2: number): number {
    if (x1 === x2 && y1 === y2) return 0;
    const cuts = this.#crossings(x1, y1, x2, y2);
    cuts.push(0, 1);
    cuts.sort((first, second) => first - second);
    let share = 0;
    for (let cut = 1; cut < cuts.length; cut++) {
      const from = cuts[cut - 1] ?? 0;
      const to = cuts[cut] ?? 0;
      if (to <= from) continue;
      const middle = (from + to) / 2;
      if (this.#contains(x1 + (x2 - x1) * middle, y1 + (y2 - y1) * middle)) share += to - from;
    }
    return share;
  }

  /** Where along the segment, from 0 to 1, it meets an edge. */
  #crossings(x1: number, y1: number, x2: number, y2: number): number[] {
    const cuts: number[] = [];
    const dx = x2 - x1;
    const dy = y2 - y1;
    const near = this.#index.search(Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2));
    for (const edge of near) {
      const [ax = 0, ay = 0, bx = 0, by = 0] = this.#edges.subarray(4 * edge, 4 * edge + 4);
      const cross = dx * (by - ay) - dy * (bx - ax);
      if (cross === 0) {
        // Parallel: the ends of an edge on the same line cut it; elsewhere the cut changes nothing.
        const squared = dx * dx + dy * dy;
        cuts.push(
          clamp(((ax - x1) * dx + (ay - y1) * dy) / squared),
          clamp(((bx - x1) * dx + (by - y1) * dy) / squared),
        );
        continue;
      }
      const along = ((ax - x1) * (by - ay) - (ay - y1) * (bx - ax)) / cross;
      const across = ((ax - x1) * dy - (ay - y1) * dx) / cross;
      if (along > 0 && along < 1 && across >= 0 && across <= 1) cuts.push(along);
    }
    return cuts;
  }

  /** Parity of the edges to the right of the point. */
  #contains(x: number, y: number): boolean {
    let inside = false;
    for (const edge of this.#index.search(x, y, this.maxX, y)) {
      const [ax = 0, ay = 0, bx = 0, by = 0] = this.#edges.subarray(4 * edge, 4 * edge + 4);
      if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
    }
    return inside;
  }
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
