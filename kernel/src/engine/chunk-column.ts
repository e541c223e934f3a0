import type { DuckDBDataChunk, DuckDBValue, DuckDBVector } from "@duckdb/node-api";
import { Binary, Float64, Int32, makeData, Utf8, Vector } from "apache-arrow";

/** A column of the chunks of a result. */
export interface ChunkColumn {
  readonly chunks: readonly DuckDBDataChunk[];
  readonly column: number;
  /** Rows of all chunks. */
  readonly length: number;
}

/** Calls back for each row. */
export function eachValue(
  { chunks, column }: ChunkColumn,
  visit: (value: DuckDBValue, row: number) => void,
): void {
  let row = 0;
  for (const chunk of chunks) {
    const vector = chunk.getColumnVector(column);
    const { itemCount } = vector;
    for (let at = 0; at < itemCount; at++) visit(vector.getItem(at), row++);
  }
}

/** Which rows have a value, as Arrow marks it: a bit each. */
class Validity {
  readonly nullBitmap: Uint8Array;
  nullCount = 0;

  constructor(length: number) {
    this.nullBitmap = new Uint8Array(Math.ceil(length / 8)).fill(255);
  }

  clear(row: number): void {
    this.nullCount++;
    this.nullBitmap[row >> 3] = (this.nullBitmap[row >> 3] ?? 0) & ~(1 << (row & 7));
  }
}

/** Numbers as doubles; undefined when one is an integer that does not fit exactly. */
export function readDoubles(source: ChunkColumn): Vector<Float64> | undefined {
  const { length } = source;
  const data = new Float64Array(length);
  const validity = readNumbers(source, data, exactDouble);
  if (!validity) return undefined;
  const { nullBitmap, nullCount } = validity;
  return new Vector([makeData({ type: new Float64(), length, nullCount, nullBitmap, data })]);
}

/** Small integers. */
export function readIntegers(source: ChunkColumn): Vector<Int32> {
  const { length } = source;
  const data = new Int32Array(length);
  const validity = readNumbers(source, data, Number);
  if (!validity) throw new Error("a small integer is no number");
  const { nullBitmap, nullCount } = validity;
  return new Vector([makeData({ type: new Int32(), length, nullCount, nullBitmap, data })]);
}

/** Puts numbers into an array; undefined when one cannot be converted. */
function readNumbers(
  { chunks, column, length }: ChunkColumn,
  data: Float64Array | Int32Array,
  convert: (value: DuckDBValue) => number | undefined,
): Validity | undefined {
  const validity = new Validity(length);
  let row = 0;
  for (const chunk of chunks) {
    const vector = chunk.getColumnVector(column);
    const end = row + vector.itemCount;
    if (copyNumbers(vector, data, row, validity)) row = end;
    for (let at = 0; row < end; at++, row++) {
      const value = vector.getItem(at);
      const number = value === null ? 0 : convert(value);
      if (number === undefined) return undefined;
      data[row] = number;
      if (value === null) validity.clear(row);
    }
  }
  return validity;
}

/**
 * Copies the numbers of a chunk from where they lie: numbers are most of a result, and to ask for each takes several times longer.
 * Returns false, with nothing copied, for a vector that lies in memory in another way.
 */
