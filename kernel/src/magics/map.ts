import { CLASS_METHODS, CLASS_RANGE } from "@tombolo/bundle/classify/class-limits";
import { UserError } from "../errors.ts";
import type { LayerInput } from "../map/inputs.ts";
import { map } from "../map/map.ts";
import { LAYER_TYPES, type MapOptions } from "../map/options.ts";
import { defineMagic, type OptionValues } from "./magic.ts";
import { isTableName, namedTable } from "./named-table.ts";
import { callText } from "./typescript.ts";

const OPTIONS = {
  column: {
    type: "text",
    completes: "column",
    doc: "column shown by colour; the last one with numbers unless told otherwise",
  },
  type: {
    type: "text",
    values: LAYER_TYPES,
    doc: "how values are shown; chosen by the data unless told otherwise",
  },
  with: { type: "text", completes: "column", doc: "second column, for a bivariate map" },
  size: {
    type: "text",
    completes: "column",
    doc: "column shown by the size of symbols or the width of lines",
  },
  title: { type: "text", doc: "title of the map" },
  source: { type: "text", doc: "line about the source, in place of what the data says" },
  unit: { type: "text", doc: "unit of the values that are shown" },
  classes: {
    type: "integer",
    minimum: CLASS_RANGE.least,
    maximum: CLASS_RANGE.most,
    doc: "number of classes; 5 unless told otherwise",
  },
  method: {
    type: "text",
    values: CLASS_METHODS,
    doc: "how the classes are cut; quantile unless told otherwise",
  },
  breaks: { type: "text", doc: "limits between the classes, such as 10,20,50" },
  palette: { type: "text", completes: "palette", doc: "name of the colours, such as YlGnBu or viridis" },
  reversed: { type: "flag", doc: "turn the palette round" },
  hover: {
    type: "text",
    completes: "column",
    separators: ",",
    doc: "columns in the tooltip, such as people,area",
  },
  suppressed: {
    type: "text",
    completes: "column",
    doc: "column that says which values their publisher has taken out",
  },
  time: { type: "text", completes: "column", doc: "column with the time of each row: shows a slider" },
  crs: { type: "text", doc: "coordinate system to draw in, such as EPSG:27700" },
  extent: {
    type: "text",
    completes: "city",
    doc: "what is seen first: a city such as London, or west,south,east,north in degrees",
  },
  insets: {
    type: "text",
    completes: "city",
    separators: ",",
    doc: "cities shown larger, such as London,Leeds, or auto",
  },
  basemap: { type: "text", doc: "PMTiles archive as the background, a path or an address" },
  width: { type: "integer", minimum: 200, maximum: 4000, doc: "width in pixels" },
  height: { type: "integer", minimum: 150, maximum: 4000, doc: "height in pixels" },
} as const;

/** `%map`: a map of a result, or of several as layers. */
export const mapMagic = defineMagic({
  name: "map",
  kinds: ["line"],
  summary: "Shows a table with shapes as a map, coloured by one of its columns; several tables as layers.",
  arguments: [
    {
      name: "table",
      doc: "the table to show, a variable or what the store has; then its column, or more tables as layers above it, in plain colour",
      required: true,
      rest: true,
      completes: "table",
    },
  ],
  options: OPTIONS,
  examples: ["%map tubes tube_km", "%map tubes --column tube_km --palette viridis"],
  typescript: ({ words, options }, isTable) => {
    const [table = "", ...above] = words;
    const own = optionsOf(options);
    const [column = ""] = above;
    if (above.length === 0) return `${callText("map", [table], own)};`;
    if (above.length === 1 && !isTable(column)) return `${callText("map", [table], { column, ...own })};`;
    const lists = [
      `{ data: ${table}, ...options }`,
      ...above.map((name) => `{ data: ${name}, type: "plain" }`),
    ];
    return `const options = ${JSON.stringify(own)};\nmap([${lists.join(", ")}], options);`;
  },
  async run(session, { words, options }) {
    const [name = "", ...above] = words;
    const own = optionsOf(options);
    const table = await namedTable(session, name);
    const [column = ""] = above;
    if (above.length === 0) return map(table, { called: name, ...own });
    if (above.length === 1 && !(await isTableName(session, column))) return map(table, { column, ...own });
    const layers: LayerInput[] = [{ data: table, called: name, ...own }];
    for (const title of above)
      layers.push({ data: await namedTable(session, title), type: "plain", title, colour: "#2b2f38" });
    return map(layers, own);
  },
});

/** Options as `map` takes them: lists are written with commas. */
function optionsOf({ breaks, hover, insets, extent, ...options }: OptionValues<typeof OPTIONS>): MapOptions {
  return {
    ...options,
    ...(breaks !== undefined && { breaks: numbersOf("--breaks", breaks) }),
    ...(extent !== undefined && { extent: extentOf(extent) }),
    ...(hover !== undefined && { hover: namesOf(hover) }),
    ...(insets !== undefined && { insets: insets === "auto" ? "auto" : namesOf(insets) }),
  };
}

function namesOf(text: string): string[] {
  return text.split(",").map((name) => name.trim());
}

function extentOf(text: string): NonNullable<MapOptions["extent"]> {
  if (!text.includes(",")) return text;
  const [west, south, east, north, ...others] = numbersOf("--extent", text);
  if (
    west === undefined ||
    south === undefined ||
    east === undefined ||
    north === undefined ||
    others.length > 0
  )
    throw new UserError(`%map --extent takes west,south,east,north in degrees, not "${text}"`, {
      where: "--extent",
    });
  return [west, south, east, north];
}

function numbersOf(option: string, text: string): number[] {
  return namesOf(text).map((word) => {
    const value = Number(word);
    if (word !== "" && Number.isFinite(value)) return value;
    throw new UserError(`%map ${option} takes numbers with commas between them, not "${text}"`, {
      where: option,
    });
  });
}
