import type { Recipe } from "../recipe/recipe.ts";
import { definePreloaded } from "./preloaded.ts";

/** `runRecipe`: what `%%recipe` calls. */
export const runRecipe = definePreloaded({
  name: "runRecipe",
  summary: "await runRecipe(recipe) computes the table that a recipe describes.",
  async load(session) {
    const { cook } = await import("../magics/recipe.ts");
    return (recipe: Recipe) => cook(session, recipe);
  },
});
