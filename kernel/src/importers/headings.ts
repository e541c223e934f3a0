import type { Tables } from "./tables.ts";

/** SQL of the field of a CSV table below a heading, trimmed and null where it is empty. */
export type ColumnOf = (heading: string) => string;

/** Finds the columns of a CSV table by their headings. Throws a UserError when one of those needed is missing. */
export async function columnsByHeading(
  tables: Tables,
  needed: readonly string[],
  table = "source",
): Promise<ColumnOf> {
  const headings = await tables.headings(needed, table);
  return (heading) => {
    const index = headings.indexOf(heading);
    return index < 0 ? "NULL::VARCHAR" : `nullif(trim(c${index}), '')`;
  };
}
