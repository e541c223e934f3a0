import { isUtf8 } from "node:buffer";
import type { DuckDBDataChunk } from "@duckdb/node-api";
import duckdb from "@duckdb/node-bindings";
import { type Data, DataType, type Vector } from "apache-arrow";
import { ENTRY, SHORT } from "./chunk-strings.ts";

/** Texts or bytes of an Arrow column, one after the other. */
interface Strings {
  readonly data: Data;
  readonly values: Uint8Array;
  /** Where each row's begin, and where the last one's end. */
  readonly offsets: Int32Array;
}

/** Texts or bytes as they lie in a column; undefined for a column of something else, of several chunks, or with what is no text. */
export function stringsOf(vector: Vector): Strings | undefined {
  const [data] = vector.data;
  const isText = DataType.isUtf8(vector.type);
  if (!data || vector.data.length > 1 || !(isText || DataType.isBinary(vector.type))) return undefined;
  const values: unknown = data.values;
  const padded: unknown = data.valueOffsets;
  if (!(values instanceof Uint8Array && padded instanceof Int32Array)) return undefined;
  const offsets = padded.subarray(0, data.length + 1);
  if (!areWithin(values, offsets) || (isText && !areTexts(values, offsets))) return undefined;
  return { data, values, offsets };
}

/** Whether all rows lie within the bytes: DuckDB would believe a length below zero. */
function areWithin(values: Uint8Array, offsets: Int32Array): boolean {
  return offsets.every((offset, row) => offset >= (offsets[row - 1] ?? 0) && offset <= values.length);
}

/** Whether all the bytes are characters, of which none goes on in the next row. */
function areTexts(values: Uint8Array, offsets: Int32Array): boolean {
  return (
    isUtf8(values.subarray(offsets[0], offsets.at(-1))) &&
    offsets.every((offset) => ((values[offset] ?? 0) & 0xc0) !== 0x80)
  );
}

/** Writes the strings of the rows from one on into a column of a chunk, as many as it has. */
export function writeStrings(
  { data, values, offsets }: Strings,
  chunk: DuckDBDataChunk,
  column: number,
  start: number,
): void {
  const { rowCount } = chunk;
  const entries = new DataView(new ArrayBuffer(ENTRY * rowCount));
  const long: { readonly row: number; readonly bytes: Uint8Array }[] = [];
  for (let row = 0; row < rowCount; row++) {
    const from = offsets[start + row] ?? 0;
    const size = (offsets[start + row + 1] ?? 0) - from;
    if (size > SHORT) long.push({ row, bytes: values.subarray(from, from + size) });
    else {
      entries.setUint32(ENTRY * row, size, true);
      for (let at = 0; at < size; at++) entries.setUint8(ENTRY * row + 4 + at, values[from + at] ?? 0);
    }
  }
  const vector = duckdb.data_chunk_get_vector(chunk.chunk, column);
  duckdb.copy_data_to_vector(vector, 0, entries.buffer, 0, entries.byteLength);
  for (const { row, bytes } of long) duckdb.vector_assign_string_element_len(vector, row, bytes);
  if (data.nullCount === 0) return;
  const items = chunk.getColumnVector(column);
  for (let row = 0; row < rowCount; row++) if (!data.getValid(start + row)) items.setItem(row, null);
  items.flush();
}
