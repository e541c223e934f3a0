import type { Brush } from "@tombolo/bundle/mime";
import { type RowSet, rowSet } from "@tombolo/bundle/selection";
import { UserError } from "../../errors.ts";
import type { ChartColumn } from "../columns.ts";
import type { Aggregate, Groups } from "../groups.ts";

const MOST_FACETS = 24;

/** A column that a chart cannot do without. */
export function needed(column: ChartColumn | undefined, what: string): ChartColumn {
  if (column) return column;
  throw new UserError(`The chart needs a column with ${what}`, { hint: "%table shows what the table has." });
}

/** A column's numbers or times, or a UserError when it has none. */
export function measured(column: ChartColumn | undefined): ChartColumn & { readonly values: Float64Array } {
  const found = needed(column, "numbers");
  if (found.kind !== "text") return found;
  throw new UserError(`The column "${found.spec.name}" has no numbers`, { where: found.spec.name });
}

/** Refuses more small multiples than a page has room for. `part` is the facet's place in the groups' keys. */
export function checkFacets({ keys }: Groups, part: number, { spec }: ChartColumn): void {
  const names = new Set(keys.map((key) => key[part]));
  if (names.size <= MOST_FACETS) return;
  throw new UserError(
    `"${spec.name}" has ${names.size} values, and ${MOST_FACETS} small multiples are the most`,
    {
      where: "facet",
      hint: "Choose a column with fewer values, or some of them with %%sql.",
    },
  );
}

/** Rows of the groups with the chosen values; `parts` tells which part of a group's key a field of the chart is. */
export function findGroups(
  { groupOf, keys }: Groups,
  count: number,
  parts: Readonly<Record<string, number>>,
  brush: NonNullable<Brush>,
): RowSet {
  const wanted = Object.entries(brush).map(([field, values]) => ({
    part: parts[field] ?? -1,
    texts: new Set(values.map(String)),
  }));
  const isChosen = keys.map((key) => wanted.every(({ part, texts }) => texts.has(String(key[part]))));
  return rowsWhere(count, (row) => isChosen[groupOf[row] ?? -1] === true);
}

/** Rows whose values lie in ranges, both ends included. */
export function findRanges(
  count: number,
  columns: Readonly<Record<string, ArrayLike<number>>>,
  brush: NonNullable<Brush>,
): RowSet {
  const ranges = Object.entries(brush).flatMap(([field, [from, to]]) => {
    const values = columns[field];
    if (!values) return [];
    const [least, most] = [Number(from), Number(to)].sort((a, b) => a - b);
    return [{ values, least: least ?? 0, most: most ?? 0 }];
  });
  return rowsWhere(count, (row) =>
    ranges.every(({ values, least, most }) => {
      const value = values[row] ?? Number.NaN;
      return value >= least && value <= most;
    }),
  );
}

function rowsWhere(count: number, isMeant: (row: number) => boolean): RowSet {
  const rows: number[] = [];
  for (let row = 0; row < count; row++) if (isMeant(row)) rows.push(row);
  return rowSet(count, rows);
}

/** The least and the greatest of values that are there; undefined when none is. */
export function extentOf(values: ArrayLike<number>): readonly [number, number] | undefined {
  let [least, most] = [Infinity, -Infinity];
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return least <= most ? [least, most] : undefined;
}

/** How many values are missing. */
export function missingIn({ kind, values }: ChartColumn): number {
  let missing = 0;
  for (const value of values) if (kind === "text" ? value === null : Number.isNaN(value)) missing++;
  return missing;
}

/** Heading in the middle of a sentence; what begins with two capitals is a name. */
export function lowerFirst(text: string): string {
  return /^\p{Lu}\p{Ll}[^_]*$/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

/** "5 rows without a value", or nothing. */
export function missingNote(missing: number): string {
  if (missing === 0) return "";
  return missing === 1 ? "1 row without a value" : `${missing} rows without a value`;
}

const NAMES: Readonly<Record<Aggregate, string>> = {
  mean: "Mean",
  sum: "Total",
  median: "Median",
  min: "Least",
  max: "Greatest",
  count: "Number of",
};

/** "Mean rent", or the title itself when nothing is put together. */
export function sentence(aggregate: Aggregate | undefined, title: string): string {
  return aggregate ? `${NAMES[aggregate]} ${lowerFirst(title)}` : title;
}
