import type { Table } from "apache-arrow";

/** The rows of a small table as plain objects. */
export function rowsOf(table: Table): Record<string, unknown>[] {
  const names = table.schema.fields.map(({ name }) => name);
  const columns = names.map((name) => table.getChild(name));
  return Array.from({ length: table.numRows }, (_, row) =>
    Object.fromEntries(names.map((name, column) => [name, columns[column]?.get(row)])),
  );
}
