import type { Access } from "@tombolo/bundle";
import { strictestOf } from "../engine/is-table.ts";

/** Under which a row of an Arrow table keeps what it is a row of. */
const PARENT = Symbol.for("parent");

const MOST_LOOKED_AT = 1000;

/**
 * A sentence in place of rows of a table that is not public, which would be saved as plain text; undefined for everything else.
 * Told without loading Arrow: who has a row has it already.
 */
export function describeRows(value: unknown): string | undefined {
  const rows = Array.isArray(value) ? value.slice(0, MOST_LOOKED_AT) : [value];
  const access = rows.map(accessOfRow).find((label) => label !== undefined && label !== "public");
  if (access === undefined) return undefined;
  const what = Array.isArray(value) ? `${value.length} ${value.length === 1 ? "row" : "rows"}` : "A row";
  return `${what} of ${access} data, not shown because it would be saved. Show a table of it, which is not saved, or print it.`;
}

function accessOfRow(value: unknown): Access | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  // A row is a proxy that denies having what is no column.
  const parent: unknown = Reflect.get(value, PARENT);
  if (typeof parent !== "object" || parent === null || !("type" in parent)) return undefined;
  const { type } = parent;
  if (typeof type !== "object" || type === null || !("children" in type) || !Array.isArray(type.children))
    return undefined;
  const fields = type.children.filter(isField);
  return fields.length === 0 ? undefined : strictestOf(fields);
}

function isField(value: unknown): value is { readonly metadata: ReadonlyMap<string, string> } {
  return typeof value === "object" && value !== null && "metadata" in value && value.metadata instanceof Map;
}
