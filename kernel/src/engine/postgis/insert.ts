import { DataType, type Field, type Table } from "apache-arrow";
import type { Client } from "pg";
import { isGeometry } from "../arrow.ts";
import { quoteIdentifier } from "../quote.ts";

const ROWS_A_STATEMENT = 10_000;

/** Puts an Arrow table into a temporary table, replacing what had its name. Shapes are in longitude and latitude. */
export async function insertTable(client: Client, name: string, table: Table): Promise<void> {
  const { fields } = table.schema;
  await client.query(`DROP TABLE IF EXISTS ${name}`);
  const columns = fields.map((field) => `${quoteIdentifier(field.name)} ${typeOf(field)}`);
  await client.query(`CREATE TEMP TABLE ${name} (${columns.join(", ")})`);
  for (let start = 0; start < table.numRows; start += ROWS_A_STATEMENT)
    await insertRows(client, name, table, start, Math.min(table.numRows, start + ROWS_A_STATEMENT));
}

/** Appends some rows, column by column: each is one bound list. */
async function insertRows(client: Client, name: string, table: Table, start: number, end: number) {
  const { fields } = table.schema;
  const lists = fields.map((field) => {
    const vector = table.getChild(field.name);
    return Array.from({ length: end - start }, (_, row) => boundValue(field, vector?.get(start + row)));
  });
  const unnested = fields.map((field, column) => `$${column + 1}::${bareType(field)}[]`);
  const names = fields.map((_, column) => `c${column}`);
  const selected = fields.map((field, column) =>
    isGeometry(field) ? `ST_GeomFromWKB(c${column}, 4326)` : `c${column}`,
  );
  await client.query(
    `INSERT INTO ${name} SELECT ${selected.join(", ")} FROM unnest(${unnested.join(", ")}) AS given(${names.join(", ")})`,
    lists,
  );
}

function typeOf(field: Field): string {
  return isGeometry(field) ? "geometry" : bareType(field);
}

function bareType({ type }: Field): string {
  if (DataType.isBool(type)) return "boolean";
  if (DataType.isInt(type)) return "bigint";
  if (DataType.isFloat(type)) return "double precision";
  if (DataType.isBinary(type)) return "bytea";
  if (DataType.isDate(type) || DataType.isTimestamp(type)) return "timestamp";
  return "text";
}

function boundValue({ type }: Field, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (value instanceof Uint8Array) return Buffer.from(value);
  if (DataType.isDate(type) || DataType.isTimestamp(type))
    return new Date(Number(value)).toISOString().slice(0, -1);
  if (DataType.isInt(type)) return String(value);
  return typeof value === "number" || typeof value === "boolean" ? value : String(value);
}
