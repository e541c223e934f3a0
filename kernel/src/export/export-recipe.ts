import { closeSync, openSync, writeFileSync } from "node:fs";
import { extname } from "node:path";
import type { Engine } from "../engine/engine.ts";
import { accessOf, sourceOf } from "../engine/result-columns.ts";
import { UserError } from "../errors.ts";
import { findExporter, unknownExporter } from "../recipe/exporters.ts";
import { toldMistake } from "../recipe/mistake.ts";
import type { Plan } from "../recipe/plan-types.ts";
import type { Recipe } from "../recipe/recipe.ts";
import type { RecipeResult } from "../recipe/result.ts";
import { type ExportReport, exportReport, exportTable } from "./export.ts";
import { csvLines } from "./recipe-csv.ts";
import { geoJsonParts } from "./recipe-geo-json.ts";
import { writeWhole } from "./write-whole.ts";

/** How the result of a recipe is written. */
export type RecipeFormat = "csv" | "geojson" | "parquet" | "arrow";

const ENDINGS: Readonly<Record<string, RecipeFormat>> = {
  ".csv": "csv",
  ".geojson": "geojson",
  ".json": "geojson",
  ".parquet": "parquet",
  ".arrow": "arrow",
};

/** The format of a file: by its ending, else by the recipe's exporter. Throws a UserError when neither says. */
export function formatOf(path: string, recipe: Recipe): RecipeFormat {
  const exporter = findExporter(recipe.exporter);
  if (!exporter) throw toldMistake(unknownExporter(recipe.exporter));
  return ENDINGS[extname(path).toLowerCase()] ?? exporter;
}

/** Refuses columns that a format cannot hold, before anything is imported or computed. */
export function checkFormat({ columns }: Pick<Plan, "columns">, format: RecipeFormat): void {
  if (format !== "csv") return;
  const other = columns.find(({ node }) => node === undefined);
  if (!other) return;
  throw new UserError(
    `fields.${other.label}: "${other.label}" has no single value for a subject, and CSV takes nothing else`,
    {
      where: `fields.${other.label}`,
      hint: "Export GeoJSON, or take a field with one value.",
      code: "field-not-single-value",
    },
  );
}

/** The whole text of a result in a format of text. */
export function recipeText(result: RecipeResult, format: "csv" | "geojson", timeStamp: boolean): string {
  return [...partsOf(result, format, timeStamp)].join("");
}

function partsOf(result: RecipeResult, format: "csv" | "geojson", timeStamp: boolean): Generator<string> {
  return format === "csv" ? csvLines(result) : geoJsonParts(result, timeStamp);
}

/** Writes the result of a recipe to a file, which appears under its name when it is complete. */
export async function exportRecipe(
  engine: Engine,
  recipe: Recipe,
  result: RecipeResult,
  path: string,
): Promise<ExportReport> {
  const format = formatOf(path, recipe);
  checkFormat(result.plan, format);
  if (format === "parquet" || format === "arrow") return exportTable(engine, result.table, path);
  const access = accessOf(result.table);
  await writeWhole(path, { access, source: sourceOf(result.table) }, (partial) =>
    writeParts(partial, partsOf(result, format, recipe.timeStamp)),
  );
  const name = format === "csv" ? "CSV" : "GeoJSON";
  return exportReport({ path, format: name, rows: result.table.numRows, access });
}

const CHARACTERS_A_WRITE = 1 << 20;

function writeParts(path: string, parts: Iterable<string>): void {
  const file = openSync(path, "w");
  try {
    let pending = "";
    for (const part of parts) {
      pending += part;
      if (pending.length < CHARACTERS_A_WRITE) continue;
      writeFileSync(file, pending);
      pending = "";
    }
    writeFileSync(file, pending);
  } finally {
    closeSync(file);
  }
}
