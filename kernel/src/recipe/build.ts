import { DOCUMENTATION_SYMBOL, type ShortField } from "../fields/build.ts";
import { parseRecipe } from "./parse.ts";
import type { Recipe } from "./recipe.ts";

/** A recipe in the short form, as TypeScript writes it. */
export interface ShortRecipe {
  /** Subject type of the rows, or several. */
  readonly subjects: string | readonly string[];
  /** Datasources to import first. */
  readonly datasources?: string | readonly string[];
  /** The columns: label → field. */
  readonly fields: Readonly<Record<string, ShortField>>;
  readonly exporter?: "csv" | "geojson";
}

/** A recipe from TypeScript; the same canonical recipe that its YAML becomes. Throws a UserError that names the place. */
export const recipe: (short: ShortRecipe) => Recipe = Object.assign(
  (short: ShortRecipe) => parseRecipe(short),
  {
    [DOCUMENTATION_SYMBOL]:
      "recipe({ subjects, fields }) makes a recipe. `subjects` is the subject type of the rows, `fields` the columns by label:\n\n" +
      'recipe({ subjects: "borough", fields: { area_km2: fields.area({ unit: "km²" }) } })\n\nrunRecipe(recipe) computes it.',
  },
);
