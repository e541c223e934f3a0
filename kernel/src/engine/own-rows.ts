import type { Table } from "apache-arrow";
import { UserError } from "../errors.ts";
import { withColumnMetadata } from "./columns.ts";
import { isTable } from "./is-table.ts";
import { isRecords, type RecordRow } from "./record-rows.ts";
import { tableFromRecords } from "./records.ts";

/** What can be shown as rows: an Apache Arrow table, or a list of plain objects. */
export type Rows = Table | readonly RecordRow[];

const tables = new WeakMap<readonly RecordRow[], Table>();

/**
 * Rows as a table. What stands in a list is in the user's hands already, and printing it would show it in any case: it
 * counts as public. Throws a UserError for anything else.
 */
export function tableOfRows(rows: Rows): Table {
  if (isTable(rows)) return rows;
  if (!isRecords(rows)) {
    throw new UserError("These are no rows: neither a table nor a list of objects such as { name, value }", {
      hint: "%%recipe, %%sql and runRecipe give tables.",
    });
  }
  const known = tables.get(rows);
  // A list can grow; its table cannot.
  if (known?.numRows === rows.length) return known;
  const table = withColumnMetadata(tableFromRecords(rows), () => ({ access: "public" }));
  tables.set(rows, table);
  return table;
}
