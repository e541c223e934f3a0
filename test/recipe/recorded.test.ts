import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { importDatasource } from "../../kernel/src/importers/run.ts";
import { parseRecipe } from "../../kernel/src/recipe/parse.ts";
import type { Recipe } from "../../kernel/src/recipe/recipe.ts";
import { computeRecipe } from "../../kernel/src/recipe/run.ts";
import type { Store } from "../../kernel/src/store/store.ts";
import { describeWhere } from "../support/describe-where.ts";
import { rowsOf, temporaryStore } from "../support/store.ts";

const cache = fileURLToPath(new URL("../../../shared/fixtures/tombolo-datacache", import.meta.url));
const missing = existsSync(join(cache, "manifest.json"))
  ? undefined
  : `the recorded downloads are not at ${cache}`;

const recipes = new URL("../data/recipes/", import.meta.url).pathname;
const example = (name: string) => {
  // Air quality was recorded for one year.
  const text = readFileSync(`${recipes}${name}.json`, "utf8");
  const id = '"datasourceId": "airQualityControl"';
  return parseRecipe(text.replace(id, `${id}, "temporalScope": [2010]`));
};

describeWhere(missing, "example recipes on recorded downloads", () => {
  let store: Store & { remove(): void };
  beforeAll(async () => {
    store = await temporaryStore();
  });
  afterAll(() => store.remove());

  const run = (recipe: Recipe) =>
    computeRecipe(store, recipe, {
      importing: async (datasource) => {
        await importDatasource(store, datasource, { cache, offline: true });
      },
    });
  const compute = async (name: string) => rowsOf((await run(example(name))).table);

  test("newest NO2 at each site of London", async () => {
    const rows = await compute("london-no2");
    // As the importer's own test has it: BG1 in Barking and Dagenham, 26 µg/m³ in 2010.
    expect(rows.find(({ label }) => label === "BG1")?.["Anual NO2"]).toBe(26);
    expect(rows.length).toBeGreaterThan(50);
  });

  test("NO2 and bicycles by borough: those recorded are the City and Hounslow", async () => {
    const rows = await compute("london-cycle-traffic-air-quality");
    expect(rows.map(({ label }) => label).sort()).toEqual(["E09000001", "E09000018"]);
    const sites = rowsOf(
      await store.engine.query(`SELECT b.label AS borough, avg(v.value) AS no2 FROM subjects b
        JOIN subjects s ON s.subject_type = 'airQualityControl' AND ST_Within(s.shape, b.shape)
        JOIN timed_values v ON v.subject_label = s.label AND v.attribute = 'NO2 40 ug/m3 as an annual mean'
        WHERE b.subject_type = 'localAuthority' GROUP BY b.label`),
    );
    for (const { label, NitrogenDioxide } of rows) {
      const expected = sites.find(({ borough }) => borough === label)?.no2 ?? null;
      if (expected === null) expect(NitrogenDioxide).toBeNull();
      else expect(Number(NitrogenDioxide)).toBeCloseTo(Number(expected), 9);
    }
  });

  test("the showcase with its back-off, over all areas that were recorded", async () => {
    const recipe = example("london-cycle-traffic-air-quality-lsoa-backoff");
    const everywhere = {
      ...recipe,
      dataset: { ...recipe.dataset, subjects: [{ provider: "uk.gov.ons", subjectType: "lsoa" }] },
    };
    const rows = rowsOf((await run(everywhere)).table);
    expect(rows).toHaveLength(100);
    // The same by hand: the mean of the sites within, of the area itself, else of what contains it.
    const meanOf = (
      area: string,
    ) => `(SELECT avg(v.value) FROM subjects s JOIN timed_values v ON v.subject_label = s.label
      WHERE s.subject_type = 'airQualityControl' AND v.attribute = 'NO2 40 ug/m3 as an annual mean' AND ST_Within(s.shape, ${area}))`;
    const around = (type: string) =>
      `(SELECT ${meanOf("c.shape")} FROM subjects c WHERE c.subject_type = '${type}' AND ST_Contains(c.shape, a.shape))`;
    const byHand = rowsOf(
      await store.engine.query(`SELECT a.label, coalesce(${meanOf("a.shape")}, ${around("msoa")}, ${around("localAuthority")}) AS no2
        FROM subjects a WHERE a.subject_type = 'lsoa'`),
    );
    const expected = new Map(byHand.map(({ label, no2 }) => [label, no2]));
    expect(byHand.filter(({ no2 }) => no2 !== null).length).toBeGreaterThan(10);
    for (const { label, NitrogenDioxide } of rows) {
      const value = expected.get(label) ?? null;
      if (value === null) expect(NitrogenDioxide).toBeNull();
      else expect(Number(NitrogenDioxide)).toBeCloseTo(Number(value), 9);
    }
  });
});
