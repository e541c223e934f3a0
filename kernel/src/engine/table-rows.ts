import { RecordBatch, Schema, Table } from "apache-arrow";
import { type TableRow, tableRow } from "./table-row.ts";
import { takeRows } from "./take-rows.ts";

/**
 * Rows that were taken out of a table, such as `[...tubes].filter(…)`, as a table with the same columns, labels, units and
 * shapes. Undefined where some are none, or are rows of unlike tables.
 */
export function tableFromTableRows(rows: readonly unknown[]): Table | undefined {
  const found = rows.map(tableRow);
  if (!found.every((row) => row !== undefined)) return undefined;
  const batches = [...new Set(found.map(({ parent }) => parent))];
  const [first] = batches;
  if (!first || batches.some((batch) => columnsOf(batch) !== columnsOf(first))) return undefined;
  const schema = new Schema(first.type.children);
  const whole = new Table(
    schema,
    batches.map((batch) => new RecordBatch(schema, batch)),
  );
  return takeRows(whole, rowNumbers(found, batches));
}

/** Columns that can be put below one another, with all that is said of them. */
function columnsOf({ type }: TableRow["parent"]): string {
  return JSON.stringify(type.children.map((field) => [field.name, String(field.type), [...field.metadata]]));
}

function rowNumbers(rows: readonly TableRow[], batches: readonly TableRow["parent"][]): number[] {
  const starts = new Map<TableRow["parent"], number>();
  let start = 0;
  for (const batch of batches) {
    starts.set(batch, start);
    start += batch.length;
  }
  return rows.map(({ parent, index }) => (starts.get(parent) ?? 0) + index);
}
