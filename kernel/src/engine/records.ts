import {
  Bool,
  type DataType,
  Field,
  Float64,
  Int64,
  makeBuilder,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  TimestampMillisecond,
  Utf8,
} from "apache-arrow";
import type { RecordRow } from "./record-rows.ts";

/**
 * Plain objects as an Arrow table: numbers as doubles, whole `bigint` as 64-bit integers, dates as time stamps without a
 * zone, texts and booleans as they are, everything else as its JSON. What an object lacks is missing.
 */
export function tableFromRecords(records: readonly RecordRow[]): Table {
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const columns = names.map((name) => columnOf(name, records));
  const schema = new Schema(columns.map(({ field }) => field));
  const children = columns.map(({ data }) => data);
  const data = makeData({ type: new Struct(schema.fields), length: records.length, nullCount: 0, children });
  return new Table(schema, [new RecordBatch(schema, data)]);
}

function columnOf(name: string, records: readonly RecordRow[]) {
  const type = typeOf(name, records);
  const builder = makeBuilder({ type, nullValues: [null, undefined] });
  for (const record of records) {
    const value = record[name];
    builder.append(isMissing(value) ? null : converted(value, type));
  }
  return { field: new Field(name, type, true), data: builder.finish().flush() };
}

/** A date that JavaScript could not read is no date. */
function isMissing(value: unknown): boolean {
  return value === null || value === undefined || (value instanceof Date && Number.isNaN(value.getTime()));
}

function typeOf(name: string, records: readonly RecordRow[]): DataType {
  const kinds = new Set<string>();
  for (const record of records) {
    const value = record[name];
    if (value !== null && value !== undefined) kinds.add(value instanceof Date ? "date" : typeof value);
  }
  const [kind] = kinds;
  if (kinds.size !== 1) return new Utf8();
  if (kind === "number") return new Float64();
  if (kind === "bigint") return new Int64();
  if (kind === "boolean") return new Bool();
  return kind === "date" ? new TimestampMillisecond() : new Utf8();
}

function converted(value: unknown, type: DataType): unknown {
  if (!(type instanceof Utf8)) return value instanceof Date ? value.getTime() : value;
  if (typeof value === "string") return value;
  return typeof value === "object" ? (JSON.stringify(value) ?? String(value)) : String(value);
}
