import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { UserError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import type { Model } from "../recipe/model.ts";
import { type FieldRecipe, isFieldRecipe, isRecord, type Recipe } from "../recipe/recipe.ts";
import { shortenField } from "../recipe/shorten.ts";

/** What is said of a model when it is saved. */
export interface ModelDetails {
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly unit?: string | undefined;
  readonly version?: number | undefined;
  /** Label of the column that becomes the model; the only one unless told otherwise. */
  readonly column?: string | undefined;
  /** Texts and numbers of the recipe that become parameters, by the name that each gets. */
  readonly parameters?: Model["parameters"] | undefined;
  /** The model that it replaces: what is not said anew stays, and parameters do where the column still has their values. */
  readonly before?: Model | undefined;
}

/** Saves a column of a recipe as a model in a folder, with the recipe's datasources. Returns the path of its file. */
export function saveModel(folder: string, name: string, recipe: Recipe, details: ModelDetails = {}): string {
  if (!/^[\w -]+(\/[\w -]+)*$/.test(name)) {
    throw new UserError(`"${name}" cannot be the name of a model`, {
      where: name,
      hint: "Such as my-index or group/my-index.",
    });
  }
  const { before, parameters: given = {} } = details;
  const odd = Object.keys(given).find((parameter) => !/^[\w-]+$/.test(parameter));
  if (odd !== undefined) {
    throw new UserError(`"${odd}" cannot be the name of a parameter`, {
      where: odd,
      hint: "It has letters, digits, _ and - only.",
    });
  }
  const { label: _label, ...column } = chosenColumn(recipe, details.column);
  const path = join(folder, `${name}.yaml`);
  const { field, parameters } = withParameters(column, given, before?.parameters);
  const { title = before?.title ?? name, description = before?.description ?? "" } = details;
  const { unit = before?.unit, version = 1 + (before?.version ?? 0) } = details;
  const content = {
    title,
    description,
    version,
    ...(unit !== undefined && { unit }),
    ...(before?.kind !== undefined && { kind: before.kind }),
    ...(Object.keys(parameters).length > 0 && { parameters }),
    datasources: recipe.dataset.datasources,
    field,
  };
  mkdirSync(dirname(path), { recursive: true });
  const partial = `${path}.${process.pid}.partial`;
  writeFileSync(partial, stringify(content, { lineWidth: 110 }));
  renameSync(partial, path);
  return path;
}

/** Whether a folder has a model of that name. */
export function hasModel(folder: string, name: string): boolean {
  return existsSync(join(folder, `${name}.yaml`));
}

function chosenColumn({ dataset }: Recipe, wanted: string | undefined): FieldRecipe {
  const labels = dataset.fields.map(({ label = "" }) => label);
  const [only, second] = dataset.fields;
  if (wanted === undefined && only && !second) return only;
  if (wanted === undefined)
    throw new UserError("The recipe has several columns, and a model is one", {
      hint: `Choose one with --column: ${labels.join(", ")}.`,
    });
  const found = dataset.fields.find(({ label }) => label === wanted);
  if (found) return found;
  throw new UserError(`The recipe has no column "${wanted}"`, {
    where: wanted,
    hint: didYouMean(wanted, labels),
  });
}

/** The field in the short form, with `{{name}}` in place of each value that is a parameter, and the parameters that it has. */
function withParameters(
  column: FieldRecipe,
  given: Model["parameters"],
  before: Model["parameters"] = {},
): Pick<Model, "field" | "parameters"> {
  const used = new Set<string>();
  // The given ones first: of parameters with one value the first takes its place.
  const parameters = { ...given, ...before, ...given };
  const field = replaceValues(column, parameters, used);
  const unused = Object.keys(given).find((name) => !used.has(name));
  if (unused !== undefined) {
    throw new UserError(
      `Nothing in the column is ${given[unused]}, so the parameter "${unused}" would change nothing`,
      {
        where: unused,
        hint: "%recipe NAME --show json shows the values that can be one.",
      },
    );
  }
  return {
    field: isFieldRecipe(field) ? shortenField(field) : field,
    parameters: Object.fromEntries(Object.entries(parameters).filter(([name]) => used.has(name))),
  };
}

/** The value with `{{name}}` in place of each value that is a parameter; notes which of them there are. */
function replaceValues(value: unknown, parameters: Model["parameters"], used: Set<string>): unknown {
  const name = Object.keys(parameters).find(
    (known) => parameters[known] === value || String(parameters[known]) === value,
  );
  if (name !== undefined) {
    used.add(name);
    return `{{${name}}}`;
  }
  if (Array.isArray(value)) return value.map((item) => replaceValues(item, parameters, used));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key === "fieldClass" ? item : replaceValues(item, parameters, used),
    ]),
  );
}
