import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { parseRecipe } from "../../kernel/src/recipe/parse.ts";
import { computeRecipe } from "../../kernel/src/recipe/run.ts";
import { loadGiven } from "../conformance/given.ts";
import { randomRecipe } from "../recipe/town/random-recipe.ts";
import { buildTown, randomNumbers, townAsGiven } from "../recipe/town/town.ts";
import { findPostgis, type MirroredStore, openMirroredStore } from "../support/postgis.ts";
import { rowsOf } from "../support/store.ts";

const RECIPES = Number(process.env.TOMBOLO_RANDOM_RECIPES ?? 40);
const found = findPostgis();

if ("reason" in found) {
  test.skip(`${found.reason}`, () => undefined);
} else {
  let stores: MirroredStore;
  beforeAll(async () => {
    stores = await openMirroredStore(found.programs);
    await loadGiven(stores.store, townAsGiven(buildTown(2019)));
  }, 60_000);
  afterAll(() => stores?.close());

  // The same recipes are compared with the slow reference in test/recipe/town.
  test.each(Array.from({ length: RECIPES }, (_, seed) => seed))(
    "random recipe %d: PostGIS gives what DuckDB gives",
    async (seed) => {
      const recipe = parseRecipe(randomRecipe(randomNumbers(1 + seed * 7919)));
      const [here, there] = [
        rowsOf((await computeRecipe(stores.store, recipe)).table),
        rowsOf((await computeRecipe(stores.mirrored, recipe)).table),
      ];
      expect(there.map(({ label }) => label)).toEqual(here.map(({ label }) => label));
      const columns = recipe.dataset.fields.map(({ label = "" }) => label);
      for (const [row, values] of here.entries())
        for (const column of columns) expectSame(there[row]?.[column], values[column], column);
    },
  );
}

function expectSame(got: unknown, wanted: unknown, column: string): void {
  if (typeof wanted === "number" && typeof got === "number") {
    expect(Math.abs(got - wanted)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(wanted)));
    return;
  }
  expect([column, got]).toEqual([column, wanted]);
}
