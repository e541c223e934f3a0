import { chart } from "../chart/chart.ts";
import { defineMagic } from "./magic.ts";
import { tableOf } from "./tables.ts";
import { callText } from "./typescript.ts";

/** `%chart`: a chart of a result. */
export const chartMagic = defineMagic({
  name: "chart",
  kinds: ["line"],
  summary: "Shows columns of a table as a chart.",
  arguments: [
    { name: "table", doc: "the variable with the table to show", required: true, completes: "table" },
  ],
  options: {
    type: {
      type: "text",
      values: ["bar", "histogram", "scatter", "line"],
      doc: "kind of chart; bar unless told otherwise",
    },
    x: { type: "text", doc: "column along the horizontal axis" },
    y: { type: "text", doc: "column along the vertical axis" },
    top: { type: "integer", minimum: 1, maximum: 1000, doc: "show only so many rows, the largest" },
    title: { type: "text", doc: "title of the chart" },
  },
  examples: ["%chart tubes --x tube_km --top 10"],
  typescript: ({ words: [table = ""], options }) => `${callText("chart", [table], options)};`,
  async run(session, { words, options }) {
    return chart(tableOf(session, words[0] ?? ""), options);
  },
});
