import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { builtInModels } from "../../kernel/src/models/built-in.ts";
import { cellOfModel, recipeOfModel } from "../../kernel/src/models/recipe-of-model.ts";
import type { Model } from "../../kernel/src/recipe/model.ts";
import { parseRecipe } from "../../kernel/src/recipe/parse.ts";
import { computeRecipe } from "../../kernel/src/recipe/run.ts";
import type { Store } from "../../kernel/src/store/store.ts";
import { loadGiven } from "../conformance/given.ts";
import { rowsOf, temporaryStore } from "../support/store.ts";
import { buildCity } from "./city.ts";

let store: Store & { remove(): void };
beforeAll(async () => {
  store = await temporaryStore();
  await loadGiven(store, buildCity());
});
afterAll(() => store.remove());

const model = (name: string): Model => {
  const found = builtInModels.find(name);
  if (!found) throw new Error(`no model ${name}`);
  return found;
};

/** The columns of a model for L1 to L6. */
async function columnsOf(name: string): Promise<Record<string, unknown[]>> {
  const recipe = parseRecipe(recipeOfModel(model(name), "uk.gov.ons/lsoa", false));
  const { table } = await computeRecipe(store, recipe, { importing: async () => undefined });
  const rows = rowsOf(table);
  expect(rows.map(({ label }) => label)).toEqual(["L1", "L2", "L3", "L4", "L5", "L6"]);
  return Object.fromEntries(
    recipe.dataset.fields.map(({ label = "" }) => [label, rows.map((row) => row[label])]),
  );
}

/** Numbers agree to so many parts, and what is missing is missing. */
function expectColumn(
  got: readonly unknown[] | undefined,
  expected: readonly (number | null)[],
  tolerance = 1e-9,
): void {
  expect(got).toHaveLength(expected.length);
  expected.forEach((value, row) => {
    if (value === null) expect(got?.[row]).toBeNull();
    else
      expect(Math.abs(Number(got?.[row]) - value)).toBeLessThanOrEqual(
        tolerance * Math.max(1, Math.abs(value)),
      );
  });
}

// Areas of the same shape differ by so much across the town on the National Grid.
const GRID = 2e-3;

test("active transport, its parts and where they fall back", async () => {
  const columns = await columnsOf("city-indices/active-transport");
  // L2 takes its msoa's share, L5 its authority's, and L6 is in nothing.
  const cycles = [0.25, 0.25, 0.1, 0.1, 110 / 500, 0];
  const lanes = [0.5, 0.5, 0, 0, 2 / 6, 0];
  const work = [0.15, 0.15, 0.15, 0.15, 0.15, null];
  expectColumn(columns["component:proportion_of_cycles_to_cars"], cycles);
  expectColumn(columns["component:cycle_lane_score"], lanes);
  expectColumn(columns["component:travel_to_work_score"], work);
  const index = work.map((share, row) =>
    share === null ? null : (cycles[row] ?? 0) + (lanes[row] ?? 0) + share,
  );
  expectColumn(columns["index:active_transport"], index);
});

test("social isolation and its six shares", async () => {
  const columns = await columnsOf("city-indices/social-isolation");
  const areas = [0, 1, 2, 3, 4, 5];
  const parts = {
    over_65: areas.map((area) => (35 * (area + 1) + 5) / 1000),
    renting: areas.map((area) => (30 + 10 * (area + 1)) / 200),
    widowed_divorced_separated: areas.map(() => 60 / 600),
    bad_or_very_bad_health: areas.map(() => 0.05),
    limited: areas.map((area) => (160 - 10 * area) / 1000),
    deprived_2_or_more: areas.map(() => 0.35),
  };
  for (const [name, shares] of Object.entries(parts))
    expectColumn(columns[`component:fraction_${name}`], shares);
  const index = areas.map((area) =>
    Object.values(parts).reduce((sum, shares) => sum + (shares[area] ?? 0), 0),
  );
  expectColumn(columns["index:social_isolation"], index);
});

