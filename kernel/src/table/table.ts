import {
  BLOBS_SYMBOL,
  DISPLAY_SYMBOL,
  type Displayable,
  escapeHtml,
  formatNumber,
  type MimeBundle,
  TABLE_MIME,
  type TableSpec,
} from "@tombolo/bundle";
import { DataType, type Field, type Table, type Vector } from "apache-arrow";
import { isGeometry } from "../engine/arrow.ts";
import { type Rows, tableOfRows } from "../engine/own-rows.ts";
import { accessOf, describeColumn, findColumn, isNumeric, sourceOf } from "../engine/result-columns.ts";
import { readWkb } from "../engine/wkb.ts";
import { Blobs, placeholder } from "../picture/blobs.ts";
import { linkOf } from "../selection/link.ts";

/** How a table is shown. */
export interface TableOptions {
  /** Number of rows; 20 unless told otherwise. */
  readonly rows?: number | undefined;
  readonly columns?: readonly string[] | undefined;
  readonly title?: string | undefined;
}

/** A table that shows itself in a notebook. */
export interface TableView extends Displayable {
  readonly spec: TableSpec;
  /** The table that is shown. */
  readonly data: Table;
}

const LONGEST_TEXT = 80;

/** The first rows of a table with its columns' units, types and missing values. */
export function table(rows: Rows, options: TableOptions = {}): TableView {
  const data = tableOfRows(rows);
  const fields = options.columns
    ? options.columns.map((name) => findColumn(data, name))
    : [...data.schema.fields];
  const access = accessOf(data);
  const count = Math.min(data.numRows, options.rows ?? 20);
  const columns = fields.map((field) => ({
    ...describeColumn(data, field),
    type: typeName(field),
    missing: data.getChild(field.name)?.nullCount ?? 0,
  }));
  const texts = fields.map((field, index) =>
    cellTexts(field, data.getChild(field.name), columns[index]?.format ?? "", count),
  );
  const spec: TableSpec = {
    version: 1,
    access,
    link: linkOf(data),
    title: options.title ?? "",
    source: sourceOf(data, fields),
    rowCount: data.numRows,
    columns,
    rows: Array.from({ length: count }, (_, row) => texts.map((column) => column[row] ?? null)),
  };
  const blobs = new Blobs(access);
  const show = (): MimeBundle => {
    if (access !== "public") return placeholder(TABLE_MIME, "Table", access, spec, blobs);
    return { data: { [TABLE_MIME]: spec, "text/html": toHtml(spec), "text/plain": toText(spec) } };
  };
  return { spec, data, [DISPLAY_SYMBOL]: show, [BLOBS_SYMBOL]: blobs };
}

function typeName(field: Field): string {
  if (isGeometry(field)) return "shape";
  if (isNumeric(field)) return "number";
  if (DataType.isDate(field.type) || DataType.isTimestamp(field.type)) return "time";
  return DataType.isBool(field.type) ? "yes or no" : DataType.isBinary(field.type) ? "bytes" : "text";
}

function cellTexts(field: Field, values: Vector | null, format: string, count: number): (string | null)[] {
  return Array.from({ length: count }, (_, row) => {
    const value: unknown = values?.get(row);
    if (value === null || value === undefined) return null;
    return cellText(field, value, format);
  });
}

function cellText(field: Field, value: unknown, format: string): string {
  if (typeof value === "number" && isNumeric(field)) return formatNumber(value, format);
  if (typeof value === "number") return new Date(value).toISOString().replace(/T00:00:00\.000Z$|\.000Z$/, "");
  if (value instanceof Uint8Array) return isGeometry(field) ? shapeText(value) : `${value.length} bytes`;
  const text = value instanceof Date ? value.toISOString() : String(value);
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1)}…` : text;
}

function shapeText(bytes: Uint8Array): string {
  const { kind, rings, coordinates } = readWkb(bytes);
  const names = { polygon: "polygon", line: "line", point: "point" } as const;
  const parts = rings.length > 1 ? `${rings.length} ${names[kind]}s` : names[kind];
  return kind === "point" && rings.length === 1 ? parts : `${parts}, ${coordinates.length / 2} points`;
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

/** For places that have no extension of ours, such as GitHub. Every text of the data is escaped. */
function toHtml(spec: TableSpec): string {
  const head = spec.columns.map((column) => `<th scope="col">${escapeHtml(heading(column))}</th>`).join("");
  const body = spec.rows.map(
    (row) => `<tr>${row.map((cell) => `<td>${escapeHtml(cell ?? "–")}</td>`).join("")}</tr>`,
  );
  const caption = [spec.title, summary(spec)].filter((text) => text !== "").join(": ");
  return `<table><caption>${escapeHtml(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table>`;
}
