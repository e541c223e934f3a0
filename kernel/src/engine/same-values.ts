import type { Data, Table } from "apache-arrow";

/** Whether two tables, each made in one piece, hold the same columns with the same values in the same order. */
export function sameValues(one: Table, other: Table): boolean {
  if (String(one.schema) !== String(other.schema)) return false;
  const [first, second] = [one.batches[0]?.data, other.batches[0]?.data];
  if (!first || !second) return one.numRows === 0 && other.numRows === 0;
  return first.children.every((column, index) => sameBuffers(column, second.children[index]));
}

function sameBuffers(one: Data, other: Data | undefined): boolean {
  // Texts of a dictionary stand beside its column.
  if (!other || one.dictionary || one.children.length > 0 || one.length !== other.length) return false;
  return (["values", "valueOffsets", "nullBitmap", "typeIds"] as const).every((name) =>
    sameBytes(one[name], other[name]),
  );
}

function sameBytes(one: unknown, other: unknown): boolean {
  if (!ArrayBuffer.isView(one) || !ArrayBuffer.isView(other)) return one === other;
  return Buffer.from(one.buffer, one.byteOffset, one.byteLength).equals(
    Buffer.from(other.buffer, other.byteOffset, other.byteLength),
  );
}
