import {
  Binary,
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
import { GEOMETRY_METADATA } from "./arrow.ts";
import { isGeoJsonGeometry } from "./geo-json-geometry.ts";
import type { RecordRow } from "./record-rows.ts";
import { isWkb } from "./wkb.ts";
import { writeWkb } from "./write-wkb.ts";

/**
 * Plain objects as an Arrow table: numbers as doubles, whole `bigint` as 64-bit integers, dates as time stamps without a
 * zone, bytes, texts and booleans as they are, everything else as its JSON. Shapes are geometry, whether they are the WKB of a
 * table's row or GeoJSON. What an object lacks is missing.
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
  const kind = kindOf(name, records);
  const { type, convert } = KINDS[kind];
  const builder = makeBuilder<DataType>({ type, nullValues: [null, undefined] });
  for (const record of records) {
    const value = record[name];
    builder.append(isMissing(value) ? null : convert(value));
  }
  const metadata = kind === "shape" ? new Map(GEOMETRY_METADATA) : undefined;
  return { field: new Field(name, type, true, metadata), data: builder.finish().flush() };
}

/** A date that JavaScript could not read is no date. */
function isMissing(value: unknown): boolean {
  return value === null || value === undefined || (value instanceof Date && Number.isNaN(value.getTime()));
}

/** What a column can be, and how its values are kept. */
const KINDS: Readonly<
  Record<Kind, { readonly type: DataType; readonly convert: (value: unknown) => unknown }>
> = {
  number: { type: new Float64(), convert: (value) => value },
  bigint: { type: new Int64(), convert: (value) => value },
  boolean: { type: new Bool(), convert: (value) => value },
  date: { type: new TimestampMillisecond(), convert: (value) => Number(value) },
  bytes: { type: new Binary(), convert: (value) => value },
  shape: { type: new Binary(), convert: (value) => (isGeoJsonGeometry(value) ? writeWkb(value) : value) },
  text: { type: new Utf8(), convert: textOf },
};

type Kind = "number" | "bigint" | "boolean" | "date" | "bytes" | "shape" | "text";

/** The kind that all values of a column have; shapes may be written in two ways. */
function kindOf(name: string, records: readonly RecordRow[]): Kind {
  const kinds = new Set<Kind>();
  for (const record of records) {
    const value = record[name];
    if (value !== null && value !== undefined) kinds.add(kindOfValue(value));
    if (kinds.size > 1) return "text";
  }
  const [kind = "text"] = kinds;
  return kind;
}

function kindOfValue(value: unknown): Kind {
  if (typeof value === "number") return "number";
  if (typeof value === "bigint") return "bigint";
  if (typeof value === "boolean") return "boolean";
  if (value instanceof Date) return "date";
  if (value instanceof Uint8Array) return isWkb(value) ? "shape" : "bytes";
  return isGeoJsonGeometry(value) ? "shape" : "text";
}

function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString("hex");
  return typeof value === "object" ? (JSON.stringify(value) ?? String(value)) : String(value);
}
