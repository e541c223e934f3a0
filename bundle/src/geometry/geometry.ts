/** What the features of a map are. */
export type GeometryKind = "point" | "line" | "polygon";

/** The {@link GeometryKind}s, by dimension. */
export const GEOMETRY_KINDS: readonly GeometryKind[] = ["point", "line", "polygon"];

/**
 * Features as flat arrays. A feature is a run of parts (points, lines, or rings of all its polygons), a part a run of
 * points. Coordinates are whole numbers: metres are `origin + coordinate × scale`, y upwards. Rings are not closed: the
 * last point is joined to the first.
 */
export interface Geometry {
  readonly kind: GeometryKind;
  readonly originX: number;
  readonly originY: number;
  /** Metres that one unit of the coordinates is. */
  readonly scale: number;
  /** End of each feature, in parts. */
  readonly featureEnds: Uint32Array;
  /** End of each part, in points. */
  readonly partEnds: Uint32Array;
  /** x, y of each point. */
  readonly coordinates: Int32Array;
  /** For each point how coarse a drawing still needs it, from `detailLevel`; without it, all are drawn. */
  readonly detail?: Uint8Array;
}

/** First and last part of a feature, the last not included. */
export function partsOf({ featureEnds }: Geometry, feature: number): [number, number] {
  return [feature === 0 ? 0 : (featureEnds[feature - 1] ?? 0), featureEnds[feature] ?? 0];
}

/** First and last point of a part, the last not included. */
export function pointsOf({ partEnds }: Geometry, part: number): [number, number] {
  return [part === 0 ? 0 : (partEnds[part - 1] ?? 0), partEnds[part] ?? 0];
}

/** Boxes of all features, four numbers each: least x, least y, greatest x, greatest y. Infinite for a feature without points. */
export function featureBounds({ featureEnds, partEnds, coordinates }: Geometry): Float64Array {
  const bounds = new Float64Array(4 * featureEnds.length);
  let start = 0;
  for (let feature = 0; feature < featureEnds.length; feature++) {
    const partEnd = featureEnds[feature] ?? 0;
    const end = partEnd === 0 ? 0 : (partEnds[partEnd - 1] ?? 0);
    putBounds(bounds, feature, coordinates, start, end);
    start = end;
  }
  return bounds;
}

function putBounds(
  bounds: Float64Array,
  feature: number,
  coordinates: Int32Array,
  start: number,
  end: number,
): void {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let point = start; point < end; point++) {
    const x = coordinates[2 * point] ?? 0;
    const y = coordinates[2 * point + 1] ?? 0;
    if (x < minX) minX = x;
    if (y < minY) minY = y;
    if (x > maxX) maxX = x;
    if (y > maxY) maxY = y;
  }
  bounds[4 * feature] = minX;
  bounds[4 * feature + 1] = minY;
  bounds[4 * feature + 2] = maxX;
  bounds[4 * feature + 3] = maxY;
}

/** A box around everything. */
export interface Box {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

/** The box around all features, in the geometry's units; undefined when there is no point at all. */
export function wholeBounds(bounds: Float64Array): Box | undefined {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at < bounds.length; at += 4) {
    minX = Math.min(minX, bounds[at] ?? Infinity);
    minY = Math.min(minY, bounds[at + 1] ?? Infinity);
    maxX = Math.max(maxX, bounds[at + 2] ?? -Infinity);
    maxY = Math.max(maxY, bounds[at + 3] ?? -Infinity);
  }
  return maxX >= minX ? { minX, minY, maxX, maxY } : undefined;
}

/** A box in the geometry's units as one in metres. */
export function toMetres({ originX, originY, scale }: Geometry, box: Box): Box {
  return {
    minX: originX + box.minX * scale,
    minY: originY + box.minY * scale,
    maxX: originX + box.maxX * scale,
    maxY: originY + box.maxY * scale,
  };
}

/** The box around boxes; undefined for none. */
export function unionBox(boxes: Iterable<Box | undefined>): Box | undefined {
  let union: Box | undefined;
  for (const box of boxes) {
    if (!box) continue;
    union = union
      ? {
          minX: Math.min(union.minX, box.minX),
          minY: Math.min(union.minY, box.minY),
          maxX: Math.max(union.maxX, box.maxX),
          maxY: Math.max(union.maxY, box.maxY),
        }
      : box;
  }
  return union;
}
