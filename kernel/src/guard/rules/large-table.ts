import { textOf } from "../notebook-file.ts";
import { defineRule, isLabelledPublic } from "../rule.ts";

/** Rows from which a table is large: records, not a summary. */
const LARGE = 100;

/** What stands between the cells of a printed table; a comma before a blank is one of a sentence. */
const SEPARATORS = [/\t/g, /[|│┃]/g, /;/g, /,(?=\S)/g, /(?<=\S) {2,}(?=\S)/g];

/** A property of an object, as JSON or JavaScript prints it. */
const PROPERTY = /(?:^|[{,[])\s*["']?([\w $-]{1,40})["']?\s*:\s*["'\d[{-]/gm;

/** Tables of so many rows that they are the data itself. */
export const largeTable = defineRule({
  name: "large-table",
  doc: "A printed table of more than 100 rows, or as many objects, is a copy of the data rather than a result.",
  closedOnly: true,
  find(output) {
    if (isLabelledPublic(output)) return undefined;
    const html = textOf(output, "text/html").match(/<tr\b/gi)?.length ?? 0;
    const texts = [textOf(output, "text/plain"), textOf(output, "text/markdown")];
    const rows = Math.max(html, ...texts.map(rowsIn), ...texts.map(objectsIn));
    return rows > LARGE ? `a table of ${rows.toLocaleString("en")} rows` : undefined;
  },
});

/** Lines that have the same number of the same separators: those of a table. */
function rowsIn(text: string): number {
  const lines = text.split("\n");
  return Math.max(
    ...SEPARATORS.map((separator) => mostFrequent(lines.map((line) => line.match(separator)?.length ?? 0))),
  );
}

/** Objects of the same property. */
function objectsIn(text: string): number {
  return mostFrequent([...text.matchAll(PROPERTY)].map(([, name]) => name ?? 0));
}

/** How often the most frequent of some values is there; zero does not count. */
function mostFrequent(values: readonly (string | number)[]): number {
  const counts = new Map<string | number, number>();
  for (const value of values) if (value !== 0) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}
