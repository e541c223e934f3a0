import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { importDatasource } from "../../kernel/src/importers/run.ts";
import { refuseClosedValues } from "../../kernel/src/pack/closed-values.ts";
import type { Store } from "../../kernel/src/store/store.ts";
import { temporaryFolder, temporaryStore } from "../support/store.ts";

const folder = temporaryFolder();
let store: Store & { remove(): void };

/** People of a made-up town: most share a ward and a street, the first stands out in everything. */
const PEOPLE = [
  "id,name,lon,lat,ward,visits,income,seen",
  "P-4711,Ada Quillfeather,-1.54321,53.80012,Moorside,17,23457,2021-03-04 12:33:10",
  ...Array.from(
    { length: 40 },
    (_, index) => `P-${index},Person ${index},-1.6,53.9,Headingley,${index % 4},20000,2021-01-01 00:00:00`,
  ),
].join("\n");

beforeAll(async () => {
  store = await temporaryStore();
  const file = join(folder.path, "people.csv");
  writeFileSync(file, PEOPLE);
  await importDatasource(store, file, {
    as: "person",
    access: "sensitive",
    when: "seen",
    label: "id",
    name: "name",
  });
  const fixed = join(folder.path, "homes.csv");
  writeFileSync(fixed, PEOPLE.replace(",seen", "").replaceAll(/,2021-[^\n]*/g, ""));
  await importDatasource(store, fixed, { as: "home", access: "internal", label: "id" });
  const open = join(folder.path, "open.csv");
  writeFileSync(open, "code,famous\nX1,98765\n");
  await importDatasource(store, open, { as: "open", access: "public" });
});
afterAll(() => {
  store.remove();
  folder.remove();
});

const field = (parameters: object) => ({ dataset: { fields: [{ fieldClass: "Field", ...parameters }] } });

describe("a pack is refused that holds", () => {
  it.each<[string, string, unknown, string]>([
    ["a label", "recipes/a.yaml", field({ value: "P-4711" }), "recipes/a.yaml.dataset.fields[0].value"],
    ["a name in a filter", "recipes/a.yaml", field({ pattern: "Ada Quillfeather" }), ".pattern"],
    ["a part of a name that chooses one", "recipes/a.yaml", field({ pattern: "Ada Quill%" }), ".pattern"],
    [
      "a name in a description",
      "tombolo.json",
      { description: "Without ada quillfeather, who moved" },
      ".description",
    ],
    ["a name with other signs", "tombolo.json", { title: "ADA-QUILLFEATHER" }, "tombolo.json.title"],
    ["a rare value", "models/m.yaml", { field: { values: ["Moorside"] } }, "models/m.yaml.field.values[0]"],
    ["a common value as a whole", "recipes/a.yaml", field({ values: ["Headingley"] }), ".values[0]"],
    ["a number", "recipes/a.yaml", field({ constant: 23457 }), ".constant"],
    ["a number in a formula", "recipes/a.yaml", field({ expression: "visits / 23457" }), ".expression"],
    ["a number as people write it", "tombolo.json", { description: "At most 23,457 pounds" }, ".description"],
    ["a coordinate", "recipes/a.yaml", field({ east: -1.54321 }), ".east"],
    ["a coordinate that is rounded", "importers/i.js", "const home = [-1.543, 53.8]", "importers/i.js"],
    ["a time", "importers/i.js", 'const last = "2021-03-04T12:33:10"', "importers/i.js"],
    [
      "a name in a file beside it",
      "importers/codes.txt",
      "1;Ada Quillfeather\n2;Nobody",
      "importers/codes.txt",
    ],
    ["a name as the name of a recipe", "recipes", ["ada_quillfeather"], "recipes[0]"],
  ])("%s, and its place is named", async (_, document, value, place) => {
    const refused = refuseClosedValues(store, [[document, value]]);
    await expect(refused).rejects.toThrow(place);
    await expect(refused).rejects.toThrow(/data that is not public/);
    // What is told is saved in the notebook.
    await expect(refused).rejects.not.toThrow(/Quillfeather|P-4711|Moorside|Headingley|23,?457|1\.543|12:33/);
  });

  it("several, which are all named", async () => {
    const documents: [string, unknown][] = [
      ["tombolo.json", { title: "Ada Quillfeather" }],
      ["recipes/a.yaml", field({ constant: 23457 })],
    ];
    await expect(refuseClosedValues(store, documents)).rejects.toThrow(
      /tombolo\.json\.title, recipes\/a\.yaml\.dataset\.fields\[0\]\.constant are values/,
    );
    await expect(
      refuseClosedValues(store, documents, [
        "tombolo.json.title",
        "recipes/a.yaml.dataset.fields[0].constant",
      ]),
    ).resolves.toBeUndefined();
  });
});

it.each<[string, unknown]>([
  ["a public number", field({ constant: 98765 })],
  ["a number of few digits", field({ constant: 17 })],
  ["a round number that many have", field({ constant: 20000 })],
  ["a word in a sentence that many have", { title: "Visits in Headingley" }],
  ["a pattern that chooses many", field({ pattern: "Person%" })],
  ["a name of a column", field({ attribute: "visits", label: "ward" })],
  ["a time that all have", "2021-01-01 00:00:00"],
  ["a coordinate of nobody", field({ east: -1.54399 })],
])("a pack may hold %s", async (_, value) => {
  await expect(refuseClosedValues(store, [["recipes/a.yaml", value]])).resolves.toBeUndefined();
});
