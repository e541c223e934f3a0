import type { TimeSpec } from "@tombolo/bundle";
import { DataType, type Table } from "apache-arrow";
import { findColumn, textsOf } from "../engine/result-columns.ts";

/** Which rows of a table are the features of a layer: each, or one for all rows of a label, at several times. */
export interface FeatureRows {
  readonly count: number;
  /** A row of each feature. */
  readonly rows: Uint32Array;
  /** For a dated layer the row of each feature at each time, -1 for none. */
  readonly dated?: { readonly time: TimeSpec; readonly rows: Int32Array };
}

/** The features of a table. */
export function featureRows(table: Table, time: string | undefined): FeatureRows {
  if (time === undefined)
    return { count: table.numRows, rows: new Uint32Array(table.numRows).map((_, row) => row) };
  const times = timeTexts(table, time);
  const names = new Set(table.schema.fields.map((field) => field.name));
  const key = ["label", "name"].find((name) => names.has(name));
  const labels = key === undefined ? times.map((_, row) => String(row)) : textsOf(table, key);
  const steps = [...new Set(times.filter((text) => text !== null))].sort();
  const stepOf = new Map(steps.map((step, index) => [step, index]));
  const features = new Map<string, number>();
  const rows: number[] = [];
  labels.forEach((label, row) => {
    if (features.has(label ?? "")) return;
    features.set(label ?? "", rows.length);
    rows.push(row);
  });
  const dated = new Int32Array(steps.length * rows.length).fill(-1);
  times.forEach((text, row) => {
    const step = text === null ? undefined : stepOf.get(text);
    const feature = features.get(labels[row] ?? "");
    if (step !== undefined && feature !== undefined) dated[step * rows.length + feature] = row;
  });
  const spec: TimeSpec = { steps, shown: Math.max(0, steps.length - 1) };
  return { count: rows.length, rows: Uint32Array.from(rows), dated: { time: spec, rows: dated } };
}

/** The times of a column as texts that sort by time: dates, and times of day where there are some. */
function timeTexts(table: Table, name: string): (string | null)[] {
  const field = findColumn(table, name);
  if (!DataType.isTimestamp(field.type) && !DataType.isDate(field.type)) return textsOf(table, name);
  const values = table.getChild(name);
  const dates = Array.from({ length: table.numRows }, (_, row) => {
    const value: unknown = values?.get(row);
    if (value === null || value === undefined) return null;
    const date = value instanceof Date ? value : new Date(Number(value));
    return Number.isFinite(date.getTime()) ? date.toISOString().slice(0, 19).replace("T", " ") : null;
  });
  const isMidnight = dates.every((text) => text === null || text.endsWith(" 00:00:00"));
  return isMidnight ? dates.map((text) => text?.slice(0, 10) ?? null) : dates;
}
