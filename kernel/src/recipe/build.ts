import { explained, type ShortField, type ShortSubject } from "../fields/short-field.ts";
import { parseRecipe } from "./parse.ts";
import type { Recipe } from "./recipe.ts";

/** A recipe in the short form, as TypeScript writes it. */
export interface ShortRecipe {
  /** Subject type of the rows, in words or as an object, or several. */
  readonly subjects: ShortSubject | readonly ShortSubject[];
  /** Datasources to import first. */
  readonly datasources?: string | readonly (string | Readonly<Record<string, unknown>>)[];
  /** The columns: label → field, or an attribute as `provider/label`. */
  readonly fields: Readonly<Record<string, ShortField | string>> | readonly ShortField[];
  readonly exporter?: "csv" | "geojson";
  /** Whether timed values are written with their time in GeoJSON. */
  readonly timeStamp?: boolean;
}

/** A recipe from TypeScript; the same canonical recipe that its YAML becomes. Throws a UserError that names the place. */
export const recipe: (short: ShortRecipe) => Recipe = explained(
  (short: ShortRecipe) => parseRecipe(short),
  "recipe",
  "recipe({ subjects, fields }) makes a recipe. `subjects` is the subject type of the rows, `fields` the columns by label:\n\n" +
    'recipe({ subjects: "borough", fields: { area_km2: fields.area({ unit: "km²" }) } })\n\nrunRecipe(recipe) computes it.',
);
