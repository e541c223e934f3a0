import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Table } from "apache-arrow";
import { DUMMY_SOURCE } from "../../kernel/src/engine/dummy.ts";
import { accessOf, numbersOf, sourceOf } from "../../kernel/src/engine/result-columns.ts";
import { builtInModels } from "../../kernel/src/models/built-in.ts";
import { fillDummy } from "../../kernel/src/pack/dummy.ts";
import { parseSource } from "../../kernel/src/pack/fetch/source.ts";
import { makePack } from "../../kernel/src/pack/make-pack.ts";
import type { PackFile } from "../../kernel/src/pack/pack-file.ts";
import { readPack } from "../../kernel/src/pack/read-pack.ts";
import { openDummyStore, runPack } from "../../kernel/src/pack/use-pack.ts";
import { parseRecipe } from "../../kernel/src/recipe/parse.ts";
import { runRecipe } from "../../kernel/src/recipe/run.ts";
import { temporaryFolder, temporaryStore } from "../support/store.ts";

const folder = temporaryFolder();
afterAll(() => folder.remove());

const own = { version: "0.1.0", builtIn: builtInModels };
const file: PackFile = {
  name: "clinics",
  version: "1.0.0",
  date: "2026-11-26",
  title: "People seen at clinics",
  description: "How many people the clinics of an area have seen.",
  licence: "MIT",
  kind: "pack",
  engine: ">=0.1.0",
  preset: "nhs-hes",
  seed: 7,
  authors: [],
  keywords: ["health"],
};

/** Areas, clinics and their counts of people, which are sensitive; made by hand. */
async function hospitalStore() {
  const store = await temporaryStore();
  await fillDummy(
    store,
    {
      version: 1,
      inputs: [
        {
          provider: "uk.gov.ons",
          subjectType: "lsoa",
          title: "Lower layer super output area",
          shape: "area",
          access: "public",
          names: ["Leeds%"],
          labels: [],
          rank: 0,
          attributes: [
            {
              provider: "uk.gov.ons",
              label: "population",
              description: "Residents",
              values: "timed",
              type: "number",
              kind: "count",
            },
          ],
        },
        {
          provider: "org.clinic",
          subjectType: "clinic",
          title: "Clinic",
          shape: "point",
          access: "sensitive",
          names: [],
          labels: [],
          rank: 0,
          attributes: [
            {
              provider: "org.clinic",
              label: "seen",
              description: "People seen",
              values: "timed",
              type: "number",
              kind: "count",
            },
            {
              provider: "org.clinic",
              label: "ward",
              description: "Ward",
              values: "fixed",
              type: "text",
              kind: "category",
            },
          ],
        },
      ],
    },
    1,
  );
  return store;
}

const recipe = parseRecipe(`
subjects: { provider: uk.gov.ons, subjectType: lsoa, matchRule: { attribute: name, pattern: "Leeds%" } }
fields:
  people: { latest-value: uk.gov.ons/population }
  seen: { sum-within: org.clinic/clinic, field: { latest-value: org.clinic/seen } }
  share: { arithmetic: seen / people }
`);

let made: string;
let original: Table;

beforeAll(async () => {
  const store = await hospitalStore();
  try {
    original = await runRecipe(store, recipe);
    made = join(folder.path, "clinics");
    const content = {
      file,
      recipes: new Map([["clinics", recipe]]),
      models: builtInModels,
      builtIn: builtInModels,
    };
    await makePack(store, content, made);
  } finally {
    store.remove();
  }
});

it("is a folder of texts with schemas and without data", () => {
  expect(readdirSync(made).sort()).toEqual([
    "README.md",
    "contract.json",
    "datapackage.json",
    "package.json",
    "recipes",
    "ro-crate-metadata.json",
    "tests",
    "tombolo.json",
    "tombolo.lock",
  ]);
  const contract = JSON.parse(readFileSync(join(made, "contract.json"), "utf8"));
  expect(
    contract.inputs.map(({ subjectType, shape }: { subjectType: string; shape: string }) => [
      subjectType,
      shape,
    ]),
  ).toEqual([
    ["lsoa", "area"],
    ["clinic", "point"],
  ]);
});

