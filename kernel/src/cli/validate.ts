import { modelFolders } from "../models/folders.ts";
import { datasourceKey, planImports } from "../recipe/imports.ts";
import { parseRecipe } from "../recipe/parse.ts";
import { checkDatasources } from "../recipe/run.ts";
import { defineCommand } from "./command.ts";
import { modelFoldersAt, recipeGiven } from "./recipe-file.ts";

/** `tombolo validate`: checks a recipe without importing or computing anything. */
export const validateCommand = defineCommand({
  name: "validate",
  summary: "Checks the recipe in a file, models included, and tells what it would import.",
  usage: "tombolo validate RECIPE [--models DIR]",
  options: {
    text: { type: "string", doc: "the recipe itself, instead of a file" },
    models: { type: "string", multiple: true, doc: "folder with models; ./models is one" },
  },
  async run({ words: [file], options }) {
    const models = modelFolders(modelFoldersAt(options.models));
    const recipe = parseRecipe(recipeGiven(file, options.text, validateCommand.usage), {
      models,
      exports: true,
      onWarning: (sentence) => console.error(sentence),
    });
    await checkDatasources(recipe, models);
    const imports = planImports(recipe, models).map(datasourceKey);
    const count = recipe.dataset.fields.length;
    console.log(`${file ?? "The recipe"} is valid: ${count} ${count === 1 ? "field" : "fields"}.`);
    for (const each of imports) console.log(`imports ${each}`);
  },
});
