import { strictest } from "@tombolo/bundle";
import type { Field, Table } from "apache-arrow";
import type { Engine } from "../engine/engine.ts";
import type { Work } from "../progress.ts";
import type { Store } from "../store/store.ts";
import { type CompiledPlan, compilePlan, type MeasureStep, type Statement } from "./compile.ts";
import { duckdbDialect } from "./dialects/duckdb.ts";
import { planRecipe } from "./plan.ts";
import type { Plan } from "./plan-types.ts";
import type { Recipe } from "./recipe.ts";

let runs = 0;

/**
 * Computes a recipe on a store: a table with `label`, `name`, one column for each field, and `geometry` (WKB, longitude and
 * latitude). Each column carries its unit, statistic kind, source and access label. What cannot be computed is missing, and
 * a warning counts it. Throws a UserError when the store lacks what the recipe names.
 */
export async function runRecipe(store: Store, recipe: Recipe, work: Work = {}): Promise<Table> {
  for (const { datasourceId } of recipe.dataset.datasources) {
    const { importDatasource } = await import("../importers/run.ts");
    await importDatasource(store, datasourceId, work);
  }
  await store.refresh();
  const plan = planRecipe(recipe, store.catalogue());
  const compiled = compilePlan(plan, duckdbDialect, `recipe_${++runs}`);
  try {
    const table = await runSteps(store.engine, compiled, work);
    for (const sentence of [...plan.warnings, ...describeMissing(plan, table)]) work.onWarning?.(sentence);
    return await describeColumns(plan, table);
  } finally {
    for (const statement of compiled.cleanup) await store.engine.run(statement);
  }
}

async function runSteps(
  engine: Engine,
  { setup, measures, result }: CompiledPlan,
  work: Work,
): Promise<Table> {
  work.onProgress?.({ stage: "Selecting subjects" });
  await engine.run(setup.sql, { parameters: setup.parameters, signal: work.signal });
  for (const measure of measures) await runMeasure(engine, measure, work);
  work.onProgress?.({ stage: "Computing columns" });
  return engine.query(result.sql, { parameters: result.parameters, signal: work.signal });
}

async function runMeasure(
  engine: Engine,
  { table, areas, lines }: MeasureStep,
  { signal, onProgress }: Work,
): Promise<void> {
  onProgress?.({ stage: "Measuring lines inside areas" });
  const { overlapLength } = await import("../engine/overlap-length.ts");
  const { tableOfNumbers } = await import("../engine/arrow.ts");
  const areaShapes = await fetchShapes(engine, areas, signal);
  const lengths = await overlapLength(areaShapes, await fetchShapes(engine, lines, signal), signal);
  // An area without a shape has no length: that is missing, not zero.
  const values = areaShapes.map((shape, row) => (shape ? (lengths[row] ?? null) : null));
  await engine.register(table, tableOfNumbers({ row: areaShapes.map((_, row) => row), value: values }));
}

async function fetchShapes(
  engine: Engine,
  { sql, parameters }: Statement,
  signal: AbortSignal | undefined,
): Promise<(Uint8Array | null)[]> {
  const shapes = (await engine.query(sql, { parameters, signal })).getChild("shape");
  return shapes ? [...shapes].map((shape: unknown) => (shape instanceof Uint8Array ? shape : null)) : [];
}

function describeMissing(plan: Plan, table: Table): string[] {
  if (table.numRows === 0) {
    const types = plan.subjects.map(({ subjectType }) => `"${subjectType}"`).join(", ");
    return [`The store has no subjects of type ${types}: the result is empty.`];
  }
  return plan.columns.flatMap(({ label, missing }) => {
    const count = table.getChild(label)?.nullCount ?? 0;
    return count === 0 ? [] : [`${label}: ${count} of ${table.numRows} values are missing: ${missing}.`];
  });
}

async function describeColumns(plan: Plan, table: Table): Promise<Table> {
  const { withColumnMetadata } = await import("../engine/columns.ts");
  const byLabel = new Map(plan.columns.map((column) => [column.label, column]));
  const subjectSource = distinct(plan.sources);
  return withColumnMetadata(table, ({ name }: Field) => {
    const column = byLabel.get(name);
    if (!column) return { access: plan.access, source: subjectSource };
    return {
      access: strictest([column.access, plan.access]),
      source: distinct(column.sources),
      title: titleOf(name, column.unit),
      ...(column.unit !== undefined && { unit: column.unit }),
      ...(column.kind !== undefined && { kind: column.kind }),
    };
  });
}

const distinct = (texts: readonly string[]): string =>
  [...new Set(texts.filter((text) => text !== ""))].join(" ");

/** The label in words, without the unit at its end: that is shown beside it. */
function titleOf(label: string, unit: string | undefined): string {
  const plainUnit = unit?.replaceAll("²", "2").replaceAll("/", "_per_") ?? "";
  const suffix = `_${plainUnit}`;
  const name = plainUnit !== "" && label.endsWith(suffix) ? label.slice(0, -suffix.length) : label;
  const words = name.replace(/[_-]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