function copyNumbers(
  vector: DuckDBVector,
  into: Float64Array | Int32Array,
  row: number,
  validity: Validity,
): boolean {
  if (!hasNumbers(vector) || vector.items.constructor !== into.constructor) return false;
  const { items } = vector;
  into.set(items, row);
  const { data, offset } = vector.validity;
  if (data === null) return true;
  const bits = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  for (let at = 0; at < items.length; at++) {
    const bit = offset + at;
    if (((bits[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0) continue;
    validity.clear(row + at);
    into[row + at] = 0;
  }
  return true;
}

/** A column of numbers: DuckDB's own type of it keeps to itself where they lie, and which are there, a bit each. */
export interface NumbersVector {
  readonly items: Float64Array | Int32Array;
  readonly validity: { readonly data: BigUint64Array | null; readonly offset: number };
}

/** Whether a vector is a {@link NumbersVector}. */
export function hasNumbers(vector: object): vector is NumbersVector {
  if (!("items" in vector && "validity" in vector)) return false;
  const { items, validity } = vector;
  if (!(items instanceof Float64Array || items instanceof Int32Array)) return false;
  if (typeof validity !== "object" || validity === null || !("data" in validity && "offset" in validity))
    return false;
  const { data, offset } = validity;
  return typeof offset === "number" && (data === null || data instanceof BigUint64Array);
}

/** A value as a double; undefined for an integer that does not fit exactly. */
function exactDouble(value: DuckDBValue): number | undefined {
  if (typeof value === "number") return value;
  const number = Number(typeof value === "bigint" ? value : String(value));
  return typeof value !== "bigint" || Number.isSafeInteger(number) ? number : undefined;
}

/** Texts. */
export function readTexts(source: ChunkColumn): Vector<Utf8> {
  const encoder = new TextEncoder();
  const parts = readParts(source, (value, room) => {
    const text = typeof value === "string" ? value : String(value);
    // A unit of UTF-16 takes at most three bytes.
    return encoder.encodeInto(text, room(3 * text.length)).written;
  });
  return new Vector([makeData({ type: new Utf8(), ...parts })]);
}

/** Bytes, such as shapes in WKB. */
export function readBytes(source: ChunkColumn): Vector<Binary> {
  const parts = readParts(source, (value, room) => {
    const bytes = bytesOf(value);
    room(bytes.length).set(bytes);
    return bytes.length;
  });
  return new Vector([makeData({ type: new Binary(), ...parts })]);
}

/** The bytes of a row of a column of blobs, without the copies that its items are; null where there is none. */
export function readItemBytes(vector: DuckDBVector, row: number): Uint8Array | null {
  if (hasBytes(vector)) return vector.getItemBytes(row);
  const value = vector.getItem(row);
  return value === null ? null : bytesOf(value);
}

/** A column of blobs: DuckDB's own type of it is not exported. */
interface BytesVector {
  getItemBytes(row: number): Uint8Array | null;
}

const hasBytes = (vector: object): vector is BytesVector => "getItemBytes" in vector;

/** The bytes of a blob or shape. */
export function bytesOf(value: DuckDBValue): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (typeof value === "object" && value !== null && "bytes" in value && value.bytes instanceof Uint8Array)
    return value.bytes;
  throw new TypeError(`not bytes: ${typeof value}`);
}

type WriteValue = (value: DuckDBValue, room: (bytes: number) => Uint8Array) => number;

/** Values of different lengths, one after the other in one stretch of memory; `write` says how many bytes it has put there. */
function readParts(source: ChunkColumn, write: WriteValue) {
  const { length } = source;
  const validity = new Validity(length);
  const valueOffsets = new Int32Array(length + 1);
  let data = new Uint8Array(Math.max(1024, 16 * length));
  let end = 0;
  let rows = 0;
  const room = (bytes: number) => {
    if (end + bytes > data.length) {
      // Room for all rows if they are like those before, but for no more than four times as much: one may be very long.
      const needed = end + bytes;
      const likely = (1.05 * needed * length) / (rows + 1);
      const grown = new Uint8Array(Math.ceil(Math.min(4 * needed, Math.max(1.2 * needed, likely))));
      grown.set(data.subarray(0, end));
      data = grown;
    }
    return data.subarray(end, end + bytes);
  };
  eachValue(source, (value, row) => {
    if (value === null) validity.clear(row);
    else end += write(value, room);
    valueOffsets[row + 1] = end;
    rows = row + 1;
  });
  const { nullBitmap, nullCount } = validity;
  return { length, nullCount, nullBitmap, valueOffsets, data: data.subarray(0, end) };
}
