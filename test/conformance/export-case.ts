import { checkFormat, formatOf, recipeText } from "../../kernel/src/export/export-recipe.ts";
import { modelFolders } from "../../kernel/src/models/folders.ts";
import { datasourceKey } from "../../kernel/src/recipe/imports.ts";
import { parseRecipe } from "../../kernel/src/recipe/parse.ts";
import { planRecipe } from "../../kernel/src/recipe/plan.ts";
import type { RecipeResult } from "../../kernel/src/recipe/result.ts";
import { computeRecipe } from "../../kernel/src/recipe/run.ts";
import type { Store } from "../../kernel/src/store/store.ts";
import { temporaryFolder } from "../support/store.ts";
import type { Case } from "./cases.ts";
import { difference, parseCsv, sameCell } from "./compare.ts";
import { loadGiven, writeModelFiles } from "./given.ts";

/** Runs an export and compares; returns what is wrong, or undefined. `computing` is the same store in another engine. */
export async function checkExport(
  store: Store,
  one: Case,
  computing: Store = store,
): Promise<string | undefined> {
  await loadGiven(store, one.given ?? {});
  const folder = temporaryFolder();
  try {
    writeModelFiles(folder.path, one.given?.modelFiles);
    const imports: string[] = [];
    const outcome = await attempt(() => exportText(computing, one, folder.path, imports));
    if ("error" in outcome) return wrongError(outcome.error, one);
    if (one.expected.error !== undefined) return `no error ${String(one.expected.error)}`;
    return wrongImports(imports, one) ?? wrongText(outcome.value, one);
  } finally {
    folder.remove();
  }
}

async function attempt<Value>(work: () => Promise<Value>): Promise<{ value: Value } | { error: unknown }> {
  try {
    return { value: await work() };
  } catch (error) {
    return { error };
  }
}

/** Runs the recipe of a case and returns what it exports. */
export async function exportText(
  store: Store,
  one: Case,
  folder: string,
  imports: string[],
): Promise<string> {
  const models = modelFolders([folder]);
  const recipe = parseRecipe(one.recipe, { models });
  const format = formatOf("", recipe);
  if (format !== "csv" && format !== "geojson") throw new Error(`${format} is no format of text`);
  checkFormat(planRecipe(recipe, undefined, { models }), format);
  const result: RecipeResult = await computeRecipe(store, recipe, {
    models,
    importing: async (datasource) => {
      imports.push(datasourceKey(datasource));
    },
  });
  return recipeText(result, format, recipe.timeStamp);
}

function wrongError(error: unknown, { expected, recipe }: Case): string | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const message = error instanceof Error ? error.message : String(error);
  if (expected.error === undefined)
    return `failed: ${error instanceof Error && error.name !== "UserError" ? error.stack : message}`;
  if (code !== expected.error)
    return `error ${String(code)} (${message}) instead of ${String(expected.error)}`;
  // The message names what is at fault: a text of the recipe.
  const texts = [...JSON.stringify(recipe).matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text = ""]) => text);
  const named = texts.some((text) => text.length > 1 && message.includes(text));
  return named ? undefined : `the message names nothing of the recipe: ${message}`;
}

function wrongImports(imports: readonly string[], { expected }: Case): string | undefined {
  return expected.imports === undefined ? undefined : difference(imports, expected.imports, {}, "imports");
}

function wrongText(text: string, one: Case): string | undefined {
  const { expected } = one;
  if (expected.csv !== undefined || expected.csvCells !== undefined || expected.csvNumbers !== undefined)
    return wrongCsv(text, one);
  const document: unknown = JSON.parse(text);
  if (expected.document !== undefined) return difference(document, expected.document, { tolerance: 1e-8 });
  const features = featuresOf(document);
  if (expected.subjectOrder !== undefined)
    return difference([...features.keys()], expected.subjectOrder, one, "subjects");
  if (expected.features === undefined) return undefined;
  return difference(Object.fromEntries(features), expected.features, one, "features");
}

function featuresOf(document: unknown): Map<string, Record<string, unknown>> {
  const features = new Map<string, Record<string, unknown>>();
  if (typeof document !== "object" || document === null || !("features" in document))
    throw new Error("no collection");
  for (const { properties } of document.features as { properties: Record<string, unknown> }[]) {
    const { label, name: _name, ...others } = properties;
    features.set(String(label), others);
  }
  return features;
}

function wrongCsv(text: string, one: Case): string | undefined {
  const { expected, compareCsv } = one;
  const rows = parseCsv(text);
  if (typeof expected.csv !== "string") return wrongCells(rows, one);
  if (compareCsv === "text")
    return text === expected.csv
      ? undefined
      : `${JSON.stringify(text)} instead of ${JSON.stringify(expected.csv)}`;
  const wanted = parseCsv(expected.csv);
  if (wanted.length !== rows.length) return `${rows.length} rows instead of ${wanted.length}`;
  return firstWrong(rows, wanted, rows[0] ?? [], one);
}

function wrongCells([header = [], ...rows]: string[][], one: Case): string | undefined {
  for (const { label, ...wanted } of [...listOf(one.expected.csvCells), ...listOf(one.expected.csvNumbers)]) {
    const row = rows.find(([own]) => own === label);
    if (!row) return `no row ${String(label)}`;
    for (const [column, value] of Object.entries(wanted)) {
      const got = row[header.indexOf(column)] ?? "";
      if (!sameValue(got, value, one))
        return `${String(label)}.${column}: ${got} instead of ${String(value)}`;
    }
  }
  return undefined;
}

function sameValue(got: string, expected: unknown, one: Case): boolean {
  if (typeof expected !== "number") return got === expected;
  return got !== "" && difference(Number(got), expected, one) === undefined;
}

const listOf = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value : []);

function firstWrong(got: string[][], expected: string[][], header: string[], one: Case): string | undefined {
  for (const [row, cells] of expected.entries()) {
    for (const [column, cell] of cells.entries()) {
      const own = got[row]?.[column] ?? "";
      if (!sameCell(header[column] ?? "", own, cell, one)) return `row ${row}: ${own} instead of ${cell}`;
    }
  }
  return undefined;
}
