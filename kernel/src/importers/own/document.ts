import { DATE_FORMATS } from "./date-format.ts";
import { OWN_FILE_ENDINGS } from "./read.ts";

/** What is guessed of a file, from what, and which options say otherwise. */
const GUESSES: readonly (readonly [what: string, from: string, options: readonly string[]])[] = [
  [
    "label of a row",
    "codes of areas or postcodes; a column called `code`, `id`, `label` or the like; a first column of texts that are all different; a column of texts that are different at each time and stay in one place; else rows are numbered",
    ["label"],
  ],
  [
    "name of a row",
    "a column that belongs to the label by its heading, or is called `name`, `Borough` …",
    ["name"],
  ],
  [
    "areas",
    "where the store has at least half of the codes, or areas of one kind by nine in ten of the names, the columns become values of those areas; else the rows are subjects of their own",
    ["as"],
  ],
  [
    "place",
    "shapes in the file; longitude and latitude or eastings and northings by their headings, or both in one column; shapes as texts (WKT) or in hexadecimal digits (WKB)",
    ["x", "y"],
  ],
  [
    "coordinate system",
    "what the file says; else degrees, or metres of the British national grid, by the size of the numbers",
    ["crs"],
  ],
  [
    "time",
    `a column called \`year\`, \`date\`, \`month\` or the like, when it tells rows of one label apart: ${DATE_FORMATS.map(({ name }) => name).join(", ")}`,
    ["when", "dates"],
  ],
  [
    "numbers",
    "signs between thousands, decimal commas, and `%`, `£`, `€`, `$`, which become the unit, as does `(km²)` in a heading",
    ["decimal"],
  ],
  ["missing values", "empty fields and publishers' marks, such as `*`, `..`, `:`, `[x]`, `n/a`", ["missing"]],
  ["columns", "all are kept, under their own headings", ["columns", "rename"]],
  [
    "long tables",
    "a column whose texts tell rows of one label and time apart, each of which becomes a measurement of its own",
    ["label", "when"],
  ],
  [
    "headings",
    "the first row as wide as the rows below it whose fields are different texts; with the row above it where that names groups of columns, and the row below it where that has units",
    ["header"],
  ],
  ["sheet or layer", "the fullest", ["sheet"]],
  ["totals", "rows called `Total` or the like are left out", ["totals"]],
  [
    "signs and encoding of a text file",
    "commas, semicolons, tabs or bars; UTF-8, UTF-16, else Windows-1252",
    ["delimiter", "encoding"],
  ],
  ["who may see it", "`internal`; `sensitive` when rows look like people", ["access", "reason"]],
  ["what a row is about", "people, organisations, areas or events, by the columns", ["unit"]],
];

/** The help page about files of one's own in Markdown. */
export function documentOwnFiles(): string {
  const rows = GUESSES.map(
    ([what, from, options]) => `| ${what} | ${from} | ${options.map((name) => `\`--${name}\``).join(" ")} |`,
  );
  return [
    "### Files of one's own",
    `\`%import rents.csv\` reads a file or an address. Known: ${OWN_FILE_ENDINGS}; also JSON of records and SDMX-JSON.`,
    "What its columns are is guessed. The import tells what it guessed in sentences; an option says otherwise, and what is read another way replaces what was read before, unless `--as` or `--sheet` makes it another table.",
    ["| what | guessed from | overruled by |", "|---|---|---|", ...rows].join("\n"),
    '`%import "survey 2024.xlsx" --sheet Answers --label Ward --access public`',
  ].join("\n\n");
}
