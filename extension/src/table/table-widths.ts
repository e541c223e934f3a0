import type { TableSpec } from "@tombolo/bundle";

/** The least is what a hint in the field for a condition needs. */
const [LEAST, MOST] = [9, 38];

/** Widths of the columns, as CSS writes them: as wide as some rows and the heading need. */
export function columnWidths(
  columns: TableSpec["columns"],
  rows: readonly (readonly (string | null)[])[],
): string {
  const widths = columns.map(({ name, unit }, column) => {
    const texts = rows.map((row) => row[column]?.length ?? 1);
    return Math.min(MOST, Math.max(LEAST, name.length + 3, unit.length + 4, ...texts));
  });
  // The same in headings and rows, whatever is in them.
  return widths.map((width) => `${width + 3}ch`).join(" ");
}
