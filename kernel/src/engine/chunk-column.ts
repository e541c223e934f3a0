import type { DuckDBDataChunk, DuckDBValue, DuckDBVector } from "@duckdb/node-api";
import { Float64, Int32, makeData, Vector } from "apache-arrow";

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
export class Validity {
  readonly nullBitmap: Uint8Array;
  nullCount = 0;

  constructor(length: number) {
    this.nullBitmap = new Uint8Array(Math.ceil(length / 8)).fill(255);
  }

  has(row: number): boolean {
    return ((this.nullBitmap[row >> 3] ?? 0) & (1 << (row & 7))) !== 0;
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
  eachMissing(vector.validity, items.length, (at) => {
    validity.clear(row + at);
    into[row + at] = 0;
  });
  return true;
}

/** A column of numbers: DuckDB's own type of it keeps to itself where they lie. */
export interface NumbersVector extends PartialVector {
  readonly items: Float64Array | Int32Array;
}

/** Whether a vector is a {@link NumbersVector}. */
export function hasNumbers(vector: object): vector is NumbersVector {
  if (!("items" in vector && hasValidity(vector))) return false;
  return vector.items instanceof Float64Array || vector.items instanceof Int32Array;
}

/** A column of which DuckDB's own type keeps to itself which rows have a value: a bit each, or none where all have one. */
export interface PartialVector {
  readonly validity: { readonly data: BigUint64Array | null; readonly offset: number };
}

/** Whether a vector is a {@link PartialVector}. */
export function hasValidity(vector: object): vector is PartialVector {
  if (!("validity" in vector)) return false;
  const { validity } = vector;
  if (typeof validity !== "object" || validity === null || !("data" in validity && "offset" in validity))
    return false;
  const { data, offset } = validity;
  return typeof offset === "number" && (data === null || data instanceof BigUint64Array);
}

/** Calls back for each of the rows of a vector that has no value. */
export function eachMissing(
  { data, offset }: PartialVector["validity"],
  rows: number,
  visit: (row: number) => void,
): void {
  if (data === null) return;
  const bits = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  for (let row = 0; row < rows; row++) {
    const bit = offset + row;
    if (((bits[bit >> 3] ?? 0) & (1 << (bit & 7))) === 0) visit(row);
  }
}

/** A value as a double; undefined for an integer that does not fit exactly. */
function exactDouble(value: DuckDBValue): number | undefined {
  if (typeof value === "number") return value;
  const number = Number(typeof value === "bigint" ? value : String(value));
  return typeof value !== "bigint" || Number.isSafeInteger(number) ? number : undefined;
}
