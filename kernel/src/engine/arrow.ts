import type { DuckDBDataChunk, DuckDBType, DuckDBValue } from "@duckdb/node-api";
import {
  Bool,
  type DataType,
  DateDay,
  Field,
  Float64,
  Int64,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  TimestampMillisecond,
  Uint64,
  Vector,
  vectorFromArray,
} from "apache-arrow";
import {
  type ChunkColumn,
  eachValue,
  readBytes,
  readDoubles,
  readIntegers,
  readTexts,
} from "./chunk-column.ts";

/** Marks a Binary column as geometry in WKB, as GeoArrow does. */
export const GEOMETRY_METADATA: ReadonlyMap<string, string> = new Map([
  ["ARROW:extension:name", "geoarrow.wkb"],
]);

/** Whether a column of an Arrow table is geometry in WKB. */
export function isGeometry(field: Field): boolean {
  return field.metadata.get("ARROW:extension:name") === "geoarrow.wkb";
}

/** Whether a column has rows and a value in none of them. */
export function isAllNull(values: Vector | null): boolean {
  return values !== null && values.length > 0 && values.nullCount === values.length;
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
    const typeName = types[column]?.toString() ?? "VARCHAR";
    const vector = toVector({ chunks, column, length }, typeName);
    const metadata = typeName.startsWith("GEOMETRY") ? new Map(GEOMETRY_METADATA) : new Map<string, string>();
    fields.push(new Field(name, vector.type, true, metadata));
    vectors.push(vector);
  });
  return tableFromVectors(fields, vectors, length);
}

const SMALL_INTEGERS = new Set(["TINYINT", "SMALLINT", "INTEGER", "UTINYINT", "USMALLINT"]);
const LARGE_NUMBERS = new Set(["UINTEGER", "BIGINT", "UBIGINT", "HUGEINT", "UHUGEINT", "FLOAT", "DOUBLE"]);

function toVector(source: ChunkColumn, typeName: string): Vector {
  if (SMALL_INTEGERS.has(typeName)) return readIntegers(source);
  if (LARGE_NUMBERS.has(typeName) || typeName.startsWith("DECIMAL"))
    return readDoubles(source) ?? largeNumbers(valuesOf(source));
  if (typeName === "BOOLEAN") return build(valuesOf(source), new Bool(), Boolean);
  if (typeName === "BLOB" || typeName.startsWith("GEOMETRY")) return readBytes(source);
  if (typeName === "DATE")
    return build(valuesOf(source), new DateDay(), (value) => new Date(`${value}T00:00:00Z`));
  if (/^TIMESTAMP(_S|_MS|_NS)?$/.test(typeName))
    return build(valuesOf(source), new TimestampMillisecond(), dateOf);
  return readTexts(source);
}

function valuesOf(source: ChunkColumn): DuckDBValue[] {
  const values: DuckDBValue[] = [];
  eachValue(source, (value) => values.push(value));
  return values;
}

/**
 * Whole numbers of SQL arrive as doubles while every one of them fits exactly: bigints do not mix with numbers. Those that do not
 * are integers of 64 bits; what fits into none of these arrives as the nearest double.
 */
function largeNumbers(values: readonly DuckDBValue[]): Vector {
  const fits = (least: bigint, most: bigint) =>
    values.every((value) => typeof value !== "bigint" || (value >= least && value <= most));
  if (fits(-(2n ** 63n), 2n ** 63n - 1n)) return build(values, new Int64(), (value) => BigInt(String(value)));
  if (fits(0n, 2n ** 64n - 1n)) return build(values, new Uint64(), (value) => BigInt(String(value)));
  return numbers(Float64Array.from(values, (value) => (value === null ? Number.NaN : Number(String(value)))));
}

/** Numbers, NaN where there is none. */
function numbers(data: Float64Array): Vector {
  const { length } = data;
  const nullBitmap = new Uint8Array(Math.ceil(length / 8)).fill(255);
  let nullCount = 0;
  for (let row = 0; row < length; row++) {
    if (!Number.isNaN(data[row])) continue;
    nullCount++;
    nullBitmap[row >> 3] = (nullBitmap[row >> 3] ?? 0) & ~(1 << (row & 7));
  }
  return new Vector([makeData({ type: new Float64(), length, nullCount, nullBitmap, data })]);
}

function build<Type extends DataType>(
  values: readonly DuckDBValue[],
  type: Type,
  convert: (value: DuckDBValue) => unknown,
): Vector {
  const converted = values.map((value) => (value === null ? null : convert(value)));
  return vectorFromArray(converted, type);
}

/** The store's times have no zone; a notebook reads them as if they were UTC. */
function dateOf(value: DuckDBValue): Date {
  return new Date(`${String(value).replace(" ", "T").slice(0, 23)}Z`);
}

/** Columns of numbers as a table; NaN is a missing value. */
export function tableOfNumbers(columns: Readonly<Record<string, Float64Array>>): Table {
  const vectors = Object.values(columns).map((values) => numbers(values));
  const fields = Object.keys(columns).map((name) => new Field(name, new Float64(), true));
  return tableFromVectors(fields, vectors, vectors[0]?.length ?? 0);
}
