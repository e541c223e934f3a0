import type { DuckDBConnection, DuckDBType, DuckDBValue } from "@duckdb/node-api";
import { DataType, type Field, type Table, Type, type Vector } from "apache-arrow";
import { isGeometry } from "./arrow.ts";
import { quoteIdentifier } from "./quote.ts";

const ROWS_A_CHUNK = 2048;

/** Puts an Arrow table into DuckDB as a temporary table, replacing one of the same (quoted) name. */
export async function registerTable(connection: DuckDBConnection, name: string, table: Table): Promise<void> {
  const duckdb = await import("@duckdb/node-api");
  const columns = table.schema.fields.map((field, index) => {
    const { type, convert } = columnOf(duckdb, field);
    return { field, type, read: readerOf(table.getChildAt(index), convert) };
  });
  const staging = `registered_${Math.random().toString(36).slice(2)}`;
  const definition = columns
    .map(({ field, type }) => `${quoteIdentifier(field.name)} ${type.toString()}`)
    .join(", ");
  await connection.run(`CREATE TEMP TABLE ${staging} (${definition})`);
  try {
    const appender = await connection.createAppender(staging);
    for (let start = 0; start < table.numRows; start += ROWS_A_CHUNK) {
      const length = Math.min(ROWS_A_CHUNK, table.numRows - start);
      const chunk = duckdb.DuckDBDataChunk.create(
        columns.map(({ type }) => type),
        length,
      );
      chunk.setColumns(columns.map(({ read }) => Array.from({ length }, (_, row) => read(start + row))));
      appender.appendDataChunk(chunk);
    }
    appender.closeSync();
    const shapes = columns
      .filter(({ field }) => isGeometry(field))
      .map(({ field }) => quoteIdentifier(field.name));
    const replaced = shapes.map((shape) => `ST_GeomFromWKB(${shape}) AS ${shape}`);
    const selection = replaced.length > 0 ? `* REPLACE (${replaced.join(", ")})` : "*";
    // The notebook's own name hides that of the store, whose views are temporary too.
    if (await isView(connection, name)) await connection.run(`DROP VIEW temp.${name}`);
    await connection.run(`CREATE OR REPLACE TEMP TABLE ${name} AS SELECT ${selection} FROM ${staging}`);
  } finally {
    await connection.run(`DROP TABLE ${staging}`);
  }
}

async function isView(connection: DuckDBConnection, name: string): Promise<boolean> {
  const read = await connection.runAndReadAll("SELECT view_name FROM duckdb_views() WHERE temporary");
  const views = read.getRows().map(([view]) => quoteIdentifier(String(view)).toLowerCase());
  return views.includes(name.toLowerCase());
}

/** Reads a column by row; numbers without a gap from where they lie. */
function readerOf(vector: Vector | null, convert: Column["convert"]): (row: number) => DuckDBValue {
  const [data] = vector?.data ?? [];
  const isNumber = vector && (DataType.isFloat(vector.type) || DataType.isInt(vector.type));
  const plain = isNumber && vector.data.length === 1 && data?.nullCount === 0;
  const values: unknown = plain ? data.values : undefined;
  if (values instanceof Float64Array || values instanceof Int32Array) return (row) => values[row] ?? null;
  return (row) => {
    const value: unknown = vector?.get(row);
    return value === null || value === undefined ? null : convert(value);
  };
}

interface Column {
  readonly type: DuckDBType;
  readonly convert: (value: unknown) => DuckDBValue;
}

function columnOf(duckdb: typeof import("@duckdb/node-api"), field: Field): Column {
  const { type } = field;
  if (DataType.isBool(type)) return { type: duckdb.BOOLEAN, convert: Boolean };
  if (DataType.isInt(type) && type.bitWidth === 64)
    return { type: duckdb.BIGINT, convert: (value) => BigInt(String(value)) };
  if (DataType.isInt(type) || DataType.isFloat(type)) return { type: duckdb.DOUBLE, convert: Number };
  if (DataType.isBinary(type) || type.typeId === Type.LargeBinary)
    return { type: duckdb.BLOB, convert: blob };
  if (DataType.isDate(type) || DataType.isTimestamp(type)) {
    const convert = (value: unknown) => new duckdb.DuckDBTimestampValue(BigInt(Number(value)) * 1000n);
    return { type: duckdb.TIMESTAMP, convert };
  }
  return { type: duckdb.VARCHAR, convert: String };

  function blob(value: unknown): DuckDBValue {
    if (!(value instanceof Uint8Array)) throw new TypeError("a binary column holds something else");
    return new duckdb.DuckDBBlobValue(value);
  }
}
