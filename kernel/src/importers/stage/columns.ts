import type { Engine } from "../../engine/engine.ts";
import { quoteIdentifier } from "../../engine/quote.ts";
import { rowsOf } from "../../engine/rows.ts";

/** Columns of a table with their types. */
export async function columnsOf(engine: Engine, table: string): Promise<ReadonlyMap<string, string>> {
  const rows = rowsOf(
    await engine.query(`SELECT column_name, column_type FROM (DESCRIBE ${quoteIdentifier(table)})`),
  );
  return new Map(rows.map((row) => [String(row["column_name"]), String(row["column_type"])]));
}
