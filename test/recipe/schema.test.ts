import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";
import { fields } from "../../kernel/src/fields/index.ts";
import { blankComments } from "../../kernel/src/recipe/comments.ts";
import { parseRecipe } from "../../kernel/src/recipe/parse.ts";
import { showRecipe } from "../../kernel/src/recipe/show.ts";
import { randomRecipe } from "./town/random-recipe.ts";
import { randomNumbers } from "./town/town.ts";

const schema = JSON.parse(readFileSync(new URL("../../schema/recipe.schema.json", import.meta.url), "utf8"));
const validate = new Ajv2020({ strict: false, allErrors: false }).compile(schema);
const valid = (value: unknown): boolean => validate(value);
const folder = new URL("../data/recipes/", import.meta.url).pathname;
const nothing = { subjectTypes: [], attributes: [] };

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
