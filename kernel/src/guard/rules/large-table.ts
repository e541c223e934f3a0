import { textOf } from "../notebook-file.ts";
import { defineRule, isLabelledPublic } from "../rule.ts";

/** Rows from which a table is large: records, not a summary. */
const LARGE = 100;

/** Tables of so many rows that they are the data itself. */
export const largeTable = defineRule({
  name: "large-table",
  doc: "A printed table of more than 100 rows is a copy of the data rather than a result.",
  closedOnly: true,
  find(output) {
    if (isLabelledPublic(output)) return undefined;
    const html = textOf(output, "text/html").match(/<tr\b/gi)?.length ?? 0;
    const text = textOf(output, "text/plain")
      .split("\n")
      .filter((line) => /\S(\s{2,}|\t|[,|;│])\s*\S/.test(line)).length;
    const rows = Math.max(html, text);
    return rows > LARGE ? `a table of ${rows.toLocaleString("en")} rows` : undefined;
  },
});
