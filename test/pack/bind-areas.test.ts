import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { importDatasource } from "../../kernel/src/importers/run.ts";
import { builtInModels } from "../../kernel/src/models/built-in.ts";
import { boundImporter } from "../../kernel/src/pack/bound.ts";
import { checkContract } from "../../kernel/src/pack/check-contract.ts";
import { ownInputs, parseContract } from "../../kernel/src/pack/contract.ts";
import { describeBound } from "../../kernel/src/pack/describe-bound.ts";
import { fillDummy } from "../../kernel/src/pack/dummy.ts";
import { makePack } from "../../kernel/src/pack/make-pack.ts";
import type { PackFile } from "../../kernel/src/pack/pack-file.ts";
import { type Pack, readPack } from "../../kernel/src/pack/read-pack.ts";
import { tryPack } from "../../kernel/src/pack/use-pack.ts";
import { parseRecipe } from "../../kernel/src/recipe/parse.ts";
import { runRecipe } from "../../kernel/src/recipe/run.ts";
import { temporaryFolder, temporaryStore } from "../support/store.ts";

const folder = temporaryFolder();
const stores: Awaited<ReturnType<typeof temporaryStore>>[] = [];
afterAll(() => {
  for (const store of stores) store.remove();
  folder.remove();
});

const AREAS = parseContract({
  version: 1,
  inputs: [
    {
      provider: "uk.gov.ons",
      subjectType: "lsoa",
      title: "Lower layer super output area",
      shape: "area",
      access: "public",
      names: [],
      labels: ["E0100%"],
      rank: 0,
      attributes: [],
    },
  ],
});

/** A store with areas that everyone knows, made up but coded like those of the census. */
async function storeWithAreas() {
  const store = await temporaryStore();
  stores.push(store);
  await fillDummy(store, AREAS, 1);
  return store;
}

function patients(name: string, numbers: readonly number[]): string {
  const path = join(folder.path, name);
  const rows = numbers.map((number, index) => `E0100${String(index + 1).padStart(4, "0")},${number}`);
  writeFileSync(path, ["lsoa_code,patients", ...rows].join("\n"));
  return path;
}

const recipe = parseRecipe(`
subjects: uk.gov.ons/lsoa
fields:
  patients: { fixed-value: local/patients }
`);

const file: PackFile = {
  name: "patients",
  version: "1.0.0",
  date: "2026-11-26",
  title: "Patients",
  description: "Patients of areas",
  licence: "MIT",
  kind: "pack",
  engine: ">=0.1.0",
  preset: "nhs-hes",
  seed: 1,
  authors: [],
  keywords: [],
};

let pack: Pack;

beforeAll(async () => {
  const store = await storeWithAreas();
  await importDatasource(store, patients("makers.csv", [4711, 17, 4242]), {
    access: "sensitive",
    areas: false,
  });
  const place = join(folder.path, "patients");
  const recipes = new Map([["patients", recipe]]);
  await makePack(store, { file, recipes, models: builtInModels, builtIn: builtInModels }, place);
  pack = readPack(place, { version: "0.1.0", builtIn: builtInModels });
});

it("values of one's own about areas that everyone knows are an input of one's own", () => {
  expect(ownInputs(pack.contract)).toMatchObject([
    {
      subjectType: "lsoa",
      access: "public",
      attributes: [{ label: "patients", access: "sensitive", type: "number" }],
    },
  ]);
});

it("they are made up for the first try", async () => {
  const table = (await tryPack(pack, join(folder.path, "dummy"))).get("patients");
  expect(
    table && [...(table.getChild("patients") ?? [])].map(Number).filter((number) => number > 0).length,
  ).toBe(144);
});

it("a file with codes of the areas is bound to them, under the label of the contract", async () => {
  const store = await storeWithAreas();
  expect(await checkContract(pack.contract, store)).toEqual([
    expect.objectContaining({ input: "lsoa", column: "patients", found: "no such column" }),
  ]);
  const [input] = ownInputs(pack.contract);
  if (!input) throw new Error("the pack has an input of one's own");
  const { importer, reading } = boundImporter(input, patients("mine.csv", [11, 22, 33]), {});
  await importDatasource(store, importer, { ...reading, areas: false, force: true });
  await store.refresh();
  expect(await checkContract(pack.contract, store)).toEqual([]);
  const table = await runRecipe(store, recipe);
  expect([...(table.getChild("patients") ?? [])].map(Number).filter((number) => number > 0)).toEqual([
    11, 22, 33,
  ]);
  expect(describeBound(pack, store, "real")).toContain("| public | mine.csv, 3 values, sensitive, on ");
});

it("what its maker has imported by hand from a publisher is imported by whoever takes the pack", async () => {
  const store = await temporaryStore();
  stores.push(store);
  await importDatasource(store, "london/boroughs");
  const place = join(folder.path, "boroughs");
  const boroughs = parseRecipe("subjects: borough\nfields: { area_km2: { area: km² } }");
  await makePack(
    store,
    { file, recipes: new Map([["boroughs", boroughs]]), models: builtInModels, builtIn: builtInModels },
    place,
  );
  const taken = readPack(place, { version: "0.1.0", builtIn: builtInModels }).recipes.get("boroughs");
  expect(taken?.dataset.datasources).toEqual([
    expect.objectContaining({ importerClass: "london/boroughs", datasourceId: "boroughs" }),
  ]);
  const elsewhere = await temporaryStore();
  stores.push(elsewhere);
  expect(taken && (await runRecipe(elsewhere, taken)).numRows).toBe(33);
});
