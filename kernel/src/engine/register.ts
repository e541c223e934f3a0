import {
  BIGINT,
  BLOB,
  BOOLEAN,
  DOUBLE,
  DuckDBBlobValue,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBTimestampValue,
  type DuckDBType,
  type DuckDBValue,
  TIMESTAMP,
  VARCHAR,
} from "@duckdb/node-api";
import { DataType, type Field, type Table, Type, type Vector } from "apache-arrow";
import { isGeometry } from "./arrow.ts";
import { hasNumbers } from "./chunk-column.ts";
import { quoteIdentifier } from "./quote.ts";
import { stringsOf, writeStrings } from "./write-strings.ts";

const ROWS_A_CHUNK = 2048;

/** Puts an Arrow table into DuckDB as a temporary table, replacing one of the same (quoted) name. */
export async function registerTable(connection: DuckDBConnection, name: string, table: Table): Promise<void> {
  const columns = table.schema.fields.map((field, index) => {
    const { type, convert } = columnOf(field);
    return { field, type, write: writerOf(table.getChildAt(index), convert) };
  });
  const staging = `registered_${Math.random().toString(36).slice(2)}`;
  const definition = columns
    .map(({ field, type }) => `${quoteIdentifier(field.name)} ${type.toString()}`)
    .join(", ");
  await connection.run(`CREATE TEMP TABLE ${staging} (${definition})`);
  try {
    const appender = await connection.createAppender(staging);
    const chunk = DuckDBDataChunk.create(columns.map(({ type }) => type));
    for (let start = 0; start < table.numRows; start += ROWS_A_CHUNK) {
      chunk.reset();
      chunk.rowCount = Math.min(ROWS_A_CHUNK, table.numRows - start);
      for (const [index, { write }] of columns.entries()) write(chunk, index, start);
      appender.appendDataChunk(chunk);
    }
    appender.closeSync();
    const shapes = columns
      .filter(({ field }) => isGeometry(field))
      .map(({ field }) => quoteIdentifier(field.name));
    // The notebook's own name hides that of the store, whose views are temporary too.
    if (await isView(connection, name)) await connection.run(`DROP VIEW temp.${name}`);
    if (shapes.length === 0) {
      await connection.run(`DROP TABLE IF EXISTS temp.${name}`);
      await connection.run(`ALTER TABLE temp.${staging} RENAME TO ${name}`);
      return;
    }
    const replaced = shapes.map((shape) => `ST_GeomFromWKB(${shape}) AS ${shape}`);
    await connection.run(
      `CREATE OR REPLACE TEMP TABLE ${name} AS SELECT * REPLACE (${replaced.join(", ")}) FROM ${staging}`,
    );
  } finally {
    await connection.run(`DROP TABLE IF EXISTS temp.${staging}`);
  }
}

async function isView(connection: DuckDBConnection, name: string): Promise<boolean> {
  const read = await connection.runAndReadAll("SELECT view_name FROM duckdb_views() WHERE temporary");
  const views = read.getRows().map(([view]) => quoteIdentifier(String(view)).toLowerCase());
  return views.includes(name.toLowerCase());
}

/** Writes the rows from one on into a column of a chunk of DuckDB, as many as it has. */
type Write = (chunk: DuckDBDataChunk, column: number, start: number) => void;

/** Numbers and strings are written from where they lie. */
function writerOf(vector: Vector | null, convert: Column["convert"]): Write {
  const strings = vector && stringsOf(vector);
  if (strings) return (chunk, column, start) => writeStrings(strings, chunk, column, start);
  const [data] = vector?.data ?? [];
  const isNumber = vector && (DataType.isFloat(vector.type) || DataType.isInt(vector.type));
  const values: unknown = isNumber && vector.data.length === 1 ? data?.values : undefined;
  if (data && (values instanceof Float64Array || values instanceof Int32Array))
    return (chunk, column, start) => {
      const into = chunk.getColumnVector(column);
      const here = values.subarray(start, start + into.itemCount);
      if (hasNumbers(into)) into.items.set(here);
      else for (const [row, value] of here.entries()) into.setItem(row, value);
      const complete = data.nullCount === 0;
      for (let row = 0; !complete && row < into.itemCount; row++)
        if (!data.getValid(start + row)) into.setItem(row, null);
      into.flush();
    };
  return (chunk, column, start) => {
    const into = chunk.getColumnVector(column);
    for (let row = 0; row < into.itemCount; row++) {
      const value: unknown = vector?.get(start + row);
      into.setItem(row, value === null || value === undefined ? null : convert(value));
    }
    into.flush();
  };
}

interface Column {
  readonly type: DuckDBType;
  readonly convert: (value: unknown) => DuckDBValue;
}

function columnOf(field: Field): Column {
  const { type } = field;
  if (DataType.isBool(type)) return { type: BOOLEAN, convert: Boolean };
  if (DataType.isInt(type) && type.bitWidth === 64)
    return { type: BIGINT, convert: (value) => BigInt(String(value)) };
  if (DataType.isInt(type) || DataType.isFloat(type)) return { type: DOUBLE, convert: Number };
  if (DataType.isBinary(type) || type.typeId === Type.LargeBinary) return { type: BLOB, convert: blob };
  if (DataType.isDate(type) || DataType.isTimestamp(type)) {
    const convert = (value: unknown) => new DuckDBTimestampValue(BigInt(Number(value)) * 1000n);
    return { type: TIMESTAMP, convert };
  }
  return { type: VARCHAR, convert: String };

  function blob(value: unknown): DuckDBValue {
    if (!(value instanceof Uint8Array)) throw new TypeError("a binary column holds something else");
    return new DuckDBBlobValue(value);
  }
}
