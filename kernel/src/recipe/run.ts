import { strictest } from "@tombolo/bundle/access";
import type { Table } from "apache-arrow";
import { accessOf } from "../engine/result-columns.ts";
import { withoutValues } from "../engine/without-values.ts";
import type { DatasourceRequest } from "../importers/request.ts";
import { builtInModels } from "../models/built-in.ts";
import { didYouMean } from "../nearest.ts";
import type { Work } from "../progress.ts";
import { noteRead } from "../store/note-read.ts";
import type { Store } from "../store/store.ts";
import { findAreaMembers } from "./areas-by-words.ts";
import { compilePlan } from "./compile/compile.ts";
import { selectionsOf, setAt } from "./compile/levels.ts";
import { dialects } from "./dialects/index.ts";
import { planImports, subjectTypesOf } from "./imports.ts";
import { describeLeftOut, describeMissing } from "./missing.ts";
import { RecipeMistake, toldMistake } from "./mistake.ts";
import type { ModelLibrary } from "./model.ts";
import { nearSubjectNames } from "./near-names.ts";
import { findOwnDatasets } from "./own-datasets.ts";
import { planRecipe } from "./plan.ts";
import type { DatasourceRecipe, Recipe } from "./recipe.ts";
import { makeResult, type RecipeResult } from "./result.ts";
import { runSteps } from "./run-steps.ts";

/** How a recipe is run. */
export interface RunOptions extends Work {
  /** The built-in models unless told otherwise. */
  readonly models?: ModelLibrary | undefined;
  /** Whether the times of values are computed too, which only GeoJSON shows; true unless told otherwise. */
  readonly times?: boolean | undefined;
  /** Importer classes, or class:datasourceId, to fetch and import again, separated by commas. */
  readonly force?: string | undefined;
  /** Imports a datasource that the recipe needs; the project's importers unless told otherwise. */
  readonly importing?: ((datasource: DatasourceRecipe, recipe: Recipe) => Promise<void>) | undefined;
}

let runs = 0;
const results = new WeakMap<Table, RecipeResult>();

/**
 * Computes a recipe on a store: a table with `label`, `name`, one column for each field, and `geometry` (WKB, longitude and
 * latitude). Each column carries its unit, statistic kind, source and access label. What cannot be computed is missing, and
 * a warning counts it by reason. Throws a UserError when the store lacks what the recipe names.
 */
export async function runRecipe(store: Store, recipe: Recipe, options: RunOptions = {}): Promise<Table> {
  return (await computeRecipe(store, recipe, { times: false, ...options })).table;
}

/** The same, with all that the exporters need. */
export async function computeRecipe(
  store: Store,
  recipe: Recipe,
  options: RunOptions = {},
): Promise<RecipeResult> {
  const { models = builtInModels } = options;
  const warn = warnOnce(options);
  // What is wrong without a store is found before anything is imported.
  told(() => planRecipe(recipe, undefined, { models }));
  await importAll(store, recipe, models, options);
  await store.refresh();
  const areas = await findAreaMembers(store, recipe);
  const own = await findOwnDatasets(store.datasets(), recipe, models, (datasource) =>
    keyOfImport(datasource, recipe),
  );
  const plan = told(() => planRecipe(recipe, store.catalogue(), { models, areas, own: own.datasets }));
  for (const sentence of [...plan.warnings, own.warning]) if (sentence !== undefined) warn(sentence);
  const compiled = compilePlan(plan, dialects[store.engine.dialect], `recipe_${++runs}`, {
    times: options.times,
  });
  try {
    const rows = await runSteps(store.engine, compiled, plan, { ...options, onWarning: warn });
    const result = makeResult(plan, rows, compiled.columns);
    for (const sentence of describeProblems(result)) warn(sentence);
    if (result.table.numRows === 0) {
      const near = await nearSubjectNames(store, recipe.dataset.subjects);
      if (near !== "") warn(near);
    }
    results.set(result.table, result);
    noteRead(accessOf(result.table), store.datasets());
    return result;
  } catch (error) {
    const access = strictest([plan.access, ...plan.columns.map((column) => column.access)]);
    throw withoutValues(error, access, "The recipe cannot be computed");
  } finally {
    if (compiled.cleanup.length > 0) await store.engine.run(compiled.cleanup.join("; "));
  }
}

