import { expect, it } from "@jest/globals";
import { readModel } from "../../kernel/src/models/read-model.ts";
import { planImports } from "../../kernel/src/recipe/imports.ts";
import type { Model } from "../../kernel/src/recipe/model.ts";
import { parseRecipe } from "../../kernel/src/recipe/parse.ts";
import { computeRecipe } from "../../kernel/src/recipe/run.ts";
import { temporaryStore } from "../support/store.ts";

/** Models of which each is twice the one before: walked through one by one they would take longer than the age of the universe. */
const models = new Map<string, Model>(
  Array.from({ length: 100 }, (_, index): [string, Model] => {
    const half = `{ model: m${index - 1} }`;
    const field =
      index === 0
        ? "{ area: km² }\ndatasources: [london/boroughs]"
        : `{ arithmetic: { operation: add, field1: ${half}, field2: ${half} } }`;
    const text = `title: m${index}\ndescription: made by hand\nversion: 1\nfield: ${field}`;
    return [`m${index}`, readModel(`m${index}`, text, "m.yaml")];
  }),
);

it("what models import that are made of each other twice over is listed at once", () => {
  const library = { find: (name: string) => models.get(name), names: () => [...models.keys()] };
  const recipe = parseRecipe("subjects: borough\nfields: { a: { model: m99 } }", { models: library });
  expect(planImports(recipe, library).map(({ importerClass }) => importerClass)).toEqual(["london/boroughs"]);
});

it("a name that is to be imported again and is not imported at all is told of", async () => {
  const store = await temporaryStore();
  try {
    const recipe = parseRecipe("subjects: p/nothing\ndatasources: [london/boroughs]\nfields: {}");
    const warnings: string[] = [];
    await computeRecipe(store, recipe, {
      force: "london/boroughs,london/borough",
      importing: async () => undefined,
      onWarning: (sentence) => warnings.push(sentence),
    });
    expect(warnings.filter((sentence) => sentence.includes("again"))).toEqual([
      'The recipe imports nothing that is called "london/borough", so that is not imported again. Did you mean "london/boroughs" or "london/boroughs:london/boroughs"?',
    ]);
  } finally {
    store.remove();
  }
});
