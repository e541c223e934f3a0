import { formatNumber } from "@tombolo/bundle/format";
import type { ColumnSpec } from "@tombolo/bundle/specs";
import { DataType, type Field, type Table } from "apache-arrow";
import { isGeometry } from "../engine/arrow.ts";
import { columnMetadata } from "../engine/columns.ts";
import { describeColumn, isNumeric } from "../engine/result-columns.ts";
import { readWkb } from "../engine/wkb.ts";

const LONGEST_TEXT = 80;

/** What a column holds, in a word that people know. */
export type CellType = "shape" | "number" | "time" | "yes or no" | "bytes" | "text";

/** A column as a table shows it. */
export interface ShownColumn extends ColumnSpec {
  readonly type: CellType;
  readonly field: Field;
  /** The value of a row; null when it is missing. */
  valueAt(row: number): unknown;
  /** The text of a row's cell; null when the value is missing and nobody says why. */
  textAt(row: number): string | null;
  /** Why a value is missing, or what is to be said of it, if its publisher says so: `[c]`, `[u]`. */
  reasonAt(row: number): string | undefined;
}

/** A table's column as it is shown. */
export function shownColumn(table: Table, field: Field): ShownColumn {
  const spec = describeColumn(table, field);
  const values = table.getChild(field.name);
  const { marks } = columnMetadata(field);
  const reasons = marks === undefined ? null : table.getChild(marks);
  const valueAt = (row: number): unknown => values?.get(row) ?? null;
  const reasonAt = (row: number): string | undefined => {
    const reason: unknown = reasons?.get(row);
    return reason === null || reason === undefined || reason === "" ? undefined : String(reason);
  };
  return {
    ...spec,
    type: typeOf(field),
    field,
    valueAt,
    reasonAt,
    textAt(row) {
      const value = valueAt(row);
      const reason = reasonAt(row);
      if (value === null) return reason ?? null;
      const text = cellText(field, value, spec.format);
      return reason === undefined ? text : `${text} ${reason}`;
    },
  };
}

function typeOf(field: Field): CellType {
  if (isGeometry(field)) return "shape";
  if (isNumeric(field)) return "number";
  if (DataType.isDate(field.type) || DataType.isTimestamp(field.type)) return "time";
  return DataType.isBool(field.type) ? "yes or no" : DataType.isBinary(field.type) ? "bytes" : "text";
}

function cellText(field: Field, value: unknown, format: string): string {
  if (typeof value === "number" && isNumeric(field)) return formatNumber(value, format);
  if (typeof value === "number") return timeText(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (value instanceof Uint8Array) return isGeometry(field) ? shapeText(value) : `${value.length} bytes`;
  const text = value instanceof Date ? value.toISOString() : String(value);
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1)}…` : text;
}

/** A time in milliseconds since 1970, without a zone, as short as it can be said. */
export function timeText(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? "–" : date.toISOString().replace(/T00:00:00\.000Z$|\.000Z$/, "");
}

function shapeText(bytes: Uint8Array): string {
  const { kind, rings, coordinates } = readWkb(bytes);
  const names = { polygon: "polygon", line: "line", point: "point" } as const;
  const parts = rings.length > 1 ? `${rings.length} ${names[kind]}s` : names[kind];
  return kind === "point" && rings.length === 1 ? parts : `${parts}, ${coordinates.length / 2} points`;
}
