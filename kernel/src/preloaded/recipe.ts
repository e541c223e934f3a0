import { definePreloaded } from "./preloaded.ts";

/** `recipe`: a recipe in TypeScript. */
export const recipe = definePreloaded({
  name: "recipe",
  summary: "recipe({ subjects, fields }) makes a recipe; runRecipe computes it.",
  load: async () => (await import("../recipe/build.ts")).recipe,
});
