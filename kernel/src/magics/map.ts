import { map } from "../map/map.ts";
import { defineMagic } from "./magic.ts";
import { tableOf } from "./tables.ts";
import { callText } from "./typescript.ts";

/** `%map`: a choropleth of a result. */
export const mapMagic = defineMagic({
  name: "map",
  kinds: ["line"],
  summary: "Shows a table with shapes as a map, coloured by one of its columns.",
  arguments: [
    { name: "table", doc: "the variable with the table to show", required: true, completes: "table" },
  ],
  options: {
    column: { type: "text", doc: "column shown by colour; the last one with numbers unless told otherwise" },
    title: { type: "text", doc: "title of the map" },
    classes: { type: "integer", minimum: 2, maximum: 9, doc: "number of classes" },
    method: { type: "text", values: ["quantile", "equal"], doc: "how the classes are cut" },
    palette: { type: "text", doc: "name of the colours" },
  },
  examples: ["%map tubes --column tube_km"],
  typescript: ({ words: [table = ""], options }) => `${callText("map", [table], options)};`,
  async run(session, { words, options }) {
    return map(tableOf(session, words[0] ?? ""), options);
  },
});
