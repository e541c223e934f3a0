/**
 * A geometry read from WKB, flat: `coordinates` are x, y pairs; `parts` are the lengths' ends, in points, of each ring of
 * a polygon, each line, or each run of points.
 */
export interface FlatGeometry {
  readonly kind: "polygon" | "line" | "point";
  readonly coordinates: Float64Array;
  /** End of each ring or line, in points. */
  readonly ends: readonly number[];
  /** Number of rings of each polygon of a multipolygon; 1 for each line. */
  readonly rings: readonly number[];
}

/** Takes the pieces of a geometry while it is read. */
interface Pieces {
  /** Room for all numbers that the bytes can hold. */
  readonly coordinates: Float64Array;
  /** Numbers in it. */
  length: number;
  readonly ends: number[];
  readonly rings: number[];
  kind: FlatGeometry["kind"] | undefined;
}

const KINDS = { 1: "point", 2: "line", 3: "polygon" } as const;

/** Whether bytes begin like WKB: a byte order, then the code of a shape. */
export function isWkb(bytes: Uint8Array): boolean {
  if (bytes.length < 9 || (bytes[0] ?? 2) > 1) return false;
  const { type } = new Reader(bytes).header();
  return type >= 1 && type <= 7;
}

/** The number of the coordinate system that EWKB names. */
export function systemOfWkb(bytes: Uint8Array): number | undefined {
  return new Reader(bytes).header().system;
}

/**
 * Reads WKB of any byte order, ISO or EWKB, with Z and M ignored. A collection gives the pieces of its highest dimension.
 * Throws a RangeError for bytes that are no WKB.
 */
export function readWkb(bytes: Uint8Array): FlatGeometry {
  const reader = new Reader(bytes);
  const pieces = piecesOf(bytes.length);
  readGeometry(reader, pieces);
  const { coordinates, length, ends, rings, kind = "point" } = pieces;
  return { kind, coordinates: coordinates.subarray(0, length), ends, rings };
}

function piecesOf(bytes: number): Pieces {
  return { coordinates: new Float64Array(bytes >>> 3), length: 0, ends: [], rings: [], kind: undefined };
}

function readGeometry(reader: Reader, pieces: Pieces): void {
  const { type, dimensions } = reader.header();
  if (type >= 4 && type <= 7) {
    const count = reader.count(5);
    for (let index = 0; index < count; index++) readGeometry(reader, pieces);
    return;
  }
  if (type !== 1 && type !== 2 && type !== 3)
    throw new RangeError(`WKB type ${type} is not a point, line or polygon`);
  // What does not count is read into no room: numbers written beyond it are lost.
  const target = admit(pieces, KINDS[type]) ? pieces : piecesOf(0);
  if (type === 1) readPoint(reader, dimensions, target);
  else if (type === 2) readRun(reader, dimensions, target);
  else readPolygon(reader, dimensions, target);
}

/** In a collection only the highest dimension counts: a polygon sends away the lines and points before it. */
function admit(pieces: Pieces, kind: FlatGeometry["kind"]): boolean {
  const rank = { point: 0, line: 1, polygon: 2 } as const;
  if (pieces.kind !== undefined && rank[kind] < rank[pieces.kind]) return false;
  if (pieces.kind !== undefined && rank[kind] > rank[pieces.kind]) {
    pieces.length = 0;
    pieces.ends.length = 0;
    pieces.rings.length = 0;
  }
  pieces.kind = kind;
  return true;
}

function readPoint(reader: Reader, dimensions: number, pieces: Pieces): void {
  const x = reader.double();
  const y = reader.double();
  reader.skip(8 * (dimensions - 2));
  if (Number.isNaN(x) || Number.isNaN(y)) return;
  pieces.coordinates[pieces.length++] = x;
  pieces.coordinates[pieces.length++] = y;
  pieces.ends.push(pieces.length / 2);
  pieces.rings.push(1);
}

function readRun(reader: Reader, dimensions: number, pieces: Pieces): void {
  readPoints(reader, dimensions, pieces);
  pieces.rings.push(1);
}

function readPolygon(reader: Reader, dimensions: number, pieces: Pieces): void {
  const rings = reader.count(4);
  for (let ring = 0; ring < rings; ring++) readPoints(reader, dimensions, pieces);
  if (rings > 0) pieces.rings.push(rings);
}

function readPoints(reader: Reader, dimensions: number, pieces: Pieces): void {
  const points = reader.count(8 * dimensions);
  for (let point = 0; point < points; point++) {
    pieces.coordinates[pieces.length++] = reader.double();
    pieces.coordinates[pieces.length++] = reader.double();
    reader.skip(8 * (dimensions - 2));
  }
  pieces.ends.push(pieces.length / 2);
}

/** Reads numbers one after the other; every geometry states its own byte order. */
class Reader {
  readonly #view: DataView;
  #offset = 0;
  #littleEndian = true;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  header(): { type: number; dimensions: number; system: number | undefined } {
    this.#littleEndian = this.#view.getUint8(this.#offset) === 1;
    const code = this.#view.getUint32(this.#offset + 1, this.#littleEndian);
    this.#offset += 5;
    // EWKB marks Z, M and a system number in the highest bits; ISO adds 1000, 2000 or 3000 to the type.
    const system = code & 0x20000000 ? this.#view.getUint32(this.#offset, this.#littleEndian) : undefined;
    if (system !== undefined) this.#offset += 4;
    const iso = Math.floor((code & 0xffff) / 1000);
    const extended = (code & 0x80000000 ? 1 : 0) + (code & 0x40000000 ? 1 : 0);
    return { type: (code & 0xffff) % 1000, dimensions: 2 + (iso === 3 ? 2 : iso > 0 ? 1 : extended), system };
  }

  /** A count of things that take at least so many bytes each. */
  count(bytesEach: number): number {
    const count = this.#view.getUint32(this.#offset, this.#littleEndian);
    this.#offset += 4;
    if (count * bytesEach > this.#view.byteLength - this.#offset) throw new RangeError("WKB is cut short");
    return count;
  }

  double(): number {
    const value = this.#view.getFloat64(this.#offset, this.#littleEndian);
    this.#offset += 8;
    return value;
  }

  skip(bytes: number): void {
    this.#offset += bytes;
  }
}
