/** What the features of a map are. */
export type GeometryKind = "point" | "line" | "polygon";

const KINDS: readonly GeometryKind[] = ["point", "line", "polygon"];

/**
 * Features as flat arrays. A feature is a run of parts (points, lines, or rings of all its polygons), a part a run of
 * points. Coordinates are whole numbers: metres are `origin + coordinate × scale`, y upwards.
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
}

const MAGIC = 0x47424d54;
const VERSION = 1;
const HEADER_BYTES = 48;

/** Geometry as bytes: a header of 48 bytes, then the three arrays, little-endian. */
export function encodeGeometry(geometry: Geometry): Uint8Array {
  const { featureEnds, partEnds, coordinates } = geometry;
  const words = [
    MAGIC,
    VERSION,
    KINDS.indexOf(geometry.kind),
    featureEnds.length,
    partEnds.length,
    coordinates.length / 2,
  ];
  const bytes = new Uint8Array(
    HEADER_BYTES + 4 * (featureEnds.length + partEnds.length + coordinates.length),
  );
  const view = new DataView(bytes.buffer);
  for (const [index, word] of words.entries()) view.setUint32(4 * index, word, true);
  const numbers = [geometry.originX, geometry.originY, geometry.scale];
  for (const [index, number] of numbers.entries()) view.setFloat64(24 + 8 * index, number, true);
  let offset = HEADER_BYTES;
  for (const array of [featureEnds, partEnds, coordinates]) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), offset);
    offset += array.byteLength;
  }
  return bytes;
}

/** Geometry from bytes, without copying when they begin at a multiple of four. Throws a RangeError for anything else. */
export function decodeGeometry(given: Uint8Array): Geometry {
  const bytes = given.byteOffset % 4 === 0 ? given : given.slice();
  if (bytes.byteLength < HEADER_BYTES) throw new RangeError("the geometry is cut short");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const word = (index: number) => view.getUint32(4 * index, true);
  if (word(0) !== MAGIC || word(1) !== VERSION) throw new RangeError("these bytes are no geometry");
  const kind = KINDS[word(2)];
  const [features, parts, points] = [word(3), word(4), word(5)];
  if (kind === undefined || bytes.byteLength !== HEADER_BYTES + 4 * (features + parts + 2 * points)) {
    throw new RangeError("the geometry is not as long as it says");
  }
  const start = bytes.byteOffset + HEADER_BYTES;
  const geometry = {
    kind,
    originX: view.getFloat64(24, true),
    originY: view.getFloat64(32, true),
    scale: view.getFloat64(40, true),
    featureEnds: new Uint32Array(bytes.buffer, start, features),
    partEnds: new Uint32Array(bytes.buffer, start + 4 * features, parts),
    coordinates: new Int32Array(bytes.buffer, start + 4 * (features + parts), 2 * points),
  };
  checkEnds(geometry.featureEnds, parts);
  checkEnds(geometry.partEnds, points);
  return geometry;
}

function checkEnds(ends: Uint32Array, last: number): void {
  let before = 0;
  for (const end of ends) {
    if (end < before || end > last) throw new RangeError("the geometry's parts are out of order");
    before = end;
  }
  if (before !== last) throw new RangeError("the geometry's parts do not cover its points");
}

/** Boxes of all features, four numbers each: least x, least y, greatest x, greatest y. Infinite for a feature without points. */
export function featureBounds({ featureEnds, partEnds, coordinates }: Geometry): Float64Array {
  const bounds = new Float64Array(4 * featureEnds.length);
  let point = 0;
  featureEnds.forEach((partEnd, feature) => {
    const end = partEnd === 0 ? 0 : (partEnds[partEnd - 1] ?? 0);
    let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
    for (; point < end; point++) {
      const x = coordinates[2 * point] ?? 0;
      const y = coordinates[2 * point + 1] ?? 0;
      minX = Math.min(minX, x);
      minY = Math.min(minY, y);
      maxX = Math.max(maxX, x);
      maxY = Math.max(maxY, y);
    }
    bounds.set([minX, minY, maxX, maxY], 4 * feature);
  });
  return bounds;
}

/** A box around everything. */
export interface Box {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

/** The box around all features; undefined when there is no point at all. */
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
