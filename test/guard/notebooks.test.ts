import { describe, expect, it } from "@jest/globals";
import { parseNotebook } from "../../kernel/src/guard/notebook-file.ts";
import { findLeaks } from "../../kernel/src/guard/rule.ts";
import { rules } from "../../kernel/src/guard/rules/index.ts";
import { stripNotebook } from "../../kernel/src/guard/strip.ts";

/** A cell: its text, and what it shows; text alone was printed. */
type Cell = readonly [source: string, ...outputs: (string | Readonly<Record<string, unknown>>)[]];

/** A notebook as cells, with what the check is to find: rule by rule, none in a good one. */
interface Case {
  readonly cells: readonly Cell[];
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly found?: readonly string[];
}

const TABLE = "application/vnd.tombolo.table.v1+json";
const MAP = "application/vnd.tombolo.map.v1+json";
const LIVE = "0b1c2d3e-4f50-4617-8293-a4b5c6d7e8f9";
const own: Cell = ["%import patients.csv --as patient --label id"];
const rows = <Row>(count: number, row: (index: number) => Row): Row[] =>
  Array.from({ length: count }, (_, index) => row(index));
const widgets = { "application/vnd.jupyter.widget-state+json": { state: { a: { value: "Ann, 34" } } } };

const bad: Readonly<Record<string, Case>> = {
  "rows printed as JSON over many lines": {
    cells: [
      own,
      [
        "console.log(JSON.stringify(rows, null, 2))",
        JSON.stringify(
          rows(150, (id) => ({ id, name: `N${id}` })),
          null,
          2,
        ),
      ],
    ],
    found: ["large-table"],
  },
  "rows printed as JavaScript writes them": {
    cells: [
      own,
      ["rows", { "text/plain": rows(150, (id) => `  { id: ${id}, name: 'N${id}' },`).join("\n") }],
    ],
    found: ["large-table"],
  },
  "rows printed as a file of two columns": {
    cells: [own, ["console.log(text)", rows(150, (id) => `N${id},${id}`).join("\n")]],
    found: ["large-table"],
  },
  "a page with rows of pandas": {
    cells: [
      [
        'import pandas as pd\npd.read_csv("patients.csv")',
        { "text/html": `<table>${"<tr><td>1</td></tr>".repeat(120)}</table>` },
      ],
    ],
    found: ["large-table", "unlabelled"],
  },
  "a picture of a file read past the importers": {
    cells: [
      ["const rows = await sql`SELECT * FROM 'patients.csv'`"],
      ["plot(rows)", { "image/png": "iVBORw0K" }],
    ],
    found: ["unlabelled"],
  },
  "a chart with its values": {
    cells: [
      own,
      ["chart", { "application/vnd.vegalite.v5+json": { mark: "bar", data: { values: [{ age: 34 }] } } }],
    ],
    found: ["unlabelled"],
  },
  "coordinates as JSON writes them": {
    cells: [own, ["console.log(shape)", JSON.stringify({ coordinates: [-0.1275862, 51.5072178] }, null, 2)]],
    found: ["coordinates"],
  },
  "a shape as text": {
    cells: [own, ["shape", { "text/plain": "POINT (-1.5482317 53.7961843)" }]],
    found: ["coordinates"],
  },
  "columns of coordinates": {
    cells: [own, ["rows", { "text/plain": "  longitude    latitude\n 53.7961843   1.5482317" }]],
    found: ["coordinates"],
  },
  "metres exact to less than one": {
    cells: [own, ["rows", { "text/plain": "easting   northing\n429857.42  433412.17" }]],
    found: ["coordinates"],
  },
  "a single number that is an NHS number by its check digit": {
    cells: [own, ["id", "9434765919"]],
    found: ["chance-numbers"],
  },
  "a date and a postcode that nobody calls those of a birth": {
    cells: [own, ["rows", "12 March 1971  LS1 4AP"]],
    found: ["chance-numbers"],
  },
  "a birth on one line and its postcode on the next": {
    cells: [own, ["rows[0]", "born: 12/03/1971\nname: Ann\npostcode: LS1 4AP"]],
    found: ["personal-numbers"],
  },
  "national insurance numbers with hyphens, and in small letters": {
    cells: [own, ["a", "AB-12-34-56-C"], ["b", "ab 12 34 56 c"]],
    found: ["personal-numbers", "personal-numbers"],
  },
  "numbers of patients in an error": {
    cells: [own, ["parse(row)", { error: "cannot read 943 476 5919" }]],
    found: ["personal-numbers"],
  },
  "a number of a patient in the text of a cell": {
    cells: [["const mine = rows.find((row) => row.nhs === '943 476 5919')"]],
    found: ["personal-numbers"],
  },
  "a placeholder with a title that stands in no cell": {
    cells: [
      own,
      ["%map x", { [MAP]: { version: 1, access: "sensitive", title: "Plantagenet", live: LIVE } }],
    ],
    found: ["closed-values"],
  },
  "the saved state of widgets": { cells: [own], metadata: { widgets }, found: ["unlabelled"] },
  "a closed map with a picture that another program has made of it": {
    cells: [
      [
        "%map x",
        { [MAP]: { version: 1, access: "sensitive", title: "Map", live: LIVE }, "image/svg+xml": "<svg/>" },
      ],
    ],
    found: ["closed-values"],
  },
};

