import { roundHalfUp, singleShape, textFormAt } from "../recipe/document.ts";
import type { PlannedColumn, TextForm } from "../recipe/plan-types.ts";
import { documentValues, type RecipeResult } from "../recipe/result.ts";
import { doubleText } from "./number-text.ts";
import { readShape, writeWkt } from "./shapes.ts";

const LINE_END = "\r\n";

/** The lines of a result as CSV: label, name, shape as WKT, and one text for each column. */
export function* csvLines({ rows, plan, columns }: RecipeResult): Generator<string> {
  yield csvLine(["label", "name", "geometry", ...plan.columns.map(({ label }) => label)]);
  const [labels, names, shapes] = ["label", "name", "geometry"].map((name) => rows.getChild(name));
  const readers = plan.columns.map((column) => {
    const own = column.node === undefined ? undefined : columns.get(column.node);
    const vector = own ? rows.getChild(own.value) : null;
    const form = formReader(column, rows, columns);
    return (row: number) => textOf(vector?.get(row), form(row));
  });
  for (let row = 0; row < rows.numRows; row++) {
    yield csvLine([
      plainText(labels?.get(row)),
      plainText(names?.get(row)),
      shapeText(shapes?.get(row)),
      ...readers.map((read) => read(row)),
    ]);
  }
}

const plainText = (value: unknown): string => (value === null || value === undefined ? "" : String(value));

function shapeText(bytes: unknown): string {
  const shape = bytes instanceof Uint8Array ? readShape(bytes) : undefined;
  return shape ? writeWkt(shape) : "";
}

/** Reads how the value of a row becomes text. */
function formReader(
  { shape }: PlannedColumn,
  rows: RecipeResult["rows"],
  columns: RecipeResult["columns"],
): (row: number) => TextForm {
  const single = singleShape(shape);
  if (single?.form !== "value") return () => "number";
  const { value } = documentValues(rows, columns);
  return (row) => textFormAt(single, row, { value });
}

function textOf(value: unknown, form: TextForm): string {
  if (value === null || value === undefined) return "";
  if (form === "0") return form;
  if (typeof value !== "number" && form !== "number" && form !== "two-decimals") return plainText(value);
  const number = Number(value);
  return form === "two-decimals" ? roundHalfUp(number, 2).toFixed(2) : doubleText(number);
}

function csvLine(cells: readonly string[]): string {
  return cells.map((cell, index) => csvCell(cell, index === 0)).join(",") + LINE_END;
}

/** Quotes where a reader would be misled; a first cell that begins with a sign could be taken for a comment. */
function csvCell(text: string, first: boolean): string {
  const quoted = /[",\r\n]|^[\s\p{Cc}]|[\s\p{Cc}]$/u.test(text) || (first && !/^[\p{L}\p{N}]/u.test(text));
  return quoted ? `"${text.replaceAll('"', '""')}"` : text;
}
