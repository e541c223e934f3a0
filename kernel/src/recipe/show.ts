import { stringify } from "yaml";
import type { Catalogue } from "../store/store.ts";
import { compilePlan } from "./compile.ts";
import { describePlan } from "./describe-plan.ts";
import { duckdbDialect } from "./dialects/duckdb.ts";
import { planRecipe } from "./plan.ts";
import type { Recipe } from "./recipe.ts";
import { shortenRecipe } from "./shorten.ts";

/** A way to write a recipe, or a stage of what it becomes. */
export type Spelling = "yaml" | "json" | "typescript" | "plan" | "sql";

/** A recipe in another spelling. `plan` and `sql` need the catalogue of the store it would run on. */
export function showRecipe(recipe: Recipe, spelling: Spelling, catalogue: Catalogue): string {
  switch (spelling) {
    case "json":
      return JSON.stringify(recipe, null, 2);
    case "yaml":
      return stringify(shortenRecipe(recipe), { lineWidth: 110, nullStr: "" });
    case "typescript":
      return showTypeScript(recipe);
    case "plan":
      return describePlan(planRecipe(recipe, catalogue));
    case "sql":
      return showSql(recipe, catalogue);
  }
}

function showTypeScript(recipe: Recipe): string {
  const { subjects, datasources, fields, exporter } = shortenRecipe(recipe);
  const columns = Object.entries(fields).map(
    ([label, field]) => `    ${propertyName(label)}: ${showBuilder(field)},`,
  );
  return [
    "recipe({",
    `  subjects: ${JSON.stringify(subjects)},`,
    ...(datasources ? [`  datasources: ${JSON.stringify(datasources)},`] : []),
    "  fields: {",
    ...columns,
    "  },",
    ...(exporter ? [`  exporter: ${JSON.stringify(exporter)},`] : []),
    "})",
  ].join("\n");
}

/** The builder's call when its arguments can say all, else the object that the call would give. */
function showBuilder(field: Readonly<Record<string, unknown>>): string {
  const [[name = "", main] = [], ...rest] = Object.entries(field);
  if (typeof main === "object" && main !== null) return JSON.stringify(field);
  const options = rest.map(([key, value]) => `${propertyName(key)}: ${JSON.stringify(value)}`);
  const builder = `fields.${name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}`;
  // The main property of an area is its unit, an option like the others.
  const unit = name === "area" && main !== null ? [`unit: ${JSON.stringify(main)}`] : [];
  const first = name === "area" || main === null ? [] : [JSON.stringify(main)];
  const all = [...unit, ...options];
  return `${builder}(${[...first, ...(all.length > 0 ? [`{ ${all.join(", ")} }`] : [])].join(", ")})`;
}

function propertyName(name: string): string {
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? name : JSON.stringify(name);
}

function showSql(recipe: Recipe, catalogue: Catalogue): string {
  const { setup, measures, result, cleanup } = compilePlan(
    planRecipe(recipe, catalogue),
    duckdbDialect,
    "recipe",
  );
  const operators = measures.map(
    ({ table, operator, areas, lines }) =>
      `-- ${table}: ${operator} of these areas and lines, in worker code\n${show(areas)};\n${show(lines)};`,
  );
  return [
    `${show(setup)};`,
    ...operators,
    `${show(result)};`,
    ...cleanup.map((statement) => `${statement};`),
  ].join("\n\n");
}

function show({
  sql,
  parameters,
}: {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}): string {
  return parameters.length === 0
    ? sql
    : `${sql}\n-- bound: ${parameters.map((value) => JSON.stringify(value)).join(", ")}`;
}
