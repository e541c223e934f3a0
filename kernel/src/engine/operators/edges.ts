import type { GeometryColumn } from "./geometry-column.ts";

/**
 * Edges of a polygon, each from its left end to its right, and on which side of it the inside is: +1 below, -1 above. A point
 * is inside as often as the sides of the edges above it add up to, whatever the rings' directions. Edges that stand upright
 * are on no side (0).
 */
export class Edges {
  count = 0;
  x1 = new Float64Array(64);
  y1 = new Float64Array(64);
  x2 = new Float64Array(64);
  y2 = new Float64Array(64);
  slope = new Float64Array(64);
  side = new Int8Array(64);
  /** Box around the edges of a whole polygon. */
  minX = Number.POSITIVE_INFINITY;
  minY = Number.POSITIVE_INFINITY;
  maxX = Number.NEGATIVE_INFINITY;
  maxY = Number.NEGATIVE_INFINITY;
  #columns: Columns | undefined;

  clear(): void {
    this.count = 0;
    this.minX = this.minY = Number.POSITIVE_INFINITY;
    this.maxX = this.maxY = Number.NEGATIVE_INFINITY;
    this.#columns = undefined;
  }

  /** Adds the edge between two points; `side` holds for an edge that goes from left to right. */
  add(ax: number, ay: number, bx: number, by: number, side: number): void {
    if (ax < bx) this.#push(ax, ay, bx, by, side);
    else if (ax > bx) this.#push(bx, by, ax, ay, -side);
    else if (ay !== by) this.#push(ax, ay, bx, by, 0);
  }

  /** Takes the box around the edges, which a column knows. */
  lieIn(minX: number, minY: number, maxX: number, maxY: number): void {
    this.minX = minX;
    this.minY = minY;
    this.maxX = maxX;
    this.maxY = maxY;
  }

  #push(x1: number, y1: number, x2: number, y2: number, side: number): void {
    const at = this.count++;
    if (at === this.x1.length) this.#grow();
    this.x1[at] = x1;
    this.y1[at] = y1;
    this.x2[at] = x2;
    this.y2[at] = y2;
    this.slope[at] = (y2 - y1) / (x2 - x1);
    this.side[at] = side;
  }

  #grow(): void {
    const grown = (values: Float64Array) => {
      const copy = new Float64Array(2 * values.length);
      copy.set(values);
      return copy;
    };
    this.x1 = grown(this.x1);
    this.y1 = grown(this.y1);
    this.x2 = grown(this.x2);
    this.y2 = grown(this.y2);
    this.slope = grown(this.slope);
    const side = new Int8Array(2 * this.side.length);
    side.set(this.side);
    this.side = side;
  }

  /** How often all of a box is inside; undefined when an edge may lie in it. */
  windingOver({ minX, minY, maxX, maxY }: Box): number | undefined {
    const { x1, x2, y1, y2, side } = this;
    const middle = (minX + maxX) / 2;
    const { count, edges } = this.candidates(minX, maxX);
    let winding = 0;
    for (let each = 0; each < count; each++) {
      const at = edges[each] ?? 0;
      const from = x1[at] ?? 0;
      const to = x2[at] ?? 0;
      const here = y1[at] ?? 0;
      const there = y2[at] ?? 0;
      if (from >= maxX || to <= minX || (here <= minY && there <= minY)) continue;
      if (here < maxY || there < maxY) return undefined;
      if (from <= middle && to > middle) winding += side[at] ?? 0;
    }
    return winding;
  }

  /**
   * Puts into another set what of the edges lies over a box, or in it, as seen from an origin. How far above the box an edge lies
   * does not matter: such edges are put at its upper side, where those that follow each other are one.
   */
  window({ minX, minY, maxX, maxY }: Box, originX: number, originY: number, into: Edges): void {
    into.clear();
    const { x1, y1, x2, y2, side } = this;
    const { count, edges } = this.candidates(minX, maxX);
    for (let each = 0; each < count; each++) {
      const at = edges[each] ?? 0;
      const from = x1[at] ?? 0;
      const to = x2[at] ?? 0;
      const here = y1[at] ?? 0;
      const there = y2[at] ?? 0;
      if (from >= maxX || to <= minX || from === to || (here <= minY && there <= minY)) continue;
      if (here >= maxY && there >= maxY)
        into.#pushLevel(from - originX, to - originX, maxY - originY, side[at] ?? 0);
      else this.#cut(at, minY, originX, originY, into);
    }
  }

  /** Adds what of an edge lies above a y. */
  #cut(at: number, minY: number, originX: number, originY: number, into: Edges): void {
    const here = this.y1[at] ?? 0;
    const there = this.y2[at] ?? 0;
    const slope = this.slope[at] ?? 1;
    let from = this.x1[at] ?? 0;
    let to = this.x2[at] ?? 0;
    if (here < minY) from += (minY - here) / slope;
    if (there < minY) to += (minY - there) / slope;
    const low = Math.max(here, minY) - originY;
    const high = Math.max(there, minY) - originY;
    if (from < to) into.#push(from - originX, low, to - originX, high, this.side[at] ?? 0);
  }

  /** Adds a level edge, as part of the last one where it goes on from that. */
  #pushLevel(from: number, to: number, y: number, side: number): void {
    const last = this.count - 1;
    const isSame = last >= 0 && this.side[last] === side && this.y1[last] === y && this.y2[last] === y;
    if (isSame && this.x2[last] === from) this.x2[last] = to;
    else if (isSame && this.x1[last] === to) this.x1[last] = from;
    else this.#push(from, y, to, y, side);
  }

  /**
   * Edges among which are all that meet a stretch of x. They are those that have been found last until the next search: a call back
   * for each would take longer than what is done with them.
   */
  candidates(minX: number, maxX: number): Candidates {
    if (this.count <= FEW) return { edges: FIRST, count: this.count };
    if (found.length < this.count) found = new Uint32Array(2 * this.count);
    return { edges: found, count: this.#findColumns().search(minX, maxX, found) };
  }

  #findColumns(): Columns {
    this.#columns ??= new Columns(this);
    return this.#columns;
  }
}

