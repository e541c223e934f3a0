import {
  BLOBS_SYMBOL,
  DISPLAY_SYMBOL,
  type Displayable,
  type MimeBundle,
  TABLE_MIME,
} from "@tombolo/bundle/mime";
import type { TableSpec } from "@tombolo/bundle/specs";
import type { Table } from "apache-arrow";
import { type Rows, tableOfRows } from "../engine/own-rows.ts";
import { markdownTable, plainText } from "../markdown.ts";
import { Blobs, placeholder } from "../picture/blobs.ts";
import { shownTable, type TableOptions } from "./shown-table.ts";

export type { TableOptions } from "./shown-table.ts";

/** A table that shows itself in a notebook. */
export interface TableView extends Displayable {
  readonly spec: TableSpec;
  /** The table that is shown. */
  readonly data: Table;
}

/**
 * A table that can be ordered, filtered and looked through to its last row, with its columns' units, types and missing
 * values. The first rows are saved with the notebook as text and Markdown.
 */
export function table(rows: Rows, options: TableOptions = {}): TableView {
  const data = tableOfRows(rows);
  const { spec, access } = shownTable(data, options);
  const blobs = new Blobs(access);
  const show = (): MimeBundle => {
    if (access !== "public")
      return placeholder(TABLE_MIME, { access, title: spec.title, table: data }, spec, blobs);
    return { data: { [TABLE_MIME]: spec, "text/markdown": toMarkdown(spec), "text/plain": toText(spec) } };
  };
  return { spec, data, [DISPLAY_SYMBOL]: show, [BLOBS_SYMBOL]: blobs };
}

const heading = ({ name, unit }: TableSpec["columns"][number]): string =>
  unit === "" ? name : `${name} (${unit})`;

/** What the table shows and what it leaves out. */
function summary({ rowCount, rows, columns }: TableSpec): string {
  const missing = columns
    .filter((column) => column.missing > 0)
    .map((column) => `${column.missing} missing in ${column.name}`);
  const shown =
    rows.length < rowCount
      ? `${rows.length} of ${rowCount} rows`
      : `${rowCount} ${rowCount === 1 ? "row" : "rows"}`;
  return [shown, ...missing].join(", ");
}

/** For readers of the saved notebook without our extension. */
function toMarkdown(spec: TableSpec): string {
  const { title, columns, rows } = spec;
  const cells = rows.map((row) => row.map((cell) => cell ?? "–"));
  const table = markdownTable(columns.map(heading), cells, (column) => columns[column]?.type === "number");
  const above = title === "" ? [] : [`**${plainText(title)}**`];
  return [...above, table, plainText(summary(spec))].join("\n\n");
}

function toText(spec: TableSpec): string {
  const cells = [spec.columns.map(heading), ...spec.rows.map((row) => row.map((cell) => cell ?? "–"))];
  const widths = spec.columns.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return spec.columns[column]?.type === "number" ? cell.padStart(width) : cell.padEnd(width);
      })
      .join("  ")
      .trimEnd(),
  );
  const rule = widths.map((width) => "-".repeat(width)).join("  ");
  const [head = "", ...body] = lines;
  return [...(spec.title ? [spec.title] : []), head, rule, ...body, summary(spec)].join("\n");
}
