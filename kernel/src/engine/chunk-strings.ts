import { type DuckDBDataChunk, DuckDBTypeId, type DuckDBVector } from "@duckdb/node-api";
import duckdb from "@duckdb/node-bindings";
import { Binary, makeData, Utf8, Vector } from "apache-arrow";
import { UserError } from "../errors.ts";
import { type ChunkColumn, eachMissing, hasValidity, type PartialVector, Validity } from "./chunk-column.ts";

const NO_BYTES = "a column of bytes holds something else";

/** Texts; undefined for a column of something else. */
export function readTexts(source: ChunkColumn): Vector<Utf8> | undefined {
  const strings = readStrings(source);
  return strings && new Vector([makeData({ type: new Utf8(), ...strings })]);
}

/** Bytes, such as shapes in WKB. */
export function readBytes(source: ChunkColumn): Vector<Binary> {
  const strings = readStrings(source);
  if (!strings) throw new TypeError(NO_BYTES);
  return new Vector([makeData({ type: new Binary(), ...strings })]);
}

/** Reads the bytes of a chunk's column by row; null where there are none. */
export function bytesReader(chunk: DuckDBDataChunk, column: number): (row: number) => Uint8Array | null {
  const vector = chunk.getColumnVector(column);
  if (!hasStrings(vector)) throw new TypeError(NO_BYTES);
  const validity = new Validity(vector.itemCount);
  const offsets = new Int32Array(vector.itemCount + 1);
  measureStrings(vector, 0, offsets, validity);
  let run: Run = { first: 0, end: 0, bytes: new Uint8Array() };
  return (row) => {
    if (!validity.has(row)) return null;
    if (row < run.first || row >= run.end) run = readRun(vector, offsets, row);
    const start = offsets[run.first] ?? 0;
    return run.bytes.subarray((offsets[row] ?? 0) - start, (offsets[row + 1] ?? 0) - start);
  };
}

/** The strings of all rows one after the other, as Arrow has them. */
function readStrings({ chunks, column, length }: ChunkColumn) {
  const vectors: StringsVector[] = [];
  for (const chunk of chunks) {
    const vector = chunk.getColumnVector(column);
    if (!hasStrings(vector)) return undefined;
    vectors.push(vector);
  }
  const validity = new Validity(length);
  const valueOffsets = new Int32Array(length + 1);
  let row = 0;
  for (const vector of vectors) {
    measureStrings(vector, row, valueOffsets, validity);
    row += vector.itemCount;
  }
  const data = new Uint8Array(valueOffsets[length] ?? 0);
  row = 0;
  for (const vector of vectors) {
    copyStrings(vector, valueOffsets.subarray(row), data);
    row += vector.itemCount;
  }
  const { nullBitmap, nullCount } = validity;
  return { length, nullCount, nullBitmap, valueOffsets, data };
}

/** Most bytes of a column of strings: Arrow counts them in 32 bits. */
const MOST_BYTES = 2 ** 31 - 1;

/** Puts down where each string of a vector ends, whose first is that of `row`. Throws a UserError where they are too long together. */
function measureStrings(vector: StringsVector, row: number, offsets: Int32Array, validity: Validity): void {
  const { dataView, itemCount } = vector;
  const ends = offsets.subarray(row + 1);
  for (let at = 0; at < itemCount; at++) ends[at] = dataView.getUint32(ENTRY * at, true);
  eachMissing(vector.validity, itemCount, (at) => {
    validity.clear(row + at);
    ends[at] = 0;
  });
  let end = offsets[row] ?? 0;
  for (let at = 0; at < itemCount; at++) {
    end += ends[at] ?? 0;
    ends[at] = end;
  }
  if (end > MOST_BYTES)
    throw new UserError("A column of texts or shapes has more than two billion bytes", {
      hint: "Ask for fewer rows at a time.",
    });
}

/** Copies the strings of a vector, of which each has its place. */
function copyStrings(vector: StringsVector, offsets: Int32Array, into: Uint8Array): void {
  const { dataView, itemCount } = vector;
  let row = 0;
  while (row < itemCount) {
    const start = offsets[row] ?? 0;
    const size = (offsets[row + 1] ?? 0) - start;
    if (size > SHORT) {
      const { bytes, end } = readRun(vector, offsets, row);
      into.set(bytes, start);
      row = end;
    } else {
      for (let at = 0; at < size; at++) into[start + at] = dataView.getUint8(ENTRY * row + 4 + at);
      row++;
    }
  }
}

/** Strings of successive rows that lie one behind the other in memory, as most do. */
interface Run {
  readonly first: number;
  readonly end: number;
  readonly bytes: Uint8Array;
}

/** Reads as many as there are from a row on. */
function readRun({ dataView, itemCount }: StringsVector, offsets: Int32Array, first: number): Run {
  const { buffer, byteOffset } = dataView;
  const entry = byteOffset + ENTRY * first;
  const size = (row: number) => (offsets[row + 1] ?? 0) - (offsets[row] ?? 0);
  const half = (row: number, place: number) => dataView.getUint32(ENTRY * row + place, true);
  const follows = (row: number) =>
    size(row) > SHORT &&
    half(row, ADDRESS + 4) === half(row - 1, ADDRESS + 4) &&
    half(row, ADDRESS) === half(row - 1, ADDRESS) + size(row - 1);
  let end = first + 1;
  if (size(first) <= SHORT) return { first, end, bytes: new Uint8Array(buffer, entry + 4, size(first)) };
  while (end < itemCount && follows(end)) end++;
  const length = (offsets[end] ?? 0) - (offsets[first] ?? 0);
  return { first, end, bytes: duckdb.get_data_from_pointer(buffer, entry + ADDRESS, length) };
}

/** What DuckDB keeps of each string: its length in four bytes, then the string itself where it is short, else at last its address. */
export const ENTRY = 16;
/** Most bytes of a short string. */
export const SHORT = 12;
const ADDRESS = 8;

/** A column of strings, of which DuckDB's own type keeps these entries to itself. */
interface StringsVector extends PartialVector {
  readonly itemCount: number;
  readonly dataView: DataView<ArrayBuffer>;
}

const STRINGS: ReadonlySet<DuckDBTypeId> = new Set([
  DuckDBTypeId.VARCHAR,
  DuckDBTypeId.BLOB,
  DuckDBTypeId.GEOMETRY,
]);

function hasStrings(vector: DuckDBVector): vector is DuckDBVector & StringsVector {
  return (
    STRINGS.has(vector.type.typeId) &&
    "dataView" in vector &&
    vector.dataView instanceof DataView &&
    hasValidity(vector)
  );
}
