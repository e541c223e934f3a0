import type { Table } from "apache-arrow";
import { UserError } from "../errors.ts";
import { withNamesOfData } from "./column-names.ts";
import { withColumnMetadata } from "./columns.ts";
import { isTable } from "./is-table.ts";
import { type OwnLabel, ownLabel, saidLabel } from "./own-label.ts";
import { isRecords, type RecordRow } from "./record-rows.ts";
import { tableFromRecords } from "./records.ts";
import { sameValues } from "./same-values.ts";
import { tableFromTableRows } from "./table-rows.ts";

/** What can be shown as rows: an Apache Arrow table, or a list of plain objects. */
export type Rows = Table | readonly RecordRow[];

/** A list's table with what its user had said of it then. */
interface Known {
  readonly table: Table;
  readonly said: OwnLabel | undefined;
}

const tables = new WeakMap<readonly RecordRow[], Known>();

/**
 * Rows as a table. Rows of a table keep its columns with all that is said of them; any other list has the {@link ownLabel} of what
 * is made by hand. The same list gives the same table until something in it changes, so that views of it are linked. Throws a
 * UserError for anything else.
 */
export function tableOfRows(rows: Rows): Table {
  if (isTable(rows)) return rows;
  if (Array.isArray(rows) && rows.length === 0)
    throw new UserError("There is nothing to show: the list has no rows, and so no columns");
  if (!isRecords(rows)) {
    throw new UserError("These are no rows: neither a table nor a list of objects such as { name, value }", {
      hint: "%%recipe, %%sql and runRecipe give tables.",
    });
  }
  const ofTable = tableFromTableRows(rows);
  const made = ofTable ?? tableFromRecords(rows);
  const said = saidLabel(rows);
  const known = tables.get(rows);
  // What was shown before anything else was read holds nothing of it: the label that it had then is kept.
  if (known && known.said === said && sameValues(known.table, made)) return known.table;
  const table = ofTable ?? labelled(made, ownLabel(rows));
  tables.set(rows, { table, said });
  return table;
}

/** In the names of a list that holds values of others, too, values can stand. */
function labelled(table: Table, own: OwnLabel): Table {
  return withNamesOfData(
    withColumnMetadata(table, () => own),
    () => own.access !== "public",
  );
}
