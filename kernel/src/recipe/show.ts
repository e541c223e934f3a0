import { stringify } from "yaml";
import { takesMain } from "../fields/short-field.ts";
import type { Catalogue } from "../store/store.ts";
import { compilePlan } from "./compile/compile.ts";
import type { Step } from "./compile/types.ts";
import { describePlan } from "./describe-plan.ts";
import { duckdbDialect } from "./dialects/duckdb.ts";
import type { ModelLibrary } from "./model.ts";
import { planRecipe } from "./plan.ts";
import { findWord } from "./read-field.ts";
import { isRecord, type Recipe } from "./recipe.ts";
import { shortenRecipe } from "./shorten.ts";
import type { Statement } from "./sql.ts";

/** A way to write a recipe, or a stage of what it becomes. */
export type Spelling = "yaml" | "json" | "typescript" | "plan" | "sql";

/** A recipe in another spelling. `plan` and `sql` need the catalogue of the store it would run on. */
export function showRecipe(
  recipe: Recipe,
  spelling: Spelling,
  catalogue: Catalogue,
  models?: ModelLibrary,
): string {
  switch (spelling) {
    case "json":
      return JSON.stringify(recipe, null, 2);
    case "yaml":
      return stringify(shortenRecipe(recipe), { lineWidth: 110, nullStr: "" });
    case "typescript":
      return showTypeScript(recipe);
    case "plan":
      return describePlan(planRecipe(recipe, catalogue, { models }));
    case "sql":
      return showSql(recipe, catalogue, models);
  }
}

function showTypeScript(recipe: Recipe): string {
  const { subjects, datasources, fields, exporter, timeStamp } = shortenRecipe(recipe);
  const columns = Object.entries(fields).map(
    ([label, field]) => `    ${propertyName(label)}: ${showValue(field)},`,
  );
  const list = Array.isArray(fields);
  return [
    "recipe({",
    `  subjects: ${showValue(subjects)},`,
    ...(datasources ? [`  datasources: ${showValue(datasources)},`] : []),
    ...(list ? [`  fields: ${showValue(fields)},`] : ["  fields: {", ...columns, "  },"]),
    ...(exporter ? [`  exporter: ${JSON.stringify(exporter)},`] : []),
    ...(timeStamp === false ? ["  timeStamp: false,"] : []),
    "})",
  ].join("\n");
}

/** A value as TypeScript: fields by their builders, all else as literals. */
function showValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(showValue).join(", ")}]`;
  if (!isRecord(value)) return JSON.stringify(value);
  const call = showBuilder(value);
  if (call !== undefined) return call;
  const properties = Object.entries(value).map(([key, item]) => `${propertyName(key)}: ${showValue(item)}`);
  return `{ ${properties.join(", ")} }`;
}

/** The builder's call for a field in the short form; undefined for any other object. */
function showBuilder(field: Readonly<Record<string, unknown>>): string | undefined {
  const word = Object.keys(field).find((key) => key !== "label" && findWord(key) !== undefined);
  const found = word === undefined ? undefined : findWord(word)?.field;
  if (word === undefined || !found) return undefined;
  const { [word]: main, ...rest } = field;
  const builder = `fields.${word.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}`;
  const first = takesMain(found, word);
  if (!first && isRecord(main) && found.main === undefined)
    return `${builder}(${showValue({ ...main, ...rest })})`;
  const own = first || main === null || found.main === undefined ? {} : { [found.main]: main };
  const options = { ...own, ...rest };
  const hasOptions = Object.keys(options).length > 0;
  const parameters = [
    ...(first && (main !== null || hasOptions) ? [main === null ? "undefined" : showValue(main)] : []),
    ...(!first && found.main === undefined && main !== null ? [showValue(main)] : []),
    ...(hasOptions ? [showOptions(options)] : []),
  ];
  return `${builder}(${parameters.join(", ")})`;
}

function showOptions(options: Readonly<Record<string, unknown>>): string {
  return `{ ${Object.entries(options)
    .map(([key, item]) => `${propertyName(key)}: ${showValue(item)}`)
    .join(", ")} }`;
}

function propertyName(name: string): string {
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) && name !== "__proto__" ? name : JSON.stringify(name);
}

function showSql(recipe: Recipe, catalogue: Catalogue, models: ModelLibrary | undefined): string {
  const plan = planRecipe(recipe, catalogue, { models });
  const { steps, result, cleanup } = compilePlan(plan, duckdbDialect, "recipe");
  return [
    ...steps.map(showStep),
    `-- Computing columns\n${showStatement(result)};`,
    ...cleanup.map((statement) => `${statement};`),
  ].join("\n\n");
}

function showStep(step: Step): string {
  if (step.kind !== "operator") {
    const note = { sql: "", check: " (must have no rows)", notice: " (a warning when it is zero)" }[
      step.kind
    ];
    return `-- ${step.stage}${note}\n${showStatement(step.statement)};`;
  }
  const inputs = Object.entries(step.inputs).map(
    ([name, statement]) => `-- ${name}:\n${showStatement(statement)};`,
  );
  return `-- ${step.stage}: ${step.table} is made by ${step.operator} beside the engine\n${inputs.join("\n")}`;
}

function showStatement({ sql, parameters }: Statement): string {
  return parameters.length === 0
    ? sql
    : `${sql}\n-- bound: ${parameters.map((value) => JSON.stringify(value)).join(", ")}`;
}
