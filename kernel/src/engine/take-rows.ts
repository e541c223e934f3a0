import { type Table, vectorFromArray } from "apache-arrow";
import { tableFromVectors } from "./arrow.ts";

/** Some rows of a table, in the given order, with the metadata of its columns. */
export function takeRows(table: Table, rows: readonly number[]): Table {
  const vectors = table.schema.fields.map((field, index) => {
    const column = table.getChildAt(index);
    return vectorFromArray(
      rows.map((row) => column?.get(row) ?? null),
      field.type,
    );
  });
  return tableFromVectors(table.schema.fields, vectors, rows.length);
}
