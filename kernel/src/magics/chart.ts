import { chart } from "../chart/chart.ts";
import { AGGREGATES } from "../chart/groups.ts";
import { chartTypeNames } from "../chart/types/index.ts";
import { UserError } from "../errors.ts";
import { defineMagic } from "./magic.ts";
import { namedTable } from "./named-table.ts";
import { callText } from "./typescript.ts";

/** `%chart`: a chart of a result. */
export const chartMagic = defineMagic({
  name: "chart",
  kinds: ["line"],
  summary: "Shows columns of a table as a chart.",
  arguments: [
    {
      name: "table",
      doc: "the table to show, a variable or what the store has",
      required: true,
      completes: "table",
    },
    {
      name: "columns",
      doc: "columns along the horizontal and the vertical axis",
      required: false,
      rest: true,
      completes: "column",
    },
  ],
  options: {
    type: {
      type: "text",
      values: chartTypeNames,
      doc: "kind of chart; a bar for each row unless the columns suit another",
    },
    x: { type: "text", completes: "column", doc: "column along the horizontal axis" },
    y: { type: "text", completes: "column", doc: "column along the vertical axis" },
    colour: { type: "text", completes: "column", doc: "column that tells series apart by colour" },
    facet: { type: "text", completes: "column", doc: "column with a small multiple for each of its values" },
    top: { type: "integer", minimum: 1, maximum: 1000, doc: "show only so many bars, the largest" },
    bins: { type: "integer", minimum: 1, maximum: 500, doc: "about how many bins a histogram has" },
    aggregate: { type: "text", values: AGGREGATES, doc: "how the values of several rows become one" },
    title: { type: "text", doc: "title of the chart" },
  },
  examples: [
    "%chart tubes tube_km --top 10",
    "%chart tubes --type histogram --x area_km2",
    "%chart tubes area_km2 tube_km",
  ],
  typescript: ({ words: [table = "", ...columns], options }) =>
    `${callText("chart", [table], withColumns(options, columns))};`,
  async run(session, { words: [table = "", ...columns], options }) {
    return chart(await namedTable(session, table), withColumns(options, columns));
  },
});

/** Options with the columns that stand as words behind the table. */
function withColumns<Options extends object>(options: Options, [x, y, surplus]: readonly string[]) {
  if (surplus !== undefined)
    throw new UserError(`%chart takes two columns, and "${surplus}" is one more`, {
      where: surplus,
      hint: "--colour and --facet take another.",
    });
  return { ...(x !== undefined && { x }), ...(y !== undefined && { y }), ...options };
}
