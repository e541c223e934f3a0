import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { parseRecipe } from "../../../kernel/src/recipe/parse.ts";
import { computeRecipe } from "../../../kernel/src/recipe/run.ts";
import { showRecipe } from "../../../kernel/src/recipe/show.ts";
import type { Store } from "../../../kernel/src/store/store.ts";
import { loadGiven } from "../../conformance/given.ts";
import { rowsOf, temporaryStore } from "../../support/store.ts";
import { randomRecipe } from "./random-recipe.ts";
import { type Outcome, Reference } from "./reference.ts";
import { buildTown, randomNumbers, townAsGiven } from "./town.ts";

const RECIPES = Number(process.env.TOMBOLO_RANDOM_RECIPES ?? 100);
const town = buildTown(2019);
const reference = new Reference(town);

let store: Store & { remove(): void };
beforeAll(async () => {
  store = await temporaryStore();
  await loadGiven(store, townAsGiven(town));
});
afterAll(() => store.remove());

/** Texts and numbers compare by value; rounding differs in the last digits, and near zero by little. */
function same(got: unknown, expected: Outcome): boolean {
  if (expected === null || expected === undefined) return got === null;
  const [first, second] = [Number(got), Number(expected)];
  if (Number.isFinite(second))
    return got !== null && Math.abs(first - second) <= 1e-9 * Math.max(1, Math.abs(second));
  return got === expected;
}

describe("random recipes give what the slow reference gives", () => {
  test.each(Array.from({ length: RECIPES / 10 }, (_, block) => block))("block %d", async (block) => {
    for (let seed = 10 * block; seed < 10 * block + 10; seed++) {
      const written = randomRecipe(randomNumbers(1 + seed * 7919));
      const recipe = parseRecipe(written);
      const rows = rowsOf((await computeRecipe(store, recipe)).table);
      const things = recipe.dataset.subjects.flatMap((subject) => reference.select(subject));
      expect(rows.map(({ label }) => label)).toEqual(things.map(({ label }) => label));
      for (const field of recipe.dataset.fields) {
        things.forEach((thing, row) => {
          const got = rows[row]?.[field.label ?? ""];
          const expected = reference.evaluate(field, thing);
          if (!same(got, expected))
            throw new Error(
              `seed ${seed}, ${thing.label}: ${String(got)} instead of ${String(expected)}\n${JSON.stringify(field)}`,
            );
        });
      }
    }
  });

  test("and each is the same in every spelling", () => {
    for (let seed = 0; seed < RECIPES; seed++) {
      const recipe = parseRecipe(randomRecipe(randomNumbers(1 + seed * 7919)));
      const nothing = { subjectTypes: [], attributes: [] };
      expect(parseRecipe(showRecipe(recipe, "yaml", nothing))).toEqual(recipe);
      expect(parseRecipe(showRecipe(recipe, "json", nothing))).toEqual(recipe);
    }
  });
});
