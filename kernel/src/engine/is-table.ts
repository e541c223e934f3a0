import { type Access, isAccess, strictest } from "@tombolo/bundle/access";
import type { Table } from "apache-arrow";

/** Whether a value is an Apache Arrow table, told by its shape: a notebook may have loaded another copy of the library. */
export function isTable(value: unknown): value is Table {
  return (
    typeof value === "object" &&
    value !== null &&
    "schema" in value &&
    "batches" in value &&
    "numRows" in value &&
    Array.isArray(value.batches)
  );
}

/** The strictest label of some columns, told without loading Arrow, which takes long and which not every notebook needs. */
export function strictestOf(fields: readonly { readonly metadata: ReadonlyMap<string, string> }[]): Access {
  return strictest(
    fields.map(({ metadata }) => {
      const access = metadata.get("tombolo.access");
      return isAccess(access) ? access : "internal";
    }),
  );
}
