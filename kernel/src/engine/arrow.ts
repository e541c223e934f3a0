import type { DuckDBDataChunk, DuckDBType, DuckDBValue } from "@duckdb/node-api";
import {
  Binary,
  Bool,
  type DataType,
  DateDay,
  Field,
  Float64,
  Int32,
  Int64,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  TimestampMillisecond,
  Uint64,
  Utf8,
  Vector,
  vectorFromArray,
} from "apache-arrow";

/** Marks a Binary column as geometry in WKB, as GeoArrow does. */
export const GEOMETRY_METADATA: ReadonlyMap<string, string> = new Map([
  ["ARROW:extension:name", "geoarrow.wkb"],
]);

/** Whether a column of an Arrow table is geometry in WKB. */
export function isGeometry(field: Field): boolean {
  return field.metadata.get("ARROW:extension:name") === "geoarrow.wkb";
}

/** The vectors of a table, one a column, as one Arrow table. */
export function tableFromVectors(
  fields: readonly Field[],
  vectors: readonly Vector[],
  length: number,
): Table {
  const schema = new Schema([...fields]);
  const children = vectors.map((vector) => {
    const [data] = vector.data;
    if (!data || vector.data.length > 1) throw new Error("a column of a table must be one chunk");
    return data;
  });
  const batch = makeData({ type: new Struct([...fields]), length, nullCount: 0, children });
  return new Table(schema, [new RecordBatch(schema, batch)]);
}

/** The chunks of a DuckDB result as one Arrow table. Geometry is Binary with {@link GEOMETRY_METADATA}. */
export function arrowFromChunks(
  names: readonly string[],
  types: readonly DuckDBType[],
  chunks: readonly DuckDBDataChunk[],
): Table {
  const length = chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0);
  const fields: Field[] = [];
  const vectors: Vector[] = [];
  names.forEach((name, column) => {
    const values = chunks.flatMap((chunk) => chunk.getColumnValues(column));
    const typeName = types[column]?.toString() ?? "VARCHAR";
    const vector = toVector(values, typeName);
    const metadata = typeName.startsWith("GEOMETRY") ? new Map(GEOMETRY_METADATA) : new Map<string, string>();
    fields.push(new Field(name, vector.type, true, metadata));
    vectors.push(vector);
  });
  return tableFromVectors(fields, vectors, length);
}

const SMALL_INTEGERS = new Set(["TINYINT", "SMALLINT", "INTEGER", "UTINYINT", "USMALLINT"]);
const LARGE_NUMBERS = new Set(["UINTEGER", "BIGINT", "UBIGINT", "HUGEINT", "UHUGEINT", "FLOAT", "DOUBLE"]);

function toVector(values: readonly DuckDBValue[], typeName: string): Vector {
  if (SMALL_INTEGERS.has(typeName)) return numbers(values, new Int32());
  if (LARGE_NUMBERS.has(typeName) || typeName.startsWith("DECIMAL")) return largeNumbers(values);
  if (typeName === "BOOLEAN") return build(values, new Bool(), Boolean);
  if (typeName === "BLOB" || typeName.startsWith("GEOMETRY")) return build(values, new Binary(), bytesOf);
  if (typeName === "DATE") return build(values, new DateDay(), (value) => new Date(`${value}T00:00:00Z`));
  if (/^TIMESTAMP(_S|_MS|_NS)?$/.test(typeName)) return build(values, new TimestampMillisecond(), dateOf);
  return build(values, new Utf8(), textOf);
}

/**
 * Whole numbers of SQL arrive as doubles while every one of them fits exactly: bigints do not mix with numbers. What
 * fits into no integer of 64 bits arrives as the nearest double.
 */
function largeNumbers(values: readonly DuckDBValue[]): Vector {
  const fits = (least: bigint, most: bigint) =>
    values.every((value) => typeof value !== "bigint" || (value >= least && value <= most));
  const safe = BigInt(Number.MAX_SAFE_INTEGER);
  if (fits(-safe, safe)) return numbers(values, new Float64());
  if (fits(-(2n ** 63n), 2n ** 63n - 1n)) return build(values, new Int64(), (value) => BigInt(String(value)));
  if (fits(0n, 2n ** 64n - 1n)) return build(values, new Uint64(), (value) => BigInt(String(value)));
  return numbers(values, new Float64());
}

function numbers(values: readonly DuckDBValue[], type: Float64 | Int32): Vector {
  const data = type instanceof Int32 ? new Int32Array(values.length) : new Float64Array(values.length);
  const nullBitmap = new Uint8Array(Math.ceil(values.length / 8)).fill(255);
  let nullCount = 0;
  values.forEach((value, row) => {
    if (value === null) {
      nullCount++;
      nullBitmap[row >> 3] = (nullBitmap[row >> 3] ?? 0) & ~(1 << (row & 7));
    } else data[row] = numberOf(value);
  });
  const length = values.length;
  return data instanceof Int32Array
    ? new Vector([makeData({ type: new Int32(), length, nullCount, nullBitmap, data })])
    : new Vector([makeData({ type: new Float64(), length, nullCount, nullBitmap, data })]);
}

function numberOf(value: DuckDBValue): number {
  if (typeof value === "number") return value;
  return Number(typeof value === "bigint" ? value : String(value));
}

function build<Type extends DataType>(
  values: readonly DuckDBValue[],
  type: Type,
  convert: (value: DuckDBValue) => unknown,
): Vector {
  const converted = values.map((value) => (value === null ? null : convert(value)));
  return vectorFromArray(converted, type);
}

function bytesOf(value: DuckDBValue): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (typeof value === "object" && value !== null && "bytes" in value && value.bytes instanceof Uint8Array)
    return value.bytes;
  throw new TypeError(`not bytes: ${typeof value}`);
}

/** The store's times have no zone; a notebook reads them as if they were UTC. */
function dateOf(value: DuckDBValue): Date {
  return new Date(`${String(value).replace(" ", "T").slice(0, 23)}Z`);
}

function textOf(value: DuckDBValue): string {
  return typeof value === "string" ? value : String(value);
}

/** Columns of numbers as a table; null is a missing value. */
export function tableOfNumbers(columns: Readonly<Record<string, readonly (number | null)[]>>): Table {
  const vectors = Object.values(columns).map((values) => numbers(values, new Float64()));
  const fields = Object.keys(columns).map((name) => new Field(name, new Float64(), true));
  return tableFromVectors(fields, vectors, vectors[0]?.length ?? 0);
}
