import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { builtInModels } from "../../kernel/src/models/built-in.ts";
import { planImports } from "../../kernel/src/recipe/imports.ts";
import { parseRecipe } from "../../kernel/src/recipe/parse.ts";
import { checkDatasources, computeRecipe } from "../../kernel/src/recipe/run.ts";
import { showRecipe } from "../../kernel/src/recipe/show.ts";
import type { Store } from "../../kernel/src/store/store.ts";
import { temporaryStore } from "../support/store.ts";

const folder = new URL("../data/recipes/", import.meta.url).pathname;
const names = readdirSync(folder).map((file) => file.replace(/\.json$/, ""));
const nothing = { subjectTypes: [], attributes: [] };
const read = (name: string) => readFileSync(`${folder}${name}.json`, "utf8");

let store: Store & { remove(): void };
beforeAll(async () => {
  store = await temporaryStore();
});
afterAll(() => store.remove());

test("there are 28 of them", () => {
  expect(names).toHaveLength(28);
});

describe.each(names)("%s", (name) => {
  test("is accepted without a warning", () => {
    const warnings: string[] = [];
    parseRecipe(read(name), { onWarning: (sentence) => warnings.push(sentence) });
    expect(warnings).toEqual(name === "template" ? ['The field "" has no class yet.'] : []);
  });

  test("imports only what there is", async () => {
    await expect(checkDatasources(parseRecipe(read(name)))).resolves.toBeUndefined();
  });

  test("says the same in every spelling", () => {
    const recipe = parseRecipe(read(name));
    expect(parseRecipe(showRecipe(recipe, "json", nothing))).toEqual(recipe);
    expect(parseRecipe(showRecipe(recipe, "yaml", nothing))).toEqual(recipe);
  });

  test("runs on an empty store, once all is imported that it names", async () => {
    const recipe = parseRecipe(read(name));
    const wanted = planImports(recipe, builtInModels);
    const imported: unknown[] = [];
    const running = computeRecipe(store, recipe, {
      importing: async (datasource) => {
        imported.push(datasource);
      },
    });
    if (name === "template") {
      await expect(running).rejects.toThrow("the field has no class yet");
      expect(imported).toEqual([]);
      return;
    }
    expect((await running).table.numRows).toBe(0);
    expect(imported).toEqual(wanted);
  });
});

test("models bring their own datasources, depth first and each once", () => {
  const [first, ...others] = planImports(parseRecipe(read("city-indices-active-transport")), builtInModels);
  expect(
    [first, ...others].map((each) => `${each?.importerClass.split(".").at(-1)}:${each?.datasourceId}`),
  ).toEqual([
    "OaImporter:lsoa",
    "OaImporter:msoa",
    "OaImporter:localAuthority",
    "TrafficCountImporter:trafficCounts",
    "OSMImporter:OSMCycling",
    "OSMImporter:OSMHighways",
    "CensusImporter:qs701ew",
  ]);
});

test("datasources given with a model replace those of the models in it too", () => {
  const recipe = parseRecipe({
    subjects: "uk.gov.ons/lsoa",
    fields: {
      index: {
        model: "city-indices/active-transport/ActiveTransportIndex",
        datasources: ["london/boroughs"],
      },
    },
  });
  expect(planImports(recipe, builtInModels).map(({ datasourceId }) => datasourceId)).toEqual([
    "london/boroughs",
  ]);
});
