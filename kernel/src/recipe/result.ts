import { strictest } from "@tombolo/bundle/access";
import { Field, Float64, type Table, Utf8, type Vector, vectorFromArray } from "apache-arrow";
import { tableFromVectors } from "../engine/arrow.ts";
import { withColumnMetadata } from "../engine/columns.ts";
import type { ResultColumns } from "./compile/types.ts";
import { type DocumentValues, shapeValue, writeJson } from "./document.ts";
import {
  countLeftOut,
  countMissing,
  describeMissing,
  type LeftOutMembers,
  type MissingValues,
  reasonAt,
} from "./missing.ts";
import type { NodeId, Plan, PlannedColumn } from "./plan-types.ts";

/** What a recipe has computed. */
export interface RecipeResult {
  /** `label`, `name`, one column for each field, and `geometry` (WKB, longitude and latitude). */
  readonly table: Table;
  readonly plan: Plan;
  /** The engine's rows, from which documents are written. */
  readonly rows: Table;
  readonly columns: ReadonlyMap<NodeId, ResultColumns>;
  readonly missing: readonly MissingValues[];
  readonly leftOut: readonly LeftOutMembers[];
}

/** Makes the result of the engine's rows. */
export function makeResult(plan: Plan, rows: Table, columns: RecipeResult["columns"]): RecipeResult {
  const values = documentValues(rows, columns);
  const missing = plan.columns.map((column) => countMissing(column, plan, rows, columns, values));
  const told = new Map(missing.map((each) => [each.label, describeMissing(each)]));
  const shown = plan.columns.filter(
    ({ label }, index) => plan.columns.findLastIndex((other) => other.label === label) === index,
  );
  const vectors = shown.map((column) => vectorOf(column, rows, columns, values));
  const byLabel = new Map(shown.map((column) => [column.label, column]));
  const own = ["label", "name", "geometry"].map((name) =>
    rows.schema.fields.findIndex((field) => field.name === name),
  );
  const [label, name, geometry] = own.map((index) => ({
    field: rows.schema.fields[index],
    vector: rows.getChildAt(index),
  }));
  const all = [label, name, ...vectors, geometry].flatMap((part) =>
    part?.field && part.vector ? [{ field: part.field, vector: part.vector }] : [],
  );
  const table = tableFromVectors(
    all.map(({ field }) => field),
    all.map(({ vector }) => vector),
    rows.numRows,
  );
  const leftOut = plan.columns.flatMap((column) => countLeftOut(column, plan, rows, columns) ?? []);
  return { table: describeColumns(table, plan, byLabel, told), plan, rows, columns, missing, leftOut };
}

/** Reads nodes of a result by row. */
export function documentValues(rows: Table, columns: RecipeResult["columns"]): DocumentValues {
  const read = (part: "value" | "reason" | "time" | "series") => {
    const vectors = new Map(
      [...columns].map(([id, names]) => [id, names[part] === undefined ? null : rows.getChild(names[part])]),
    );
    return (node: NodeId, row: number): unknown => vectors.get(node)?.get(row) ?? null;
  };
  const value = read("value");
  const reason = read("reason");
  return {
    value,
    reason: (node, row) => {
      const only = columns.get(node)?.onlyReason;
      if (only === undefined) return reason(node, row);
      return value(node, row) === null ? only : null;
    },
    time: read("time"),
    series: read("series"),
  };
}

function vectorOf(
  { label, node, shape }: PlannedColumn,
  rows: Table,
  columns: RecipeResult["columns"],
  values: DocumentValues,
): { field: Field; vector: Vector } {
  const names = node === undefined ? undefined : columns.get(node);
  const plain = names && rows.getChild(names.value);
  const field = (vector: Vector) => new Field(label, vector.type, true);
  if (plain && !(shape.form === "value" && shape.text === "either" && !(plain.type instanceof Float64)))
    return { field: field(plain), vector: plain };
  const texts = Array.from({ length: rows.numRows }, (_, row) => {
    if (node !== undefined) return values.value(node, row);
    const value = shapeValue(shape, row, values, true);
    return value === undefined ? null : writeJson(value);
  });
  const vector = node === undefined ? undefined : numbersOf(texts);
  const made =
    vector ??
    vectorFromArray(
      texts.map((text) => (text === null ? null : String(text))),
      new Utf8(),
    );
  return { field: field(made), vector: made };
}

/** Texts as numbers, when every one of them is one. */
function numbersOf(texts: readonly unknown[]): Vector | undefined {
  const numbers = texts.map((text) =>
    text === null ? null : typeof text === "string" && text.trim() === "" ? Number.NaN : Number(text),
  );
  const given = numbers.filter((number) => number !== null);
  return given.length > 0 && given.every(Number.isFinite)
    ? vectorFromArray(numbers, new Float64())
    : undefined;
}

/** Why each value of a column is missing, by row; null where it is not. */
export function reasonsOf({ plan, rows, columns }: RecipeResult, label: string): (string | null)[] {
  const column = plan.columns.findLast((each) => each.label === label);
  if (!column) throw new RangeError(`the result has no column ${label}`);
  const values = documentValues(rows, columns);
  return Array.from({ length: rows.numRows }, (_, row) => reasonAt(column, plan, values, row));
}

function describeColumns(
  table: Table,
  plan: Plan,
  byLabel: ReadonlyMap<string, PlannedColumn>,
  missing: ReadonlyMap<string, string | undefined>,
): Table {
  const subjectSource = distinct(plan.sources);
  return withColumnMetadata(table, ({ name }) => {
    const column = byLabel.get(name);
    if (!column) return { access: plan.access, source: subjectSource };
    const told = missing.get(name);
    return {
      access: strictest([column.access, plan.access]),
      source: distinct(column.sources),
      title: titleOf(name, column.unit),
      ...(column.unit !== undefined && { unit: column.unit }),
      ...(column.kind !== undefined && { kind: column.kind }),
      ...(told !== undefined && { missing: told }),
    };
  });
}

const distinct = (texts: readonly string[]): string =>
  [...new Set(texts.filter((text) => text !== ""))].join(" ");

/** The label in words, without the unit at its end: that is shown beside it. Of `km/km²` the words keep what it is per. */
function titleOf(label: string, unit = ""): string {
  const [amount = "", per] = unit.split("/");
  const plain = (text: string) => text.replaceAll("²", "2");
  const rest = per === undefined ? "" : `_per_${plain(per)}`;
  const suffix = `_${plain(amount)}${rest}`;
  const hasUnit = unit !== "" && label.endsWith(suffix);
  const words = (hasUnit ? label.slice(0, -suffix.length) : label).replace(/[_-]+/g, " ").trim();
  const title = words.charAt(0).toUpperCase() + words.slice(1);
  return hasUnit && per !== undefined ? `${title} per ${per}` : title;
}
