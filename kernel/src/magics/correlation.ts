import { strictest } from "@tombolo/bundle/access";
import type { Table } from "apache-arrow";
import { columnMetadata, withColumnMetadata } from "../engine/columns.ts";
import { tableFromRecords } from "../engine/records.ts";
import { findNumbers, isNumeric, numbersOf } from "../engine/result-columns.ts";
import { checkFields, correlate, describeRows } from "../export/correlation.ts";
import { defineMagic } from "./magic.ts";
import { namedTable } from "./named-table.ts";

/** `%correlation`: how the columns of a table go together. */
export const correlationMagic = defineMagic({
  name: "correlation",
  kinds: ["line"],
  summary: "Pearson's correlation of each pair of columns with numbers, over the rows in which all have one.",
  arguments: [
    { name: "table", doc: "the variable with the table", required: true, completes: "table" },
    {
      name: "column",
      doc: "columns to compare; all with numbers unless some are named",
      required: false,
      rest: true,
      completes: "column",
    },
  ],
  options: {},
  examples: ["%correlation tubes"],
  async run(session, { words: [name = "", ...columns] }): Promise<Table> {
    const table = await namedTable(session, name);
    const chosen =
      columns.length > 0
        ? columns.flatMap((column) => findNumbers(table, column) ?? [])
        : table.schema.fields.filter(isNumeric);
    const labels = chosen.map((field) => field.name);
    checkFields(labels);
    const numbers = labels.map((label) => numbersOf(table, label));
    const { rows, ...left } = completeRows(numbers, labels, table.numRows);
    for (const sentence of describeRows({ rows, ...left }, labels)) session.work().onWarning?.(sentence);
    const access = strictest(chosen.map((field) => columnMetadata(field).access));
    const pairs = correlate(labels, rows).map((pair) => ({ ...pair }));
    return withColumnMetadata(tableFromRecords(pairs), () => ({ access }));
  },
});

function completeRows(numbers: readonly Float64Array[], labels: readonly string[], length: number) {
  const rows: number[][] = [];
  const without: Record<string, number> = {};
  for (let row = 0; row < length; row++) {
    const values = numbers.map((column) => column[row] ?? Number.NaN);
    if (values.every(Number.isFinite)) rows.push(values);
    else
      labels.forEach((label, index) => {
        if (!Number.isFinite(values[index])) without[label] = 1 + (without[label] ?? 0);
      });
  }
  return { rows, dropped: length - rows.length, without };
}
