import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";
import { fields } from "../../kernel/src/fields/index.ts";
import { blankComments } from "../../kernel/src/recipe/comments.ts";
import { parseRecipe } from "../../kernel/src/recipe/parse.ts";
import { showRecipe } from "../../kernel/src/recipe/show.ts";
import { choose, mutate } from "./mutate.ts";
import { randomRecipe } from "./town/random-recipe.ts";
import { randomNumbers } from "./town/town.ts";

const schema = JSON.parse(readFileSync(new URL("../../schema/recipe.schema.json", import.meta.url), "utf8"));
const validate = new Ajv2020({ strict: false, allErrors: false }).compile(schema);
const valid = (value: unknown): boolean => validate(value);
const folder = new URL("../data/recipes/", import.meta.url).pathname;
const nothing = { subjectTypes: [], attributes: [] };

const sources = [
  ...readdirSync(folder).map((file) => parseRecipe(readFileSync(folder + file, "utf8"))),
  ...Array.from({ length: 20 }, (_, seed) => parseRecipe(randomRecipe(randomNumbers(seed * 104_729)))),
  ...fields.map(({ example }) =>
    parseRecipe(
      `subjects: borough where t/x > 5 and name like "B%"\nfields:\n  tube_km: { constant: 1 }\n  area_km2: { constant: 2 }\n  ${example.replace(/^(tube_km|area_km2):/, "own:")}\n`,
    ),
  ),
];

/** What depends on other parts of a recipe, on models and groups, on what a field gives, or on a language inside a text. */
const BEYOND_A_SCHEMA =
  /there is no (column|model|group)|is made from itself|no single value|do not go with|is not understood|is no (period|time)|(comparison|attribute or a column|value|subject type|pattern) is expected|called ".*" already|has no parameter|the model|nested too deeply|number( of| from)? .*expected/;

function mistakesIn(value: unknown): string[] {
  try {
    parseRecipe(value);
    return [];
  } catch (error) {
    return error instanceof Error ? error.message.split("\n") : [String(error)];
  }
}

describe("the published schema, by a validator that is not ours", () => {
  test.each(readdirSync(folder).filter((file) => file !== "template.json"))(
    "takes %s, and its short form",
    (file) => {
      const text = readFileSync(folder + file, "utf8");
      expect(valid(JSON.parse(blankComments(text)))).toBe(true);
      expect(valid(parse(showRecipe(parseRecipe(text), "yaml", nothing)))).toBe(true);
    },
  );

  test("takes random recipes in every spelling", () => {
    for (let seed = 1; seed <= 60; seed++) {
      const recipe = parseRecipe(randomRecipe(randomNumbers(seed * 104_729)));
      expect(valid(recipe)).toBe(true);
      expect(valid(parse(showRecipe(recipe, "yaml", nothing)))).toBe(true);
    }
  });

  test.each(fields.map(({ name, example }) => [name, example]))("takes the example of %s", (_, example) => {
    const text = `subjects: borough\nfields:\n  tube_km: { constant: 1 }\n  area_km2: { constant: 2 }\n  ${example.replace(/^(tube_km|area_km2):/, "own:")}\n`;
    expect(valid(parse(text))).toBe(true);
  });

  test("takes what the reader takes, and no more than a schema cannot know", () => {
    const random = randomNumbers(7_919);
    const short = sources.map((recipe) => parse(showRecipe(recipe, "yaml", nothing)));
    const counts = { taken: 0, refused: 0 };
    for (let index = 0; index < 1500; index++) {
      const value = mutate(choose(random, random() < 0.5 ? short : sources), random);
      const mistakes = mistakesIn(value);
      counts[mistakes.length === 0 ? "taken" : "refused"]++;
      const wrong = mistakes.filter((mistake) => !BEYOND_A_SCHEMA.test(mistake));
      if (valid(value) ? wrong.length > 0 : mistakes.length === 0)
        throw new Error(`${JSON.stringify(value)}\n${wrong.join("\n") || JSON.stringify(validate.errors)}`);
    }
    expect(counts.taken).toBeGreaterThan(100);
    expect(counts.refused).toBeGreaterThan(100);
  });

  test.each([
    ["subjects: borough"],
    ["subjects: borough\nfields: {}\nexporters: csv"],
    ["subjects: borough\nfields: { x: { aera: km² } }"],
    ["subjects: borough\nfields: { x: { area: furlong } }"],
    ["subjects: { subjectType: a, geoMatchRule: { geoRelation: near, subjects: [] } }\nfields: {}"],
    ["dataset: { subjects: [], datasources: [], fields: [] }"],
    [
      "dataset: { subjects: [], datasources: [], fields: [{ fieldClass: Nothing, label: x }] }\nexporter: csv",
    ],
  ])("refuses %s", (text) => {
    expect(valid(parse(text))).toBe(false);
    expect(() => parseRecipe(text)).toThrow();
  });
});
