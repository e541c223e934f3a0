import type { ColumnSpec } from "@tombolo/bundle";
import { DataType, type Field, type Table } from "apache-arrow";
import { isGeometry } from "../engine/arrow.ts";
import { columnMetadata, type StatisticKind } from "../engine/columns.ts";
import { describeColumn, isNumeric, numbersOf, textsOf } from "../engine/result-columns.ts";

/** A column as a chart reads it: numbers, times in milliseconds since 1970 in UTC, or texts. */
export type ChartColumn = (NumberColumn | TextColumn) & {
  readonly spec: ColumnSpec;
  readonly statistic: StatisticKind | undefined;
};

interface NumberColumn {
  readonly kind: "number" | "time";
  /** NaN is a missing value. */
  readonly values: Float64Array;
}

interface TextColumn {
  readonly kind: "text";
  readonly values: readonly (string | null)[];
}

const LARGEST = 1e300;

/** A day, a month or a point in time as ISO 8601 writes it. */
const ISO_TIME = /^\d{4}-\d{2}(?:-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?)?$/;

function isTime({ type }: Field): boolean {
  return DataType.isDate(type) || DataType.isTimestamp(type);
}

/** Whether a column can be drawn at all. */
export function isDrawable(field: Field): boolean {
  return !isGeometry(field) && !DataType.isBinary(field.type);
}

/** Reads a column. Texts that are all dates are times. */
export function readColumn(table: Table, field: Field): ChartColumn {
  const spec = describeColumn(table, field);
  const { kind: statistic } = columnMetadata(field);
  if (isNumeric(field)) {
    // What is infinite has no place on an axis, nor what makes an axis longer than a number can be.
    const values = numbersOf(table, field.name).map((value) =>
      Math.abs(value) <= LARGEST ? value : Number.NaN,
    );
    return { kind: "number", values, spec, statistic };
  }
  if (isTime(field)) return { kind: "time", values: timesOf(table, field.name), spec, statistic };
  const texts = textsOf(table, field.name);
  const times = timesIn(texts);
  if (times) return { kind: "time", values: times, spec, statistic };
  const values = DataType.isBool(field.type) ? texts.map(yesOrNo) : texts;
  return { kind: "text", values, spec, statistic };
}

const yesOrNo = (text: string | null): string | null =>
  text === null ? null : text === "true" ? "yes" : "no";

function timesOf(table: Table, name: string): Float64Array {
  const values = table.getChild(name);
  return Float64Array.from({ length: table.numRows }, (_, row) => {
    const value: unknown = values?.get(row);
    return value === null || value === undefined ? Number.NaN : Number(value);
  });
}

/** Texts as times, zone-less ones in UTC; undefined as soon as one is none. */
function timesIn(texts: readonly (string | null)[]): Float64Array | undefined {
  const times = new Float64Array(texts.length).fill(Number.NaN);
  let isFound = false;
  for (const [row, text] of texts.entries()) {
    if (text === null) continue;
    if (!ISO_TIME.test(text)) return undefined;
    const hasHours = text.length > "2020-01-01".length;
    const time = Date.parse(hasHours && !text.endsWith("Z") ? `${text.replace(" ", "T")}Z` : text);
    if (Number.isNaN(time)) return undefined;
    times[row] = time;
    isFound = true;
  }
  return isFound ? times : undefined;
}

/** A column's value in a row; undefined when it is missing. */
export function valueAt(column: ChartColumn, row: number): string | number | undefined {
  const value = column.values[row];
  return value === null || (typeof value === "number" && Number.isNaN(value)) ? undefined : value;
}

/** A value as it names a bar or a series. */
export function nameOf(column: ChartColumn, value: string | number): string {
  if (column.kind === "time") return new Date(value).toISOString().replace(/(T00:00)?:00\.000Z$|\.000Z$/, "");
  return String(value);
}

/** A heading: the name in words with its unit. */
export function headingOf({ spec: { title, unit } }: ChartColumn): string {
  return unit === "" ? title : `${title} (${unit})`;
}
