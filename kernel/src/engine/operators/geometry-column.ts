import type { Box } from "./edges.ts";

/** What the shape of a row is; rows without a shape, and empty shapes, are `NONE`. */
export const KIND = { NONE: 0, POINT: 1, LINE: 2, POLYGON: 3 } as const;

/**
 * Shapes of many rows, flat, in memory that threads share. A row has rings (of polygons), runs (lines) or single points, each
 * of them a stretch of `coordinates`. Of a collection only the parts of the highest dimension are kept.
 */
export interface GeometryColumn {
  readonly length: number;
  /** One of {@link KIND} for each row. */
  readonly kinds: Uint8Array;
  /** First part of each row; one more than there are rows. */
  readonly parts: Uint32Array;
  /** First point of each part; one more than there are parts. */
  readonly points: Uint32Array;
  /** For each part 1 when it is the ring of a hole, else 0. */
  readonly holes: Uint8Array;
  /** x and y of each point. */
  readonly coordinates: Float64Array;
  /** Least x, least y, greatest x, greatest y of each row; of a row without a shape the least exceeds the greatest. */
  readonly boxes: Float64Array;
}

/** Number of the edges, runs' segments and points of a column: how much work it is. */
export function sizeOf({ coordinates }: GeometryColumn): number {
  return coordinates.length / 2;
}

/** A column with the same parts at other places. */
export function withCoordinates(column: GeometryColumn, coordinates: Float64Array): GeometryColumn {
  return { ...column, coordinates, boxes: boxesOf(column, coordinates) };
}

/** The boxes of all rows. */
export function boxesOf(
  { parts, points }: Pick<GeometryColumn, "parts" | "points">,
  coordinates: Float64Array,
) {
  const length = parts.length - 1;
  const boxes = new Float64Array(new SharedArrayBuffer(32 * length));
  let from = 0;
  for (let row = 0; row < length; row++) {
    const to = 2 * (points[parts[row + 1] ?? 0] ?? 0);
    boxOf(coordinates, from, to, boxes, 4 * row);
    from = to;
  }
  return boxes;
}

/** Puts the box around a stretch of coordinates into an array: least x and y, then greatest. */
export function boxOf(
  coordinates: Float64Array,
  from: number,
  to: number,
  boxes: Float64Array,
  into: number,
): void {
  let [minX, minY] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let [maxX, maxY] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = from; at < to; at += 2) {
    const x = coordinates[at] ?? 0;
    const y = coordinates[at + 1] ?? 0;
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
  }
  boxes[into] = minX;
  boxes[into + 1] = minY;
  boxes[into + 2] = maxX;
  boxes[into + 3] = maxY;
}

/** The box around the boxes of the rows from one on up to another; rows without a shape add nothing to it. */
export function boxAround({ boxes }: Pick<GeometryColumn, "boxes">, first: number, end: number): Box {
  let [minX, minY] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let [maxX, maxY] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = 4 * first; at < 4 * end; at += 4) {
    minX = Math.min(minX, boxes[at] ?? 0);
    minY = Math.min(minY, boxes[at + 1] ?? 0);
    maxX = Math.max(maxX, boxes[at + 2] ?? 0);
    maxY = Math.max(maxY, boxes[at + 3] ?? 0);
  }
  return { minX, minY, maxX, maxY };
}

/** A shape of a column as WKB: a polygon as MULTIPOLYGON. Null for a row without one. */
export function polygonWkb(column: GeometryColumn, row: number): Uint8Array | null {
  const { parts, points, holes, coordinates } = column;
  if (column.kinds[row] !== KIND.POLYGON) return null;
  const [first = 0, end = 0] = [parts[row], parts[row + 1]];
  const rings = Array.from({ length: end - first }, (_, ring) => first + ring);
  const polygons = rings.filter((ring) => holes[ring] === 0);
  const size = 2 * ((points[end] ?? 0) - (points[first] ?? 0));
  const view = new DataView(new ArrayBuffer(9 + 9 * polygons.length + 4 * rings.length + 8 * size));
  let at = 0;
  const header = (type: number, count: number) => {
    view.setUint8(at, 1);
    view.setUint32(at + 1, type, true);
    view.setUint32(at + 5, count, true);
    at += 9;
  };
  header(6, polygons.length);
  for (const [position, polygon] of polygons.entries()) {
    const next = polygons[position + 1] ?? end;
    header(3, next - polygon);
    for (let ring = polygon; ring < next; ring++) {
      const values = coordinates.subarray(2 * (points[ring] ?? 0), 2 * (points[ring + 1] ?? 0));
      view.setUint32(at, values.length / 2, true);
      at += 4;
      for (const value of values) {
        view.setFloat64(at, value, true);
        at += 8;
      }
    }
  }
  return new Uint8Array(view.buffer);
}

/** Points, one a row, as a column. */
export function columnOfPoints(xs: Float64Array, ys: Float64Array): GeometryColumn {
  const { length } = xs;
  const inTurn = Uint32Array.from({ length: length + 1 }, (_, row) => row);
  const column = {
    length,
    kinds: new Uint8Array(new SharedArrayBuffer(length)).fill(KIND.POINT),
    parts: new Uint32Array(new SharedArrayBuffer(4 * length + 4)),
    points: new Uint32Array(new SharedArrayBuffer(4 * length + 4)),
    holes: new Uint8Array(new SharedArrayBuffer(length)),
    coordinates: new Float64Array(new SharedArrayBuffer(16 * length)),
  };
  column.parts.set(inTurn);
  column.points.set(inTurn);
  for (let row = 0; row < length; row++) {
    column.coordinates[2 * row] = xs[row] ?? 0;
    column.coordinates[2 * row + 1] = ys[row] ?? 0;
  }
  return { ...column, boxes: boxesOf(column, column.coordinates) };
}
