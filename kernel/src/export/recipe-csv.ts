import { roundHalfUp } from "../recipe/document.ts";
import type { PlannedColumn } from "../recipe/plan-types.ts";
import type { RecipeResult } from "../recipe/result.ts";
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
    return (row: number) => textOf(column, vector?.get(row));
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

function textOf({ shape }: PlannedColumn, value: unknown): string {
  if (typeof value !== "number") return plainText(value);
  return shape.form === "value" && shape.text === "two-decimals"
    ? roundHalfUp(value, 2).toFixed(2)
    : doubleText(value);
}

function csvLine(cells: readonly string[]): string {
  return cells.map((cell, index) => csvCell(cell, index === 0)).join(",") + LINE_END;
}

/** Quotes where a reader would be misled; a first cell that begins with a sign could be taken for a comment. */
function csvCell(text: string, first: boolean): string {
  const quoted = /[",\r\n]|^[\s\p{Cc}]|[\s\p{Cc}]$/u.test(text) || (first && !/^[\p{L}\p{N}]/u.test(text));
  return quoted ? `"${text.replaceAll('"', '""')}"` : text;
}
