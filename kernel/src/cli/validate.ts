import { UserError } from "../errors.ts";
import { modelFolders } from "../models/folders.ts";
import { datasourceKey, planImports } from "../recipe/imports.ts";
import { parseRecipe } from "../recipe/parse.ts";
import { defineCommand } from "./command.ts";
import { modelFoldersAt, readRecipeFile } from "./recipe-file.ts";

/** `tombolo validate`: checks a recipe without importing or computing anything. */
export const validateCommand = defineCommand({
  name: "validate",
  summary: "Checks the recipe in a file, models included, and tells what it would import.",
  usage: "tombolo validate RECIPE [--models DIR]",
  options: {
    models: { type: "string", multiple: true, doc: "folder with models; ./models is one" },
  },
  async run({ words: [file], options }) {
    if (file === undefined)
      throw new UserError("A recipe is needed", { hint: `Write ${validateCommand.usage}` });
    const models = modelFolders(modelFoldersAt(options.models));
    const recipe = parseRecipe(readRecipeFile(file), {
      models,
      onWarning: (sentence) => console.error(sentence),
    });
    const imports = planImports(recipe, models).map(datasourceKey);
    console.log(`${file} is valid: ${recipe.dataset.fields.length} fields.`);
    for (const each of imports) console.log(`imports ${each}`);
  },
});
