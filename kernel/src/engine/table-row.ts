import { type Access, strictest } from "@tombolo/bundle/access";
import type { Data, Struct } from "apache-arrow";
import { strictestOf } from "./is-table.ts";

/** A row that Apache Arrow made of a table: it knows the rows that it is one of, and its number among them. */
export interface TableRow {
  readonly parent: Data<Struct>;
  readonly index: number;
}

/** Under which Apache Arrow keeps the two, in all copies of the library. */
const PARENT = Symbol.for("parent");
const ROW_INDEX = Symbol.for("rowIndex");

/** What a row of a table is a row of; undefined for all that is none. Told without loading Arrow: who has a row has it already. */
export function tableRow(value: unknown): TableRow | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  // A row is a proxy that denies having what is no column.
  const parent: unknown = Reflect.get(value, PARENT);
  const index: unknown = Reflect.get(value, ROW_INDEX);
  return typeof index === "number" && isRows(parent) ? { parent, index } : undefined;
}

/** The strictest label of the tables that rows of a list belong to; `public` where none belongs to any. */
export function accessOfRows(rows: readonly unknown[]): Access {
  const parents = new Set(rows.map((row) => tableRow(row)?.parent).filter((parent) => parent !== undefined));
  return strictest([...parents].map(({ type }) => strictestOf(type.children)));
}

function isRows(value: unknown): value is Data<Struct> {
  if (typeof value !== "object" || value === null || !("type" in value) || !("children" in value))
    return false;
  const { type } = value;
  return typeof type === "object" && type !== null && "children" in type && Array.isArray(type.children);
}
