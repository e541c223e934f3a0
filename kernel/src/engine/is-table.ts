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
