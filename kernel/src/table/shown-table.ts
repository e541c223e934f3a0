import type { Access, TableSpec } from "@tombolo/bundle";
import type { Field, Table } from "apache-arrow";
import { columnMetadata } from "../engine/columns.ts";
import { titleWithDummy } from "../engine/dummy.ts";
import { accessOf, findColumn, sourceOf } from "../engine/result-columns.ts";
import { contentOf, linkOf } from "../selection/link.ts";
import { shownColumn } from "./cells.ts";
import { TableReader } from "./reader.ts";
import { tableReaders } from "./readers.ts";

/** How a table is shown. */
export interface TableOptions {
  /** Number of rows that are saved with the notebook; 20 unless told otherwise. All can be looked at. */
  readonly rows?: number | undefined;
  readonly columns?: readonly string[] | undefined;
  readonly title?: string | undefined;
}

/** What a table shows, kept so that the front end can read all of its rows. */
export function shownTable(
  data: Table,
  { rows = 20, columns: names, title: wanted = "" }: TableOptions = {},
): { spec: TableSpec; access: Access } {
  const fields = names ? names.map((name) => findColumn(data, name)) : withoutMarks(data.schema.fields);
  const access = accessOf(data);
  const columns = fields.map((field) => shownColumn(data, field));
  const count = Math.min(data.numRows, rows);
  const source = sourceOf(data, fields);
  const title = titleWithDummy(wanted, source);
  const spec: Omit<TableSpec, "plan"> = {
    version: 1,
    access,
    link: linkOf(data),
    title,
    source,
    rowCount: data.numRows,
    columns: columns.map(({ name, title: heading, unit, format, type }) => ({
      ...{ name, title: heading, unit, format, type },
      missing: data.getChild(name)?.nullCount ?? 0,
    })),
    rows: Array.from({ length: count }, (_, row) => columns.map((column) => column.textAt(row))),
  };
  const reader = new TableReader(data, columns, spec);
  // The same rows under another title are another table: neither takes the other's title.
  const madeFrom = [contentOf(data), fields.map(({ name }) => name), ...(title === "" ? [] : [title])];
  const plan = tableReaders.keep(reader, access, madeFrom);
  return { spec: { ...spec, plan }, access };
}

/** The columns without those that say why others have no value: the cells of those say it. */
function withoutMarks(fields: readonly Field[]): Field[] {
  const marks = new Set(fields.map((field) => columnMetadata(field).marks));
  return fields.filter(({ name }) => !marks.has(name));
}
