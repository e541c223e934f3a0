import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { fields } from "../../kernel/src/fields/build.ts";
import { builtInModels } from "../../kernel/src/models/built-in.ts";
import { recipe } from "../../kernel/src/recipe/build.ts";
import { planImports } from "../../kernel/src/recipe/imports.ts";
import { parseRecipe } from "../../kernel/src/recipe/parse.ts";
import type { Recipe } from "../../kernel/src/recipe/recipe.ts";
import { computeRecipe } from "../../kernel/src/recipe/run.ts";
import { showRecipe } from "../../kernel/src/recipe/show.ts";
import { recipeTree, treeText } from "../../kernel/src/recipe/tree.ts";
import type { Store } from "../../kernel/src/store/store.ts";
import { loadGiven } from "../conformance/given.ts";
import { buildCity } from "../models/city.ts";
import { rowsOf, temporaryStore } from "../support/store.ts";

const NO2_BY_BOROUGH = `
subjects: localAuthority labelled "E09%"
fields:
  no2: { mean-within: airQualityControl, field: erg.kcl.ac.uk/NO2 40 ug/m3 as an annual mean }
`;

const SHOWCASE = `
subjects: uk.gov.ons/lsoa in uk.gov.ons/localAuthority labelled "E090%"
datasources: [ons/oa/lsoa, ons/oa/msoa, ons/oa/localAuthority, { dft/traffic-counts/trafficCounts: London }, lac/laqn]
fields:
  NitrogenDioxide:
    back-off: [{ mean-within: erg.kcl.ac.uk/airQualityControl, field: { latest-value: erg.kcl.ac.uk/NO2 40 ug/m3 as an annual mean } }]
    to: [uk.gov.ons/msoa, uk.gov.ons/localAuthority]
  BicycleFraction:
    back-off:
      - arithmetic:
          operation: div
          field1: { sum-within: uk.gov.dft/trafficCounter, field: { latest-value: uk.gov.dft/CountPedalCycles } }
          field2: { sum-within: uk.gov.dft/trafficCounter, field: { latest-value: uk.gov.dft/CountCarsTaxis } }
    to: [uk.gov.ons/msoa, uk.gov.ons/localAuthority]
`;

const lines = (text: string) => text.trim().split("\n").length;

let store: Store & { remove(): void };
beforeAll(async () => {
  const city = buildCity();
  store = await temporaryStore();
  const sites = ["L1", "L3"].map((_, index) => ({
    provider: "erg.kcl.ac.uk",
    subjectType: "airQualityControl",
    label: `site${index}`,
    name: null,
    geometry: `POINT (${-0.12 + index / 32} 51.51)`,
  }));
  const no2 = sites.map(({ label }, index): [string, string, string, string, number] => [
    label,
    "erg.kcl.ac.uk",
    "NO2 40 ug/m3 as an annual mean",
    "2010-12-31T23:59:59",
    30 + 10 * index,
  ]);
  const subjects = [...(city.subjects ?? []), ...sites].map((each) =>
    each.subjectType === "localAuthority" ? { ...each, label: "E09000001" } : each,
  );
  await loadGiven(store, { ...city, subjects, timedValues: [...(city.timedValues ?? []), ...no2] });
});
afterAll(() => store.remove());

const compute = async (recipe: Recipe) =>
  rowsOf((await computeRecipe(store, recipe, { importing: async () => undefined })).table);

/** Fields with a label of their own inside others, one for each kind of builder. */
const LABELLED = `
subjects: area
fields:
  parts: { wrapper: [{ constant: 1, label: one }, { constant: , label: none }, { subject-name: , label: name }, { arithmetic: 1 + 2, label: three }] }
  around: { containing: district, field: { sum: [1, 2], label: both } }
`;

describe("recipes are short", () => {
  test("NO2 by borough takes three lines", async () => {
    expect(lines(NO2_BY_BOROUGH)).toBeLessThanOrEqual(3);
    expect(await compute(parseRecipe(NO2_BY_BOROUGH))).toMatchObject([{ no2: 35 }]);
  });

  test("the showcase with its back-off takes fifteen lines at most, and says what the long one says", async () => {
    expect(lines(SHOWCASE)).toBeLessThanOrEqual(15);
    const file = new URL(
      "../data/recipes/london-cycle-traffic-air-quality-lsoa-backoff.json",
      import.meta.url,
    );
    const long = await compute(parseRecipe(readFileSync(file, "utf8")));
    const short = await compute(parseRecipe(SHOWCASE));
    expect(short).toEqual(long);
    expect(short.map(({ NitrogenDioxide, BicycleFraction }) => [NitrogenDioxide, BicycleFraction])).toEqual([
      [30, 100 / 300],
      [30, 100 / 300],
      [40, 10 / 90],
      [40, 10 / 90],
      [35, 110 / 390],
    ]);
  });

  test("near names are offered for an attribute, a type and a field", async () => {
    await expect(
      compute(parseRecipe(NO2_BY_BOROUGH.replace("airQualityControl", "airQualtyControl"))),
    ).rejects.toThrow(
      'fields.no2.subject: there is no subject type "airQualtyControl" in the store. Did you mean "airQualityControl"?',
    );
    const warnings: string[] = [];
    const typo = parseRecipe(
      "subjects: localAuthority\nfields: { x: { value: uk.gov.dft/CountCarTaxis } }\n",
    );
    await computeRecipe(store, typo, { onWarning: (sentence) => warnings.push(sentence) });
    expect(warnings[0]).toMatch(
      /^x: the store has no attribute "uk.gov.dft\/CountCarTaxis". Did you mean "uk.gov.dft\/CountCarsTaxis"/,
    );
    expect(() => parseRecipe(NO2_BY_BOROUGH.replace("mean-within", "mean-witin"))).toThrow(
      'fields.no2.mean-witin: unknown field "mean-witin". Did you mean "mean-within"',
    );
  });
});

describe("TypeScript builds the same", () => {
  test("as YAML", () => {
    const built = recipe({
      subjects: 'localAuthority labelled "E09%"',
      fields: {
        no2: fields.meanWithin("airQualityControl", {
          field: "erg.kcl.ac.uk/NO2 40 ug/m3 as an annual mean",
        }),
      },
    });
    expect(built).toEqual(parseRecipe(NO2_BY_BOROUGH));
  });

  test.each([NO2_BY_BOROUGH, SHOWCASE, LABELLED])(
    "and what is shown as TypeScript runs back to itself",
    (text) => {
      const parsed = parseRecipe(text);
      const shown = showRecipe(parsed, "typescript", { subjectTypes: [], attributes: [] });
      const run = new Function("recipe", "fields", `return ${shown}`);
      expect(run(recipe, fields)).toEqual(parsed);
    },
  );
});

test("datasources in words", () => {
  const wanted = planImports(parseRecipe(SHOWCASE), builtInModels);
  expect(wanted[3]).toEqual({
    importerClass: "dft/traffic-counts/trafficCounts",
    datasourceId: "dft/traffic-counts/trafficCounts",
    geographyScope: ["London"],
  });
});

test("a recipe is drawn as a tree", () => {
  expect(treeText(recipeTree(parseRecipe(NO2_BY_BOROUGH)))).toBe(
    [
      "recipe",
      '├─ subjects: localAuthority labelled "E09%"',
      "└─ no2 = mean-within",
      "   ├─ subjects: airQualityControl",
      "   └─ value: NO2 40 ug/m3 as an annual mean",
    ].join("\n"),
  );
});