test("green space: what lies in one another counts twice, what crosses the border not at all", async () => {
  const columns = await columnsOf("city-indices/green-space");
  const [area = 0] = (columns["component:area"] ?? []).map(Number);
  // 1/64° by 1/64° at 51.5° north: 1738.5 m by 1086 m.
  expect(Math.abs(area / 1_887_000 - 1)).toBeLessThan(0.003);
  const share = 1 / 16 + 1 / 64;
  expectColumn(columns["index:green_space"], [share, 0, 0, 0, 0, 0], GRID);
  expectColumn(columns["component:sum_of_green_space_areas"], [share * area, 0, 0, 0, 0, 0], GRID);
});

test("land-use diversity: by number, and the spread of the shares of area", async () => {
  const columns = await columnsOf("city-indices/land-use-diversity");
  expectColumn(columns["component:residential_landuse"], [2 / 4, 0, null, null, null, null]);
  const shares = [[0, 1 / 8, 1 / 16], [1 / 8, 0, 0], ...Array.from({ length: 4 }, () => [0, 0, 0])];
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const variances = shares.map(
    (values) => values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / 2,
  );
  expectColumn(columns["index:landuse_variance"], variances, GRID);
  const variation = shares.map((values, row) =>
    mean(values) === 0 ? null : Math.sqrt(variances[row] ?? 0) / mean(values),
  );
  expectColumn(columns["index:landuse_coefficient_of_variation"], variation, GRID);
});

test("social resilience: three quartiles, and the quartile of their sum", async () => {
  const columns = await columnsOf("city-indices/social-resilience");
  // Shares 0.06, 0.05 … 0.01 have the boundaries 0.0175, 0.035, 0.0525 and 0.06.
  expectColumn(columns["component:disability"], [1, 2, 2, 3, 3, 4]);
  expectColumn(columns["component:overcrowding"], [4, 3, 3, 2, 2, 1]);
  expectColumn(columns["component:gps"], [1, 2, 2, 3, 3, 4]);
  // Sums 6 7 7 8 8 9 have the boundaries 6.75, 7.5, 8.25 and 9.
  expectColumn(columns["index:social_resilience"], [1, 2, 2, 3, 3, 4]);
});

test("the percentiles of 2019 stay missing where no reference subject has a value", async () => {
  const recipe = parseRecipe({
    subjects: "uk.gov.ons/lsoa",
    fields: { q: { quartile: { value: "uk.gov.ons/never" }, subjects: "uk.gov.ons/lsoa", missing: "skip" } },
  });
  const { missing } = await computeRecipe(store, recipe);
  expect(missing).toEqual([
    {
      label: "q",
      count: 6,
      total: 6,
      reasons: [{ reason: "the subject has no value of uk.gov.ons/never", count: 6 }],
    },
  ]);
});

describe("all models", () => {
  const names = builtInModels.names();

  test("are the 40 of 2019 and the five indices with their parts", () => {
    expect(names.filter((name) => Object.keys(model(name).columns).length === 0)).toHaveLength(40);
    expect(names).toHaveLength(45);
  });

  test.each(names)("%s says what it is, and opens as a recipe cell that is valid", (name) => {
    const { title, description } = model(name);
    expect(title.length).toBeGreaterThan(3);
    expect(description).toMatch(/\.$/);
    const [head = "", ...lines] = cellOfModel(model(name), 'lsoa in "Leeds"').split("\n");
    expect(head).toMatch(/^%%recipe \w+$/);
    const recipe = parseRecipe(lines.join("\n"));
    expect(recipe.dataset.subjects[0]?.geoMatchRule?.subjects[0]?.matchRule?.pattern).toBe("Leeds");
  });

  test("none of their warnings reach who uses them, but for what the store lacks", async () => {
    for (const name of names) {
      const warnings: string[] = [];
      const recipe = parseRecipe(recipeOfModel(model(name), "uk.gov.ons/lsoa", false));
      await computeRecipe(store, recipe, {
        importing: async () => undefined,
        onWarning: (sentence) => warnings.push(sentence),
      });
      expect(
        warnings.filter((sentence) => !/values are missing|the store has no|The store has no/.test(sentence)),
      ).toEqual([]);
    }
  });
});
