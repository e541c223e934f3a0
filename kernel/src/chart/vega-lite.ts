import { ROW } from "@tombolo/bundle/vega-lite";
import type { Table } from "apache-arrow";
import { findColumn } from "../engine/result-columns.ts";
import { UserError } from "../errors.ts";
import type { DrawnRows } from "./chart-type.ts";
import { isDrawable, readColumn } from "./columns.ts";

/** More rows than this take seconds to draw, whatever the specification does with them. */
const MOST_ROWS = 200_000;

/** The columns that a user's specification names, all when it makes names of its own; times as milliseconds. */
export function rowsOfTable(table: Table, specification: object): DrawnRows {
  if (table.numRows > MOST_ROWS) {
    throw new UserError(
      `A specification of one's own is drawn from at most ${MOST_ROWS} rows, not ${table.numRows}`,
      {
        hint: "Count and group them first with %%sql, or choose a kind of chart with --type.",
      },
    );
  }
  // A specification has backslashes before dots and brackets of names.
  const text = withoutBackslashes(JSON.stringify(specification));
  const fields = table.schema.fields.filter(isDrawable);
  const named = fields.filter(({ name }) =>
    text.includes(withoutBackslashes(JSON.stringify(name).slice(1, -1))),
  );
  return Object.fromEntries(
    (named.length > 0 ? named : fields).map((field) => [field.name, readColumn(table, field).values]),
  );
}

const withoutBackslashes = (text: string): string => text.replaceAll("\\", "");

/** Parts by which a specification has other fields than those of its table. */
const FIELD_MAKERS = new Set(["transform", "repeat", "data", "datasets"]);

/** Throws a UserError for a field that is none of the table's columns, where a specification can have no others. */
export function checkFields(table: Table, specification: Readonly<Record<string, unknown>>): void {
  // The table takes the place of the data.
  const { data: _, usermeta: __, ...drawn } = specification;
  for (const field of fieldsOf(drawn) ?? []) {
    const [name = ""] = field.split(/(?<!\\)[.[]/);
    if (![field, name].some((each) => OWN_FIELDS.has(each) || hasColumn(table, withoutBackslashes(each))))
      findColumn(table, field);
  }
}

/** Columns that every linked chart has. */
const OWN_FIELDS = new Set([ROW, "selected"]);

const hasColumn = (table: Table, name: string): boolean =>
  table.schema.fields.some((field) => field.name === name);

/** The fields that a specification names; undefined when it can make others. */
function fieldsOf(part: object): string[] | undefined {
  const found: string[] = [];
  for (const [name, child] of Object.entries(part)) {
    if (FIELD_MAKERS.has(name)) return undefined;
    if (name === "field" && typeof child === "string") found.push(child);
    if (typeof child !== "object" || child === null) continue;
    const inside = fieldsOf(child);
    if (!inside) return undefined;
    found.push(...inside);
  }
  return found;
}

/** Whether a specification brings values along, anywhere in it. */
export function hasOwnData(specification: object): boolean {
  return Object.entries(specification).some(
    ([name, child]: [string, unknown]) =>
      typeof child === "object" &&
      child !== null &&
      (name === "datasets" || (name === "data" && "values" in child) || hasOwnData(child)),
  );
}

/** What can be told of a specification that is not ours. */
export function describeVegaLite(title: string, specification: object, addresses: readonly string[]): string {
  const marks = new Set<string>();
  const fields = new Set<string>();
  visit(specification);
  return [
    `Chart: ${title}`,
    ...(marks.size > 0 ? [`Drawn with ${[...marks].join(", ")}`] : []),
    ...(fields.size > 0 ? [`Shows ${[...fields].slice(0, 20).join(", ")}`] : []),
    ...addresses.slice(0, 5).map((address) => `Not loaded: ${address.slice(0, 200)}`),
  ].join("\n");

  function visit(value: unknown): void {
    if (typeof value !== "object" || value === null) return;
    for (const [name, child] of Object.entries(value)) {
      if (name === "values" || name === "data" || name === "datasets") continue;
      if (name === "mark") marks.add(markName(child));
      if (name === "field" && typeof child === "string") fields.add(child);
      visit(child);
    }
  }
}

function markName(mark: unknown): string {
  return typeof mark === "object" && mark !== null && "type" in mark ? String(mark.type) : String(mark);
}