it("its page says how it is taken from a folder, from Git and from npm", () => {
  const page = readFileSync(join(made, "README.md"), "utf8");
  const ways = [...page.matchAll(/`%use (\S+)`/g)].map(([, way = ""]) => parseSource(way, folder.path).kind);
  expect(ways).toEqual(["folder", "folder", "git", "git", "npm"]);
});

it("made again keeps what lies beside its files, and drops recipes that are gone", async () => {
  const place = join(folder.path, "again");
  cpSync(made, place, { recursive: true });
  for (const name of ["LICENSE", "clinics.ipynb", join("recipes", "old.yaml")])
    writeFileSync(join(place, name), "mine");
  mkdirSync(join(place, ".git"));
  writeFileSync(join(place, ".git", "HEAD"), "ref: refs/heads/main");
  const store = await hospitalStore();
  try {
    const recipes = new Map([["clinics", recipe]]);
    await makePack(store, { file, recipes, models: builtInModels, builtIn: builtInModels }, place);
  } finally {
    store.remove();
  }
  expect(readdirSync(place)).toEqual(expect.arrayContaining([".git", "LICENSE", "clinics.ipynb"]));
  expect(readFileSync(join(place, ".git", "HEAD"), "utf8")).toBe("ref: refs/heads/main");
  expect(readdirSync(join(place, "recipes"))).toEqual(["clinics.yaml"]);
});

it("runs on dummy data made from its contract, and says so", async () => {
  const pack = readPack(made, own);
  const store = await openDummyStore(pack, join(folder.path, "dummy"));
  try {
    const table = (await runPack(pack, store)).get("clinics");
    if (!table) throw new Error("no result");
    expect(table.numRows).toBe(144);
    expect(numbersOf(table, "share").filter((value) => value > 0).length).toBeGreaterThan(50);
    expect(sourceOf(table)).toBe(DUMMY_SOURCE);
    expect(accessOf(table)).toBe("public");
    // The dummy numbers come from the seed alone.
    expect([...numbersOf(table, "people")]).not.toEqual([...numbersOf(original, "people")]);
  } finally {
    store.close();
  }
});

it("gives the same dummy data to everyone", async () => {
  const pack = readPack(made, own);
  const columns = await Promise.all(
    ["a", "b"].map(async (place) => {
      const store = await openDummyStore(pack, join(folder.path, place));
      try {
        return [...numbersOf((await runPack(pack, store)).get("clinics") ?? original, "seen")];
      } finally {
        store.close();
      }
    }),
  );
  expect(columns[0]).toEqual(columns[1]);
});

/** Columns of which each is twice the one before; made by hand. */
const doubling = (count: number): string =>
  [
    "subjects: uk.gov.ons/lsoa",
    "fields:",
    "  c0: { area: km² }",
    ...Array.from(
      { length: count },
      (_, index) =>
        `  c${index + 1}: { arithmetic: { operation: add, field1: c${index}, field2: c${index} } }`,
    ),
  ].join("\n");

/** A list of ten lists of ten lists, and so on. */
const aliases = (count: number): string =>
  [
    "a0: &a0 [x, x, x, x, x, x, x, x, x, x]",
    ...Array.from(
      { length: count },
      (_, index) => `a${index + 1}: &a${index + 1} [${Array(10).fill(`*a${index}`).join(", ")}]`,
    ),
    "subjects: uk.gov.ons/lsoa",
  ].join("\n");

const edit = (place: string, file: string, change: (text: string) => string): void =>
  writeFileSync(join(place, file), change(readFileSync(join(place, file), "utf8")));

