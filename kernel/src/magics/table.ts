import { table } from "../table/table.ts";
import { defineMagic } from "./magic.ts";
import { namedTable } from "./named-table.ts";
import { callText } from "./typescript.ts";

/** `%table`: the first rows of a result. */
export const tableMagic = defineMagic({
  name: "table",
  kinds: ["line"],
  summary: "Shows a table: all its rows in any order, its columns in figures.",
  arguments: [
    {
      name: "table",
      doc: "the table to show, a variable or what the store has",
      required: true,
      completes: "table",
    },
  ],
  options: {
    rows: {
      type: "integer",
      minimum: 1,
      maximum: 10_000,
      doc: "number of rows that are saved; 20 unless told otherwise",
    },
    title: { type: "text", doc: "heading of the table" },
  },
  examples: ["%table tubes --rows 5"],
  typescript: ({ words: [data = ""], options }) => `${callText("table", [data], options)};`,
  async run(session, { words, options }) {
    return table(await namedTable(session, words[0] ?? ""), options);
  },
});
