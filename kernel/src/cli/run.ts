import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { UserError } from "../errors.ts";
import {
  type CompleteRows,
  checkFields,
  correlate,
  describeRows,
  readColumns,
} from "../export/correlation.ts";
import { checkFormat, exportRecipe, formatOf } from "../export/export-recipe.ts";
import { checkWritable } from "../export/writable.ts";
import { modelFolders } from "../models/folders.ts";
import { parseRecipe } from "../recipe/parse.ts";
import { planRecipe } from "../recipe/plan.ts";
import type { Recipe } from "../recipe/recipe.ts";
import { checkDatasources, computeRecipe, warnOnce } from "../recipe/run.ts";
import { clearStore } from "../store/clear.ts";
import { openStore } from "../store/store.ts";
import { defineCommand } from "./command.ts";
import { storeFolder } from "./places.ts";
import { modelFoldersAt, recipeGiven } from "./recipe-file.ts";

/** `tombolo run`: computes a recipe and writes its result. */
export const runCommand = defineCommand({
  name: "run",
  summary: "Computes the recipe in a file and writes the result.",
  usage: "tombolo run RECIPE --output FILE [--correlation FILE] [--force CLASSES] [--clear] [--store DIR]",
  options: {
    store: {
      type: "string",
      doc: "folder of the store; that of TOMBOLO_STORE, else .tombolo, unless told otherwise",
    },
    output: { type: "string", doc: "file to write, ending in .csv, .geojson, .parquet or .arrow" },
    correlation: { type: "string", doc: "file for the correlations of the columns, as JSON" },
    force: { type: "string", doc: "importer classes, or class:datasourceId, to fetch and import again" },
    clear: { type: "boolean", doc: "empty the store first, when the recipe is valid" },
    text: { type: "string", doc: "the recipe itself, instead of a file" },
    models: { type: "string", multiple: true, doc: "folder with models; ./models is one" },
  },
  async run({ words: [file], options }) {
    const { store: folder = storeFolder(), output, correlation, force, clear } = options;
    if ((file === undefined && options.text === undefined) || output === undefined) {
      throw new UserError("A recipe and a file for its result are needed", {
        hint: `Write ${runCommand.usage}`,
      });
    }
    // Reading a recipe and computing it find some of the same.
    const onWarning = warnOnce({ onWarning: (sentence) => console.error(sentence) });
    const models = modelFolders(modelFoldersAt(options.models));
    const text = recipeGiven(file, options.text, runCommand.usage);
    const recipe = parseRecipe(text, { onWarning, models, exports: true });
    const path = resolve(output);
    checkFormat(planRecipe(recipe, undefined, { models }), formatOf(path, recipe));
    if (correlation !== undefined) checkCorrelation(recipe, path);
    for (const each of [path, ...(correlation === undefined ? [] : [resolve(correlation)])])
      checkWritable(each);
    await checkDatasources(recipe, models);
    const store = await openStore(folder, { onWarning });
    try {
      if (clear) await clearStore(store);
      const result = await computeRecipe(store, recipe, {
        onWarning,
        models,
        force,
        times: formatOf(path, recipe) === "geojson" && recipe.timeStamp,
      });
      const report = await exportRecipe(store.engine, recipe, result, path);
      console.log(`${output}: ${report.rows} rows, ${report.bytes} bytes (${report.format}).`);
      if (correlation !== undefined) writeCorrelation(recipe, path, resolve(correlation));
    } finally {
      store.close();
    }
  },
});

/** Which correlations there can be is known before anything is computed, but for the number of complete rows. */
function checkCorrelation(recipe: Recipe, output: string): "csv" | "geojson" {
  const format = formatOf(output, recipe);
  if (format !== "csv" && format !== "geojson")
    throw new UserError("Correlations are read from CSV or GeoJSON", { where: output });
  checkFields(recipe.dataset.fields);
  return format;
}

/** The correlations; an error says that the result is there nevertheless. */
function correlateWritten(labels: readonly string[], rows: CompleteRows["rows"], hint: string) {
  try {
    return correlate(labels, rows);
  } catch (cause) {
    throw cause instanceof UserError ? new UserError(cause.message, { hint, cause }) : cause;
  }
}

/** Reads the result back, as whoever gets the file would. */
function writeCorrelation(recipe: Recipe, output: string, path: string): void {
  const format = checkCorrelation(recipe, output);
  const labels = recipe.dataset.fields.map(({ label = "" }) => label);
  const columns = readColumns(readFileSync(output, "utf8"), format, labels);
  for (const sentence of describeRows(columns, labels)) console.error(sentence);
  const pairs = correlateWritten(labels, columns.rows, `The result is written, ${path} is not.`);
  const text = `${JSON.stringify(pairs, null, 1)}\n`;
  const partial = `${path}.${process.pid}.partial`;
  writeFileSync(partial, text);
  renameSync(partial, path);
  console.log(`${path}: ${labels.length ** 2} pairs of ${columns.rows.length} rows.`);
}