/** The result that a table is of; undefined for a table that no recipe made. */
export function resultOf(table: Table): RecipeResult | undefined {
  return results.get(table);
}

/** Tells each sentence once. */
export function warnOnce({ onWarning }: Work): (sentence: string) => void {
  const said = new Set<string>();
  return (sentence) => {
    if (!said.has(sentence)) onWarning?.(sentence);
    said.add(sentence);
  };
}

/** Turns a mistake in the recipe into a sentence with its place. */
function told<Result>(plan: () => Result): Result {
  try {
    return plan();
  } catch (error) {
    throw error instanceof RecipeMistake ? toldMistake(error) : error;
  }
}

async function importAll(
  store: Store,
  recipe: Recipe,
  models: ModelLibrary,
  options: RunOptions,
): Promise<void> {
  const wanted = planImports(recipe, models);
  if (!options.importing) await checkDatasources(recipe, models);
  await warnAboutForced(wanted, options);
  for (const datasource of wanted) {
    options.signal?.throwIfAborted();
    if (options.importing) await options.importing(datasource, recipe);
    else await importOne(store, datasource, recipe, options);
  }
}

/** A name that was to be imported again and that the recipe does not import is a slip. */
async function warnAboutForced(
  wanted: readonly DatasourceRecipe[],
  { force, onWarning }: RunOptions,
): Promise<void> {
  if (force === undefined) return;
  const { namesOfNone } = await import("../importers/forced.ts");
  const known = wanted.flatMap(({ importerClass, datasourceId }) => [
    importerClass,
    `${importerClass}:${datasourceId}`,
  ]);
  for (const name of namesOfNone(force, wanted)) {
    const hint = known.length === 0 ? "It imports nothing." : didYouMean(name, known);
    onWarning?.(
      `The recipe imports nothing that is called "${name}", so that is not imported again. ${hint}`,
    );
  }
}

/** Whether there is all that a recipe would import, before any of it is. Throws a UserError with the nearest names. */
export async function checkDatasources(recipe: Recipe, models: ModelLibrary = builtInModels): Promise<void> {
  for (const datasource of planImports(recipe, models)) await keyOfImport(datasource, recipe);
}

async function importOne(
  store: Store,
  datasource: DatasourceRecipe,
  recipe: Recipe,
  { force, signal, onProgress, onWarning }: RunOptions,
): Promise<void> {
  const [{ importDatasource }, { isForced }] = await Promise.all([
    import("../importers/run.ts"),
    import("../importers/forced.ts"),
  ]);
  const report = await importDatasource(store, await requestFor(datasource, recipe), {
    force: isForced(force, datasource),
    signal,
    ...(onProgress && { onProgress }),
  });
  for (const sentence of report.warnings) onWarning?.(sentence);
}

/** What is asked of an importer for a datasource; the path of a file where the words name no importer. */
async function requestFor(datasource: DatasourceRecipe, recipe: Recipe): Promise<string | DatasourceRequest> {
  const { requestOf } = await import("../importers/find.ts");
  const { importerClass, datasourceId, ...scopes } = datasource;
  const wanted = { ...scopes, subjectTypes: subjectTypesOf(recipe) };
  if (importerClass === datasourceId) return requestOf([datasourceId], wanted) ?? datasourceId;
  return { importerClass, datasourceId, ...wanted };
}

/** The identity in the store of what a datasource brings. */
async function keyOfImport(datasource: DatasourceRecipe, recipe: Recipe): Promise<string> {
  const { settle } = await import("../importers/settle.ts");
  return (await settle(await requestFor(datasource, recipe), {})).key;
}

function describeProblems({ plan, table, missing, leftOut }: RecipeResult): string[] {
  const set = setAt(plan, plan.subjects);
  const selections = selectionsOf(plan, plan.subjects);
  if (table.numRows === 0 && selections.length > 0) {
    const types = selections.map(({ subjectType }) => `"${subjectType}"`).join(", ");
    return [
      "of" in set
        ? `No subject of type ${types} fulfils the condition: the result is empty.`
        : `The store has no such subjects of type ${types}: the result is empty.`,
    ];
  }
  return [...missing.flatMap((each) => describeMissing(each) ?? []), ...leftOut.map(describeLeftOut)];
}
