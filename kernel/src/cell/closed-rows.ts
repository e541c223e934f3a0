import { type Access, strictest } from "@tombolo/bundle/access";
import { strictestOf } from "../engine/is-table.ts";
import { strictestSeen } from "../engine/seen.ts";
import { accessOfRows } from "../engine/table-row.ts";

const MOST_LOOKED_AT = 1000;

/**
 * A sentence in place of rows, columns and other pieces of a table that is not public, which would be saved as plain text; undefined
 * for everything else.
 */
export function describeRows(value: unknown): string | undefined {
  const pieces = Array.isArray(value) ? value.slice(0, MOST_LOOKED_AT) : [value];
  const ofRows = accessOfRows(pieces);
  const access = strictest([ofRows, ...pieces.map(accessOfPiece)]);
  if (access === "public") return undefined;
  const [one, many] = ofRows === "public" ? ["A part", "parts"] : ["A row", "rows"];
  const what = Array.isArray(value)
    ? `${value.length} ${value.length === 1 ? many.slice(0, -1) : many}`
    : one;
  return `${what} of ${access} data, not shown because it would be saved. Show a table of it, which is not saved, or print it.`;
}

/** The label of an Apache Arrow batch; a column knows none, so it takes the strictest of what was read. */
function accessOfPiece(value: unknown): Access {
  if (typeof value !== "object" || value === null) return "public";
  if ("schema" in value && isSchema(value.schema) && "numRows" in value)
    return strictestOf(value.schema.fields);
  const isColumn = "type" in value && "stride" in value && "nullCount" in value && "length" in value;
  return isColumn ? (strictestSeen()?.access ?? "public") : "public";
}

function isSchema(value: unknown): value is { readonly fields: Parameters<typeof strictestOf>[0] } {
  return typeof value === "object" && value !== null && "fields" in value && Array.isArray(value.fields);
}
