import type { Table } from "apache-arrow";
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
  const text = JSON.stringify(specification);
  const fields = table.schema.fields.filter(isDrawable);
  const named = fields.filter(({ name }) => text.includes(JSON.stringify(name).slice(1, -1)));
  return Object.fromEntries(
    (named.length > 0 ? named : fields).map((field) => [field.name, readColumn(table, field).values]),
  );
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
