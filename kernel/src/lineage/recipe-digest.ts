import { createHash } from "node:crypto";
import type { Recipe } from "../recipe/recipe.ts";

/** SHA-256 of a recipe in canonical form. */
export function recipeDigest(recipe: Recipe): string {
  return createHash("sha256").update(JSON.stringify(recipe)).digest("hex");
}
