import { execFileSync } from "node:child_process";
import { expect, test } from "@jest/globals";
import { savedPartOfClosed } from "../../bundle/src/closed-output.ts";
import { PRESET_NAMES } from "../../bundle/src/placeholder.ts";
import { presets } from "../../kernel/src/release/presets/index.ts";
import { requireEnvironment } from "../support/environment.ts";

const MAP = "application/vnd.tombolo.map.v1+json";
const TABLE = "application/vnd.tombolo.table.v1+json";
const LIVE = "0b1c2d3e-4f50-4617-8293-a4b5c6d7e8f9";
const SENTENCE = { "text/plain": "An output of sensitive data: run the cell to see it." };
const MAP_SENTENCE = { "text/plain": "Map of sensitive data: run the cell to see it." };
const reference = { version: 1, access: "sensitive", title: "Map", live: LIVE };

/** Stands beside the outputs, in the cell that shows them and in another. */
const cell = '%map rich --title "Homes, by income (1 of 2)"';
const notebook = ["%%recipe rich\nsubjects: patient", cell, "const Ø1 = 7"];

const full = {
  ...{
    version: 1,
    access: "internal",
    title: "Homes, by income (1 of 2)",
    recipe: "rich",
    digest: "0123456789ab",
  },
  ...{ preset: "nhs-hes", time: "2026-11-26T23:04:05Z", live: LIVE },
};
const FULL_TEXT = {
  "text/plain":
    "Map of internal data: run the cell to see it.\nHomes, by income (1 of 2) · recipe rich (0123456789ab) · preset nhs-hes · run on 2026-11-26 at 23:04 UTC",
};

type Data = Readonly<Record<string, unknown>>;
type Case = readonly [name: string, data: Data, saved: Data | undefined, metadata?: Data];

/** A reference in which something is not as it must be, and what is left of it. */
const without = (name: string, changes: Data, left: Data = reference, text: Data = MAP_SENTENCE): Case => [
  name,
  { [MAP]: { ...reference, ...changes }, "text/plain": "Plantagenet" },
  { [MAP]: left, ...text },
];

const cases: readonly Case[] = [
  ["a placeholder", { [MAP]: reference, ...MAP_SENTENCE }, undefined],
  ["a placeholder that tells all it can", { [MAP]: full, ...FULL_TEXT }, undefined],
  [
    "one as a file has it",
    { [MAP]: full, "text/plain": FULL_TEXT["text/plain"].split(/(?<=\n)/) },
    undefined,
  ],
  [
    "another text beside it",
    { [MAP]: reference, "text/plain": "Map of 7" },
    { [MAP]: reference, ...MAP_SENTENCE },
  ],
  [
    "what is public",
    { [MAP]: { ...reference, access: "public", classes: [7] }, "image/png": "aGk=" },
    undefined,
  ],
  ["what is not ours", { "text/plain": "mine", "image/png": "aGk=" }, undefined],
  without("values in the specification", { classes: [7] }),
  ["a picture beside it", { [MAP]: reference, "image/png": "aGk=" }, { [MAP]: reference, ...MAP_SENTENCE }],
  [
    "values in the metadata",
    { [MAP]: reference, ...MAP_SENTENCE },
    { [MAP]: reference, ...MAP_SENTENCE },
    { a: 7 },
  ],
  ["values without a reference", { [MAP]: { version: 1, access: "sensitive", classes: [7] } }, SENTENCE],
  ["no label", { [MAP]: { version: 1, classes: [7] } }, SENTENCE],
  ["a specification that is a text", { [MAP]: '{"classes":[7]}' }, SENTENCE],
  ["a type that is none of ours", { "application/vnd.tombolo.Plantagenet": reference }, SENTENCE],
  ["a version that is not known", { [MAP]: { ...reference, version: 73 } }, SENTENCE],
  ["a reference that is no random name", { [MAP]: { ...reference, live: "Plantagenet" } }, SENTENCE],
  [
    "a label that does not exist",
    { [MAP]: { ...reference, access: "Plantagenet" } },
    { [MAP]: reference, ...MAP_SENTENCE },
  ],
  without("a title that stands in no cell", { title: "Plantagenet" }),
  without("a title that stands in another cell", { title: "subjects" }),
  without("a title within a word of the cell", { title: "come" }),
  without("a title without a letter", { title: "1" }),
  without("a title of two lines", { title: "rich\nPlantagenet" }),
  without("a title that is a list", { title: ["rich"] }),
  without("a recipe that stands in no cell", { recipe: "Plantagenet", digest: "0123456789ab" }),
  without("a recipe within a word", { recipe: "ric" }),
  without("a digest without a recipe", { digest: "0123456789ab" }),
  without(
    "a digest that is none",
    { recipe: "rich", digest: "Plantagenet" },
    { ...reference, recipe: "rich" },
    { "text/plain": `${MAP_SENTENCE["text/plain"]}\nrecipe rich` },
  ),
  without("a preset that does not exist", { preset: "plantagenet" }),
  without("a time that is none", { time: "Plantagenet" }),
  without("a day that the calendar has not", { time: "2026-02-30T00:00:00Z" }),
  without("a day of birth", { time: "1971-03-12T00:00:00Z" }),
  without(
    "a title in another case, and a name of other letters",
    { title: "HOMES", recipe: "Ø1" },
    { ...reference, title: "HOMES", recipe: "Ø1" },
    { "text/plain": `${MAP_SENTENCE["text/plain"]}\nHOMES · recipe Ø1` },
  ),
  [
    "the title of another kind of output",
    { [TABLE]: { ...reference, title: "Map" }, "text/plain": "Plantagenet" },
    {
      [TABLE]: { ...reference, title: "Map" },
      "text/plain": "Table of sensitive data: run the cell to see it.\nMap",
    },
  ],
];

test.each(cases.map(([name, ...rest]) => [name, rest] as const))("%s", (_, [data, saved, metadata]) => {
  expect(savedPartOfClosed({ data, metadata }, { cell, notebook })).toEqual(saved);
});

test("the save hook of Jupyter Server leaves the same of each", () => {
  const { python } = requireEnvironment("outputs go through the save hook");
  const outputs = cases.map(([, data, , metadata = {}]) => ({ output_type: "display_data", metadata, data }));
  const sources = notebook.map((source) => ({
    cell_type: "code",
    source,
    outputs: source === cell ? outputs : [],
  }));
  const saved: { outputs: object[] }[] = JSON.parse(
    execFileSync(python, ["-c", HOOK], { encoding: "utf8", input: JSON.stringify({ cells: sources }) }),
  );
  const whole = (data: Data): Data =>
    "text/plain" in data ? { ...data, "text/plain": [data["text/plain"]].flat().join("") } : data;
  const expected = cases.map(([, data, left]) => ({
    output_type: "display_data",
    metadata: {},
    data: left ?? whole(data),
  }));
  expect(saved[notebook.indexOf(cell)]?.outputs).toEqual(expected);
});

test("the presets that a placeholder may name are those that there are", () => {
  expect([...PRESET_NAMES]).toEqual(presets.map(({ name }) => name).sort());
});

const HOOK = `
import json, sys, tombolo_save_hook
content = json.load(sys.stdin)
tombolo_save_hook.keep_closed("a.ipynb", {"type": "notebook", "content": content})
print(json.dumps(content["cells"]))
`;
