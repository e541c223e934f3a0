import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { blankComments } from "../../kernel/src/recipe/comments.ts";
import { parseRecipe } from "../../kernel/src/recipe/parse.ts";
import type { Recipe } from "../../kernel/src/recipe/recipe.ts";
import { computeRecipe } from "../../kernel/src/recipe/run.ts";
import { showRecipe } from "../../kernel/src/recipe/show.ts";
import type { Store } from "../../kernel/src/store/store.ts";
import { loadGiven } from "../conformance/given.ts";
import { rowsOf, temporaryStore } from "../support/store.ts";
import { choose, mutate, type Random } from "./mutate.ts";
import { randomRecipe } from "./town/random-recipe.ts";
import { buildTown, randomNumbers, townAsGiven } from "./town/town.ts";

const MUTATIONS = 5000;
/** Every so many of those that are accepted are computed too. */
const COMPUTED = 75;

const folder = new URL("../data/recipes/", import.meta.url).pathname;
const examples: unknown[] = readdirSync(folder).map((file) =>
  JSON.parse(blankComments(readFileSync(folder + file, "utf8"))),
);
const nothing = { subjectTypes: [], attributes: [] };

let store: Store & { remove(): void };
beforeAll(async () => {
  store = await temporaryStore();
  await loadGiven(store, townAsGiven(buildTown(7)));
});
afterAll(() => store.remove());

/** A refusal is a sentence that names the place; anything else is a crash. */
function wrongRefusal(error: unknown): string | undefined {
  if (!(error instanceof Error) || error.name !== "UserError")
    return `crash: ${error instanceof Error ? error.stack : String(error)}`;
  if (/\n\s+at |\bSELECT\b|undefined|\[object/.test(error.message)) return `no sentence: ${error.message}`;
  if (error.message.length < 15) return `too short: ${error.message}`;
  return undefined;
}

function attempt(value: unknown, random: Random): Recipe | undefined {
  try {
    const text = random() < 0.5 ? JSON.stringify(value) : value;
    return parseRecipe(text);
  } catch (error) {
    const wrong = wrongRefusal(error);
    if (wrong !== undefined) throw new Error(`${wrong}\n${JSON.stringify(value).slice(0, 3000)}`);
    return undefined;
  }
}

describe("mutated recipes", () => {
  test(`${MUTATIONS} are accepted, or refused with a sentence`, async () => {
    const random = randomNumbers(20_180_316);
    let accepted = 0;
    let refused = 0;
    for (let index = 0; index < MUTATIONS; index++) {
      const source = index % 2 === 0 ? choose(random, examples) : randomRecipe(random);
      const recipe = attempt(mutate(source, random), random);
      if (!recipe) {
        refused++;
        continue;
      }
      accepted++;
      if (accepted % 10 === 0) checkSpelling(recipe);
      if (accepted % COMPUTED === 0) await compute(recipe);
    }
    expect(accepted).toBeGreaterThan(MUTATIONS / 10);
    expect(refused).toBeGreaterThan(MUTATIONS / 10);
    // Nothing that was computed has changed what is in the store.
    expect(rowsOf(await store.engine.query("SELECT count(*) AS number FROM subjects"))).toEqual([
      { number: buildTown(7).things.length },
    ]);
  }, 120_000);

  test("texts cut anywhere are refused with a sentence", () => {
    const text = readFileSync(`${folder}london-cycle-traffic-air-quality.json`, "utf8");
    const yaml = showRecipe(parseRecipe(text), "yaml", nothing);
    for (const whole of [text, yaml]) {
      for (let length = 0; length < whole.length; length += 7) {
        try {
          parseRecipe(whole.slice(0, length));
        } catch (error) {
          expect(wrongRefusal(error)).toBeUndefined();
        }
      }
    }
  });

  test("nests of any depth are refused, not a full stack", () => {
    const nest = (depth: number): unknown => (depth === 0 ? { constant: 1 } : { sum: [nest(depth - 1)] });
    const subject = (depth: number): unknown =>
      depth === 0
        ? "a"
        : { subjectType: "a", geoMatchRule: { geoRelation: "within", subjects: [subject(depth - 1)] } };
    for (const depth of [30, 300, 2000]) {
      for (const value of [
        { subjects: "a", fields: { deep: nest(depth) } },
        { subjects: subject(depth), fields: {} },
        { subjects: `a where ${"(".repeat(depth)}x = 1${")".repeat(depth)}`, fields: {} },
        { subjects: `a where ${"not ".repeat(depth)}x = 1`, fields: {} },
        { subjects: "a", fields: { x: { arithmetic: `${"(".repeat(depth)}1 + 1${")".repeat(depth)}` } } },
      ]) {
        try {
          parseRecipe(value);
        } catch (error) {
          expect(wrongRefusal(error)).toBeUndefined();
        }
      }
    }
  });
});

/** Written as YAML and read again a recipe is the same. */
function checkSpelling(recipe: Recipe): void {
  const text = showRecipe(recipe, "yaml", nothing);
  try {
    expect(parseRecipe(text)).toEqual(recipe);
  } catch (error) {
    throw new Error(
      `${error instanceof Error ? error.message : String(error)}\n${JSON.stringify(recipe)}\n${text}`,
    );
  }
}

async function compute(recipe: Recipe): Promise<void> {
  try {
    await computeRecipe(store, recipe, { importing: async () => undefined });
  } catch (error) {
    const wrong = wrongRefusal(error);
    if (wrong !== undefined) throw new Error(`${wrong}\n${JSON.stringify(recipe).slice(0, 3000)}`);
  }
}
