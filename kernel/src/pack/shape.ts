import type { Table } from "apache-arrow";
import { UserError } from "../errors.ts";
import { isRecord } from "../recipe/recipe.ts";

/** What a result on dummy data looks like: its columns with their types, and how many rows. Says nothing of values. */
export interface ResultShape {
  readonly rows: number;
  /** Column → type, as Arrow writes it. */
  readonly columns: Readonly<Record<string, string>>;
}

/** The shapes of results by their names; what a pack's `tests/shape.json` says. */
export type Shapes = Readonly<Record<string, ResultShape>>;

/** The shapes of results. */
export function shapesOf(results: ReadonlyMap<string, Table>): Shapes {
  return Object.fromEntries(
    [...results].map(([name, { numRows, schema }]) => [
      name,
      {
        rows: numRows,
        columns: Object.fromEntries(schema.fields.map((field) => [field.name, String(field.type)])),
      },
    ]),
  );
}

/** Throws a UserError when the results of a pack on its dummy data have not the shape that its tests expect. */
export function checkShapes(expected: unknown, results: ReadonlyMap<string, Table>): void {
  if (!isRecord(expected)) return;
  for (const [name, found] of Object.entries(shapesOf(results))) {
    const wanted = expected[name];
    if (!isRecord(wanted) || JSON.stringify(wanted) === JSON.stringify(found)) continue;
    const columns = isRecord(wanted.columns) ? wanted.columns : {};
    const changed = [...new Set([...Object.keys(columns), ...Object.keys(found.columns)])].find(
      (column) => columns[column] !== found.columns[column],
    );
    const what =
      changed === undefined
        ? `has ${found.rows} rows on dummy data, and ${String(wanted.rows)} are expected`
        : `has another column "${changed}" on dummy data than its test expects`;
    throw new UserError(`The result ${name} of the pack ${what}`, {
      where: "tests/shape.json",
      hint: "The pack was made with another version of Tombolo, or was changed.",
    });
  }
}