/** A rectangle with sides along the axes. */
export interface Box {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

/** Numbers of edges: so many of the first ones. */
export interface Candidates {
  readonly edges: Uint32Array;
  readonly count: number;
}

/** Up to so many edges are looked through one by one. */
const FEW = 192;

const FIRST = Uint32Array.from({ length: FEW }, (_, edge) => edge);

let found = new Uint32Array(256);

/** Edges by columns of equal width, so that those over a stretch of x are found among many. */
class Columns {
  readonly #edges: Edges;
  readonly #starts: Uint32Array;
  readonly #items: Uint32Array;
  readonly #count: number;

  constructor(edges: Edges) {
    this.#edges = edges;
    this.#count = Math.min(65_536, Math.ceil(edges.count / 8));
    this.#starts = new Uint32Array(this.#count + 1);
    this.#each((column) => {
      this.#starts[column + 1] = (this.#starts[column + 1] ?? 0) + 1;
    });
    for (let column = 0; column < this.#count; column++)
      this.#starts[column + 1] = (this.#starts[column + 1] ?? 0) + (this.#starts[column] ?? 0);
    this.#items = new Uint32Array(this.#starts[this.#count] ?? 0);
    const next = this.#starts.slice();
    this.#each((column, edge) => {
      const at = next[column] ?? 0;
      this.#items[at] = edge;
      next[column] = at + 1;
    });
  }

  /** Puts each edge of the columns that a stretch of x touches into an array, once; returns how many. */
  search(minX: number, maxX: number, into: Uint32Array): number {
    const first = this.#columnOf(minX);
    const last = this.#columnOf(maxX);
    let many = 0;
    for (let column = first; column <= last; column++) {
      const end = this.#starts[column + 1] ?? 0;
      for (let at = this.#starts[column] ?? 0; at < end; at++) {
        const edge = this.#items[at] ?? 0;
        // An edge lies in several columns: it is found in the first of those that are looked at.
        if (Math.max(first, this.#columnOf(this.#edges.x1[edge] ?? 0)) === column) into[many++] = edge;
      }
    }
    return many;
  }

  #each(visit: (column: number, edge: number) => void): void {
    for (let edge = 0; edge < this.#edges.count; edge++) {
      const last = this.#columnOf(this.#edges.x2[edge] ?? 0);
      for (let column = this.#columnOf(this.#edges.x1[edge] ?? 0); column <= last; column++)
        visit(column, edge);
    }
  }

  #columnOf(x: number): number {
    const { minX, maxX } = this.#edges;
    const column = Math.floor(((x - minX) / (maxX - minX)) * this.#count);
    return Math.min(this.#count - 1, Math.max(0, column));
  }
}

/** Adds the edges of a polygon of a column to a set, with sides that fit rings which keep their roles. */
export function addPolygon(column: GeometryColumn, row: number, into: Edges): void {
  const end = column.parts[row + 1] ?? 0;
  for (let part = column.parts[row] ?? 0; part < end; part++) addRing(column, part, into);
  const [minX = 0, minY = 0, maxX = 0, maxY = 0] = column.boxes.subarray(4 * row, 4 * row + 4);
  into.lieIn(minX, minY, maxX, maxY);
}

function addRing({ points, coordinates, holes }: GeometryColumn, part: number, into: Edges): void {
  const from = 2 * (points[part] ?? 0);
  const to = 2 * (points[part + 1] ?? 0);
  const counterClockwise = signedArea(coordinates, from, to) > 0;
  // Above an edge that goes to the right is the inside of a ring that goes round counter-clockwise.
  const side = counterClockwise === (holes[part] === 0) ? -1 : 1;
  let x = coordinates[to - 2] ?? 0;
  let y = coordinates[to - 1] ?? 0;
  for (let at = from; at < to; at += 2) {
    const nextX = coordinates[at] ?? 0;
    const nextY = coordinates[at + 1] ?? 0;
    into.add(x, y, nextX, nextY, side);
    x = nextX;
    y = nextY;
  }
}

/** Area inside a polygon of a column. */
export function polygonArea({ parts, points, coordinates, holes }: GeometryColumn, row: number): number {
  const end = parts[row + 1] ?? 0;
  let sum = 0;
  for (let part = parts[row] ?? 0; part < end; part++) {
    const area = Math.abs(signedArea(coordinates, 2 * (points[part] ?? 0), 2 * (points[part + 1] ?? 0))) / 2;
    sum += holes[part] === 0 ? area : -area;
  }
  return sum;
}

/** Twice the area of a ring, positive when it goes round counter-clockwise. */
function signedArea(coordinates: Float64Array, from: number, to: number): number {
  const originX = coordinates[from] ?? 0;
  const originY = coordinates[from + 1] ?? 0;
  let sum = 0;
  let x = 0;
  let y = 0;
  for (let at = from; at < to; at += 2) {
    const nextX = (coordinates[at] ?? 0) - originX;
    const nextY = (coordinates[at + 1] ?? 0) - originY;
    sum += x * nextY - nextX * y;
    x = nextX;
    y = nextY;
  }
  return sum;
}
