import { chart } from "../chart/chart.ts";
import { AGGREGATES } from "../chart/groups.ts";
import { chartTypeNames } from "../chart/types/index.ts";
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
      values: chartTypeNames,
      doc: "kind of chart; a bar for each row unless the columns suit another",
    },
    x: { type: "text", doc: "column along the horizontal axis" },
    y: { type: "text", doc: "column along the vertical axis" },
    colour: { type: "text", doc: "column that tells series apart by colour" },
    facet: { type: "text", doc: "column with a small multiple for each of its values" },
    top: { type: "integer", minimum: 1, maximum: 1000, doc: "show only so many bars, the largest" },
    bins: { type: "integer", minimum: 1, maximum: 500, doc: "about how many bins a histogram has" },
    aggregate: { type: "text", values: AGGREGATES, doc: "how the values of several rows become one" },
    title: { type: "text", doc: "title of the chart" },
  },
  examples: [
    "%chart tubes --x tube_km --top 10",
    "%chart tubes --type histogram --x area_km2",
    "%chart tubes --x area_km2 --y tube_km",
  ],
  typescript: ({ words: [table = ""], options }) => `${callText("chart", [table], options)};`,
  async run(session, { words, options }) {
    return chart(tableOf(session, words[0] ?? ""), options);
  },
});
