import { createHash, createHmac, type Hash, type Hmac, randomBytes } from "node:crypto";
import type { RowsSpec } from "@tombolo/bundle";
import type { Data, Table, Vector } from "apache-arrow";
import { isGeometry } from "../engine/arrow.ts";
import { accessOf } from "../engine/result-columns.ts";

/** With it a key tells nothing of values that may not be saved: a digest alone would let others test guesses. */
const SECRET = randomBytes(32);

const links = new WeakMap<Table, RowsSpec>();
const contents = new WeakMap<Table, string>();

/**
 * What a table's rows are known by. Tables with the same labels in the same order have the same rows, whatever else they
 * say of them; where there are no labels, those whose columns are equal, shapes left aside.
 */
export function linkOf(table: Table): RowsSpec {
  const known = links.get(table);
  if (known) return known;
  const label = table.getChild("label");
  const key = label ? digestOf(table, [label]) : contentOf(table);
  const link = { key, count: table.numRows };
  links.set(table, link);
  return link;
}

/** What tells a table from another one: the digest of its columns, shapes left aside. */
export function contentOf(table: Table): string {
  const known = contents.get(table);
  if (known !== undefined) return known;
  const { fields } = table.schema;
  const columns = fields.flatMap((field, index) =>
    isGeometry(field) ? [] : (table.getChildAt(index) ?? []),
  );
  const content = digestOf(table, columns, fields.map(({ name }) => JSON.stringify(name)).join());
  contents.set(table, content);
  return content;
}

function digestOf(table: Table, columns: readonly Vector[], names = ""): string {
  const digest = accessOf(table) === "public" ? createHash("sha256") : createHmac("sha256", SECRET);
  digest.update(`${table.numRows} ${names}`);
  for (const column of columns) addVector(digest, column);
  return digest.digest("hex").slice(0, 32);
}

function addVector(digest: Hash | Hmac, vector: Vector): void {
  for (const data of vector.data) addData(digest, data);
}

function addData(digest: Hash | Hmac, data: Data): void {
  digest.update(`${data.type} ${data.length} ${data.offset}`);
  for (const buffer of [data.valueOffsets, data.values, data.nullBitmap, data.typeIds]) {
    if (ArrayBuffer.isView(buffer)) digest.update(bytesOf(buffer));
  }
  if (data.dictionary) addVector(digest, data.dictionary);
  for (const child of data.children) addData(digest, child);
}

function bytesOf(buffer: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
