import type { DuckDBDataChunk, DuckDBType, DuckDBValue } from "@duckdb/node-api";
import {
  Bool,
  type DataType,
  DateDay,
  Field,
  Int64,
  type Table,
  TimestampMillisecond,
  Uint64,
  Utf8,
  type Vector,
  vectorFromArray,
} from "apache-arrow";
import { GEOMETRY_METADATA, tableFromVectors, vectorOfNumbers } from "./arrow.ts";
import { type ChunkColumn, eachValue, readDoubles, readIntegers } from "./chunk-column.ts";
import { readBytes, readTexts } from "./chunk-strings.ts";

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
  return readTexts(source) ?? build(valuesOf(source), new Utf8(), String);
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
  return vectorOfNumbers(
    Float64Array.from(values, (value) => (value === null ? Number.NaN : Number(String(value)))),
  );
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
