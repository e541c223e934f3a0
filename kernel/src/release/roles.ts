import { DataType, type Field, type Table } from "apache-arrow";
import { isGeometry } from "../engine/arrow.ts";
import { columnMetadata } from "../engine/columns.ts";
import { isNumeric, numbersOf } from "../engine/result-columns.ts";

/** What a column is under disclosure control. */
export type ColumnRole =
  /** Names the row: label, name. */
  | "name"
  /** Says how many there are; the rule for small counts holds. */
  | "count"
  /** A number made from things alone, such as trees: nobody stands behind it. */
  | "things"
  /** A rate, mean, index or other number that stands for a count. */
  | "figure"
  /** A sum of magnitudes, in which a few may dominate. */
  | "amount"
  /** A few words that come again and again. */
  | "category"
  /** Texts that are all different, or times. */
  | "free text"
  | "shape";

/** A column with its role. */
export interface RoleColumn {
  readonly field: Field;
  readonly role: ColumnRole;
}

const NAMES = new Set(["label", "name"]);

/** Whether a column names the rows. */
export const isName = ({ name }: Field): boolean => NAMES.has(name);

/**
 * The role of every column, from its statistic kind or, without one, from its values: whole numbers count something. Numbers in
 * columns named in `things` are made from things alone.
 */
export function rolesOf(table: Table, things: ReadonlySet<string>): RoleColumn[] {
  return table.schema.fields.map((field) => {
    const isThing = things.has(field.name) && isNumeric(field) && !isName(field);
    return { field, role: isThing ? "things" : roleOf(table, field) };
  });
}

function roleOf(table: Table, field: Field): ColumnRole {
  if (isGeometry(field)) return "shape";
  if (isName(field)) return "name";
  if (!isNumeric(field)) return isCategory(table, field) ? "category" : "free text";
  const { kind } = columnMetadata(field);
  if (kind === "count") return "count";
  if (kind === "amount") return "amount";
  if (kind !== undefined) return "figure";
  return numbersOf(table, field.name).every((value) => Number.isNaN(value) || isCount(value))
    ? "count"
    : "figure";
}

const isCount = (value: number): boolean => Number.isInteger(value) && value >= 0;

/** Booleans, and texts of which there are few beside the number of rows: each comes twice or more. */
function isCategory(table: Table, field: Field): boolean {
  if (DataType.isBool(field.type)) return true;
  if (!DataType.isUtf8(field.type) && !DataType.isDictionary(field.type)) return false;
  const distinct = new Set<unknown>(table.getChild(field.name) ?? []);
  distinct.delete(null);
  return distinct.size <= Math.max(2, Math.min(50, table.numRows / 2));
}
