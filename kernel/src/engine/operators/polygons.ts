import { addPolygon, type Box, Edges, polygonArea } from "./edges.ts";
import type { GeometryColumn } from "./geometry-column.ts";
import { sharedArea } from "./shared-area.ts";

/** The polygon of a row, ready to be measured. */
export interface Polygon {
  readonly edges: Edges;
  readonly area: number;
}

/** Polygons with more edges are kept, the others make room for each other. */
const KEPT_FROM = 256;

/** Number of polygons with few edges that are kept; rows near each other need the same ones. */
const SLOTS = 1024;

interface Slot extends Polygon {
  readonly row: number;
}

/** The polygons of a column. Their rings must not cross. */
export class Polygons {
  readonly #column: GeometryColumn;
  readonly #kept = new Map<number, Polygon>();
  readonly #slots: (Slot | undefined)[] = Array.from({ length: SLOTS });

  constructor(column: GeometryColumn) {
    this.#column = column;
  }

  /** The polygon of a row; may be gone at the next call. */
  get(row: number): Polygon {
    const slot = this.#slots[row % SLOTS];
    if (slot?.row === row) return slot;
    return this.#kept.get(row) ?? this.#make(row, slot?.edges);
  }

  /** The box around the polygon of a row. */
  boxOf(row: number): Box {
    const { boxes } = this.#column;
    return {
      minX: boxes[4 * row] ?? 0,
      minY: boxes[4 * row + 1] ?? 0,
      maxX: boxes[4 * row + 2] ?? 0,
      maxY: boxes[4 * row + 3] ?? 0,
    };
  }

  #make(row: number, free: Edges | undefined): Polygon {
    const edges = free ?? new Edges();
    edges.clear();
    addPolygon(this.#column, row, edges);
    const made = { row, edges, area: polygonArea(this.#column, row) };
    if (edges.count <= KEPT_FROM) this.#slots[row % SLOTS] = made;
    else {
      this.#kept.set(row, made);
      this.#slots[row % SLOTS] = undefined;
    }
    return made;
  }
}

const first = new Edges();
const second = new Edges();

/** Area over which a polygon is inside of itself other than once or not at all, roughly: 0 unless its rings cross. */
export function selfOverlap({ edges, area }: Polygon): number {
  if (edges.count === 0) return 0;
  const excess = Math.abs(sharedWithItself(edges) - area);
  const rounding = TOLERANCE * (edges.maxX - edges.minX) * (edges.maxY - edges.minY);
  return excess <= rounding ? 0 : excess;
}

/** What rounding leaves, as a share of a polygon's box. */
const TOLERANCE = 1e-11;

function sharedWithItself(edges: Edges): number {
  const { minX, minY, maxX, maxY } = edges;
  // Many edges are taken in strips: each strip has few of them.
  const strips = Math.max(1, Math.ceil(edges.count / 256));
  let sum = 0;
  for (let strip = 0; strip < strips; strip++) {
    const from = minX + ((maxX - minX) * strip) / strips;
    const to = strip === strips - 1 ? maxX : minX + ((maxX - minX) * (strip + 1)) / strips;
    edges.window({ minX: from, minY, maxX: to, maxY }, minX, minY, first);
    if (strips === 1) return sharedArea(first, first);
    cutToStrip(first, from - minX, to - minX, second);
    sum += sharedArea(second, second);
  }
  return sum;
}

/** What of the edges lies between two x. */
function cutToStrip(edges: Edges, from: number, to: number, into: Edges): void {
  into.clear();
  for (let at = 0; at < edges.count; at++) {
    const x1 = edges.x1[at] ?? 0;
    const y1 = edges.y1[at] ?? 0;
    const slope = edges.slope[at] ?? 0;
    const left = Math.max(x1, from);
    const right = Math.min(edges.x2[at] ?? 0, to);
    if (left < right)
      into.add(left, y1 + (left - x1) * slope, right, y1 + (right - x1) * slope, edges.side[at] ?? 0);
  }
}

/** Area that a polygon shares with one of others. */
export function sharedAreaOf(one: Polygon, others: Polygons, row: number): number {
  const { edges } = one;
  const box = others.boxOf(row);
  const shared = {
    minX: Math.max(edges.minX, box.minX),
    minY: Math.max(edges.minY, box.minY),
    maxX: Math.min(edges.maxX, box.maxX),
    maxY: Math.min(edges.maxY, box.maxY),
  };
  if (shared.maxX <= shared.minX || shared.maxY <= shared.minY) return 0;
  // Most polygons whose boxes meet lie apart or one in the other, which is told before any edge is cut.
  const winding = edges.windingOver(box);
  if (winding !== undefined) return winding === 0 ? 0 : winding * others.get(row).area;
  const other = others.get(row);
  const inOther = other.edges.windingOver(edges);
  if (inOther !== undefined) return inOther * one.area;
  edges.window(shared, shared.minX, shared.minY, first);
  other.edges.window(shared, shared.minX, shared.minY, second);
  const width = shared.maxX - shared.minX;
  const height = shared.maxY - shared.minY;
  const area = sharedArea(first, second);
  // What rounding leaves of polygons that lie side by side is nothing: a rank would tell it from nothing.
  return area > NOTHING * width * height ? area : 0;
}

/** What rounding leaves of a sum over many edges, as a share of the box that two polygons' boxes share. */
const NOTHING = 1e-12;
