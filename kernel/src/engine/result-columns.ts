import { type Access, strictest } from "@tombolo/bundle/access";
import { chooseFormat } from "@tombolo/bundle/format";
import type { ColumnSpec } from "@tombolo/bundle/specs";
import { DataType, type Field, type Table, type Vector } from "apache-arrow";
import { UserError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import { isGeometry } from "./arrow.ts";
import { isNamedByData } from "./column-names.ts";
import { columnMetadata } from "./columns.ts";

/** Whether a column holds numbers. */
export function isNumeric({ type }: Field): boolean {
  return DataType.isFloat(type) || DataType.isInt(type) || DataType.isDecimal(type);
}

/** The column of that name, or a UserError with the nearest names. */
export function findColumn(table: Table, name: string): Field {
  const found = table.schema.fields.find((field) => field.name === name);
  if (found) return found;
  const tellable = table.schema.fields.filter((field) => !isGeometry(field) && !isNamedByData(field));
  const names = tellable.map((field) => field.name);
  throw new UserError(`The table has no column "${name}"`, { where: name, hint: didYouMean(name, names) });
}

/** The column of that name with numbers, or the last one with numbers when no name is given. */
export function findNumbers(table: Table, name: string | undefined): Field | undefined {
  if (name === undefined) return table.schema.fields.findLast(isNumeric);
  const field = findColumn(table, name);
  if (isNumeric(field)) return field;
  const numeric = table.schema.fields.filter((each) => isNumeric(each) && !isNamedByData(each));
  const names = numeric.map((each) => each.name);
  const hint =
    names.length > 0 ? `Columns with numbers: ${names.join(", ")}.` : "The table has no column with numbers.";
  throw new UserError(`The column "${name}" has no numbers`, { where: name, hint });
}

/** The values of a column as numbers; NaN where there is none. */
export function numbersOf(table: Table, name: string): Float64Array {
  const values = table.getChild(name);
  const doubles = values && doublesOf(values);
  if (doubles) return doubles;
  const numbers = new Float64Array(table.numRows).fill(Number.NaN);
  for (let row = 0; row < numbers.length; row++) {
    const value: unknown = values?.get(row);
    if (typeof value === "number" || typeof value === "bigint") numbers[row] = Number(value);
  }
  return numbers;
}

/** Doubles that lie in one piece, copied as they lie; undefined for other columns. */
function doublesOf({ data: [piece, ...others], type }: Vector): Float64Array | undefined {
  const values: unknown = piece?.values;
  if (!piece || others.length > 0 || !DataType.isFloat(type) || !(values instanceof Float64Array))
    return undefined;
  const numbers = values.slice(0, piece.length);
  for (let row = 0; piece.nullCount > 0 && row < numbers.length; row++)
    if (!piece.getValid(row)) numbers[row] = Number.NaN;
  return numbers;
}

/** The values of a column as texts; null where there is none. */
export function textsOf(table: Table, name: string): (string | null)[] {
  const values = table.getChild(name);
  return Array.from({ length: table.numRows }, (_, row) => {
    const value: unknown = values?.get(row);
    return value === null || value === undefined ? null : String(value);
  });
}

/** A column as people read it. */
export function describeColumn(table: Table, field: Field): ColumnSpec {
  const { title = field.name, unit = "" } = columnMetadata(field);
  return {
    name: field.name,
    title,
    unit,
    format: isNumeric(field) ? chooseFormat(numbersOf(table, field.name), field.name) : "",
  };
}

/** Strictest access label of a table's columns: what is not public in one of them is not saved at all. */
export function accessOf(table: Table): Access {
  return strictest(table.schema.fields.map((field) => columnMetadata(field).access));
}

/** The publishers' lines of the columns that are shown, each once. */
export function sourceOf(table: Table, shown: readonly Field[] = table.schema.fields): string {
  const sentences = shown.flatMap((field) => (columnMetadata(field).source ?? "").split(/(?<=\.)\s+/));
  return [...new Set(sentences.filter((sentence) => sentence !== ""))].join(" ");
}
