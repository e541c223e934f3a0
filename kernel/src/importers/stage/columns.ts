import type { Engine } from "../../engine/engine.ts";
import { rowsOf } from "../../engine/rows.ts";

/** Columns of a table, or of a SELECT in brackets, with their types. */
export async function columnsOf(engine: Engine, table: string): Promise<ReadonlyMap<string, string>> {
  const rows = rowsOf(await engine.query(`SELECT column_name, column_type FROM (DESCRIBE FROM ${table})`));
  return new Map(rows.map((row) => [String(row["column_name"]), String(row["column_type"])]));
}
