import { Field, type Table } from "apache-arrow";
import { columnMetadata, withFields } from "./columns.ts";
import { isWritten } from "./written.ts";

/** Metadata of a column whose name may have been made from values, as PIVOT does. */
const MARK = "tombolo.named";

/** The table with a mark at the columns whose names may have been made from values. */
export function withNamesOfData(table: Table, isMeant: (field: Field) => boolean): Table {
  if (!table.schema.fields.some(isMeant)) return table;
  return withFields(table, (field) =>
    isMeant(field)
      ? new Field(field.name, field.type, field.nullable, new Map([...field.metadata, [MARK, "data"]]))
      : field,
  );
}

/** Whether a column's name may be a value of data that is not public; a name that stands in a cell is no secret. */
export function isNamedByData(field: Field): boolean {
  return field.metadata.has(MARK) && columnMetadata(field).access !== "public" && !isWritten(field.name);
}
