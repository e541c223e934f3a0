import type { Table } from "apache-arrow";
import { UserError } from "../errors.ts";
import { withColumnMetadata } from "./columns.ts";
import { isTable } from "./is-table.ts";
import { isRecords, type RecordRow } from "./record-rows.ts";
import { tableFromRecords } from "./records.ts";
import { sameValues } from "./same-values.ts";
import { accessOfRows } from "./table-row.ts";
import { tableFromTableRows } from "./table-rows.ts";

/** What can be shown as rows: an Apache Arrow table, or a list of plain objects. */
export type Rows = Table | readonly RecordRow[];

const tables = new WeakMap<readonly RecordRow[], Table>();

/**
 * Rows as a table. Rows of a table keep its columns with all that is said of them. What else stands in a list is in the user's
 * hands already, and printing it would show it in any case: it counts as public. The same list gives the same table until
 * something in it changes, so that views of it are linked. Throws a UserError for anything else.
 */
export function tableOfRows(rows: Rows): Table {
  if (isTable(rows)) return rows;
  if (!isRecords(rows)) {
    throw new UserError("These are no rows: neither a table nor a list of objects such as { name, value }", {
      hint: "%%recipe, %%sql and runRecipe give tables.",
    });
  }
  const table = tableFromTableRows(rows) ?? tableOfRecords(rows);
  const known = tables.get(rows);
  if (known && sameValues(known, table)) return known;
  tables.set(rows, table);
  return table;
}

function tableOfRecords(rows: readonly RecordRow[]): Table {
  const access = accessOfRows(rows);
  return withColumnMetadata(tableFromRecords(rows), () => ({ access }));
}
