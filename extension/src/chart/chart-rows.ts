import { type Brush, hasRow, type RowSet, rowSet } from "@tombolo/bundle";
import { tableFromIPC } from "@uwdata/flechette";

/** A row that Vega draws. */
export type ChartRow = Record<string, unknown>;

/** Reads the drawn rows of a chart; what is not a number is missing. */
export function decodeChartRows(bytes: Uint8Array): ChartRow[] {
  const table = tableFromIPC(bytes);
  const rows: ChartRow[] = Array.from({ length: table.numRows }, () => ({}));
  for (const name of table.names) {
    const column = table.getChild(name);
    rows.forEach((row, index) => {
      const value: unknown = column?.at(index);
      row[name] = typeof value === "number" && Number.isNaN(value) ? null : value;
    });
  }
  return rows;
}

/** The rows that are to be drawn now, each with whether it is selected. */
export function chosenRows(rows: readonly ChartRow[], selected?: RowSet, shown?: RowSet): ChartRow[] {
  const drawn = shown ? rows.filter(({ row }) => hasRow(shown, Number(row))) : rows;
  return drawn.map((each) => ({
    ...each,
    selected: selected && hasRow(selected, Number(each.row)) ? 1 : 0,
  }));
}

/** The rows of the result that a choice in the chart means; undefined when it means none. */
export function rowsOfBrush(
  rows: readonly ChartRow[],
  count: number,
  brush: NonNullable<Brush>,
): RowSet | undefined {
  const conditions = Object.entries(brush);
  const meant = rows.filter((row) => conditions.every(([field, values]) => isIn(row[field], values)));
  return meant.length > 0
    ? rowSet(
        count,
        meant.map(({ row }) => Number(row)),
      )
    : undefined;
}

function isIn(value: unknown, values: readonly (string | number)[]): boolean {
  const [from, to] = values;
  // Along an axis of names a range is a list of them.
  if (typeof value !== "number" || typeof from !== "number" || typeof to !== "number")
    return values.some((each) => each === value);
  return value >= Math.min(from, to) && value <= Math.max(from, to);
}

/** What Vega says of a choice; null when nothing is chosen. */
export function parseBrush(value: unknown): Brush {
  if (typeof value !== "object" || value === null) return null;
  const entries = Object.entries(value).flatMap(([field, values]) => {
    if (!Array.isArray(values) || values.length === 0) return [];
    const known = values.map((each: unknown) => (each instanceof Date ? each.getTime() : each));
    return [[field, known.filter((each) => typeof each === "number" || typeof each === "string")] as const];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : null;
}