describe("a hostile pack", () => {
  const hostile: [string, (place: string) => void, RegExp][] = [
    [
      "with a link out of its folder",
      (place) => symlinkSync("/etc/passwd", join(place, "notes.txt")),
      /"notes\.txt" is a link/,
    ],
    [
      "whose columns are made of each other twice over",
      (place) => writeFileSync(join(place, "recipes", "clinics.yaml"), doubling(60)),
      /made of each other too many times over/,
    ],
    [
      "with aliases that multiply",
      (place) => writeFileSync(join(place, "recipes", "clinics.yaml"), aliases(12)),
      /not YAML: Excessive alias count/,
    ],
    [
      "with a prototype in its JSON",
      (place) => edit(place, "tombolo.json", (text) => text.replace("{", '{"__proto__":{"authors":[]},')),
      /no property "__proto__"/,
    ],
    [
      "with a contract that names a file",
      (place) => edit(place, "contract.json", (text) => text.replace("{", '{"data":"/etc/passwd",')),
      /it has no property "data"/,
    ],
    [
      "with a contract of a hundred thousand inputs",
      (place) =>
        writeFileSync(
          join(place, "contract.json"),
          JSON.stringify({ version: 1, inputs: Array(100_000).fill(null) }),
        ),
      /more than 100 inputs/,
    ],
    [
      "with a title of a million letters",
      (place) =>
        edit(place, "tombolo.json", (text) => text.replace('"title": "', `"title": "${"x".repeat(1e6)}`)),
      /title is longer than 2000 letters/,
    ],
    ["with code", (place) => writeFileSync(join(place, "run.js"), ""), /"run\.js" is neither a recipe/],
    [
      "with an installation script",
      (place) => writeFileSync(join(place, "package.json"), '{"scripts":{"postinstall":"rm -rf /"}}'),
      /would run a script at postinstall/,
    ],
    [
      "whose package.json offers code",
      (place) => writeFileSync(join(place, "package.json"), '{"main":"data:text/javascript,1"}'),
      /offers code/,
    ],
    [
      "with two files that are one where case does not count",
      (place) => {
        for (const name of ["Notes.txt", "notes.txt"]) writeFileSync(join(place, name), name);
      },
      /"Notes\.txt" and "notes\.txt" are one file on some machines/,
    ],
    [
      "whose recipe grows out of a few lines",
      (place) => {
        const lines = Array.from(
          { length: 12 },
          (_, level) => `l${level}: &l${level} [${Array(9).fill(level === 0 ? "x" : `*l${level - 1}`)}]`,
        );
        writeFileSync(join(place, "recipes", "clinics.yaml"), lines.join("\n"));
      },
      /recipes\/clinics\.yaml of the pack: .*alias/i,
    ],
    [
      "with too much in it",
      (place) => writeFileSync(join(place, "big.txt"), "x".repeat(10_000_001)),
      /more than 10 MB/,
    ],
    [
      "whose recipe reads a file of yours",
      (place) =>
        writeFileSync(
          join(place, "recipes", "clinics.yaml"),
          "subjects: lsoa\ndatasources:\n  - { importerClass: own, datasourceId: x, localData: [/etc/passwd] }\nfields: { a: { constant: 1 } }",
        ),
      /would read a file of yours, "\/etc\/passwd"/,
    ],
    [
      "whose recipe is no recipe",
      (place) =>
        writeFileSync(join(place, "recipes", "clinics.yaml"), "fields: { a: { eval: process.exit() } }"),
      /recipes\/clinics\.yaml of the pack/,
    ],
    [
      "whose name is a path",
      (place) =>
        writeFileSync(join(place, "tombolo.json"), JSON.stringify({ ...file, name: "../../clinics" })),
      /is no name for a pack/,
    ],
    [
      "for another version",
      (place) => writeFileSync(join(place, "tombolo.json"), JSON.stringify({ ...file, engine: ">=9" })),
      /works with Tombolo >=9, and this is 0\.1\.0/,
    ],
    [
      "with a contract of nothing",
      (place) => writeFileSync(join(place, "contract.json"), '{"version":1,"inputs":[{"provider":"a"}]}'),
      /contract\.json of the pack: a\/undefined has an unknown shape/,
    ],
  ];

  it.each(hostile)("%s is refused in a sentence", (name, spoil, message) => {
    const place = join(folder.path, name.replace(/\W/g, "-"));
    cpSync(made, join(place, "pack"), { recursive: true });
    spoil(join(place, "pack"));
    expect(() => readPack(join(place, "pack"), own)).toThrow(message);
  });
});