const good: Readonly<Record<string, Case>> = {
  "a long log with commas": {
    cells: [
      own,
      [
        "%npm install d3",
        rows(300, (line) => `added package ${line}, and ${line % 7} others, in ${line} s`).join("\n"),
      ],
    ],
  },
  "estimates with many decimals": {
    cells: [
      own,
      [
        "regression",
        { "text/plain": "age     0.123456789   0.987654321\nincome  0.000123456   0.250000001" },
      ],
    ],
  },
  "shares in brackets": { cells: [own, ["interval", { "text/plain": "[ 0.123456789, 0.987654321 ]" }]] },
  "coordinates of an area's centre": { cells: [own, ["centre", { "text/plain": "[ -1.54823, 53.79618 ]" }]] },
  "a small summary": {
    cells: [
      own,
      ["summary", { "text/plain": rows(40, (line) => `E0900${line}   ${line * 5}   [c]`).join("\n") }],
    ],
  },
  "a released table of many rows, with its label": {
    cells: [
      own,
      [
        "released",
        {
          [TABLE]: { version: 1, access: "public", title: "" },
          "text/plain": rows(400, (line) => `E${line}   ${line * 5}`).join("\n"),
        },
      ],
    ],
  },
  "a placeholder that tells what the notebook tells anyway": {
    cells: [
      own,
      ["%%recipe rich\nsubjects: patient"],
      [
        "%map rich --title Homes",
        {
          [MAP]: {
            ...{ version: 1, access: "sensitive", title: "Homes", recipe: "rich", digest: "0123456789ab" },
            ...{ preset: "nhs-hes", time: "2026-11-26T23:04:05Z", live: LIVE },
          },
          "text/plain": [
            "Map of sensitive data: run the cell to see it.\n",
            "Homes · recipe rich (0123456789ab) · preset nhs-hes · run on 2026-11-26 at 23:04 UTC",
          ],
        },
      ],
    ],
  },
  placeholders: {
    cells: [
      own,
      [
        "%map x",
        {
          [MAP]: { version: 1, access: "sensitive", title: "Map", live: LIVE },
          "text/plain": "Map of sensitive data: run the cell to see it.",
        },
      ],
    ],
  },
  "public data with tables, pictures and exact places": {
    cells: [
      ["%import london/boroughs"],
      [
        "boroughs",
        { "text/html": `<table>${"<tr><td>1</td></tr>".repeat(500)}</table>`, "image/png": "iVBORw0K" },
      ],
      ["places", "[ -0.1275862, 51.5072178 ]"],
    ],
  },
  "a file of one's own that is public": {
    cells: [
      ["%import trees.geojson --as tree --access public"],
      ["plot(trees)", { "image/png": "iVBORw0K" }],
    ],
  },
  "a single number where all is public": { cells: [["%import london/boroughs"], ["id", "9434765919"]] },
  "telephone numbers, times and identifiers": {
    cells: [own, ["ids", "1732636800 1732636801 1732636803\n0113 222 4444\nAB123456\nrun 20260101"]],
  },
  "the bar of progress of a widget": {
    cells: [
      own,
      ["tqdm", { "application/vnd.jupyter.widget-view+json": { model_id: "3f" }, "text/plain": "100%" }],
    ],
  },
  "settings read from a file, and a picture": {
    cells: [['const settings = readFileSync("settings.json")'], ["logo", { "image/png": "iVBORw0K" }]],
  },
  "help, Markdown and formulas": {
    cells: [
      own,
      ["%release --help", { "text/markdown": "| option | what |\n|---|---|\n| a | b |" }],
      ["tex", { "text/latex": "$x$" }],
    ],
  },
};

describe.each([...Object.entries(bad), ...Object.entries(good)])(
  "%s",
  (_, { cells, metadata = {}, found = [] }) => {
    const notebook = parseNotebook(JSON.stringify(written(cells, metadata)), "test.ipynb");
    const ruleNames = (leaks: ReturnType<typeof findLeaks>) => leaks.map(({ rule }) => rule).sort();

    it(found.length > 0 ? `is found: ${found.join(", ")}` : "is let through", () => {
      expect(ruleNames(findLeaks(notebook, rules))).toEqual(found);
    });

    it("has no such output once it is stripped", () => {
      const { text } = stripNotebook(notebook, rules);
      const left = findLeaks(parseNotebook(text, "stripped.ipynb"), rules);
      expect(left.filter(({ output, cell, isWarning }) => !isWarning && (output > 0 || cell === 0))).toEqual(
        [],
      );
      if (found.length === 0) expect(text).toBe(`${JSON.stringify(notebook.json, null, 1)}\n`);
    });
  },
);

function written(cells: readonly Cell[], metadata: object): object {
  return {
    ...{ nbformat: 4, nbformat_minor: 5, metadata },
    cells: cells.map(([source, ...outputs]) => ({
      ...{ cell_type: "code", metadata: {}, source },
      outputs: outputs.map((output) => {
        if (typeof output === "string") return { output_type: "stream", name: "stdout", text: output };
        if ("error" in output)
          return { output_type: "error", ename: "Error", evalue: output.error, traceback: [] };
        return { output_type: "display_data", metadata: {}, data: output };
      }),
    })),
  };
}
