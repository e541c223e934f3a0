import { didYouMean } from "../nearest.ts";
import { type Path, RecipeMistake } from "./mistake.ts";
import type { Model } from "./model.ts";
import { readField } from "./read-field.ts";
import { type FieldRecipe, isRecord } from "./recipe.ts";

/** The root field of a model in canonical form, with its parameters filled in: `{{name}}` stands for the parameter's value. */
export function fieldOfModel(
  { name, parameters, field }: Model,
  given: Readonly<Record<string, unknown>>,
  path: Path,
): FieldRecipe {
  for (const [parameter, value] of Object.entries(given)) {
    const place = [...path.slice(0, -1), "parameters", parameter];
    if (!Object.hasOwn(parameters, parameter)) {
      const hint = didYouMean(parameter, Object.keys(parameters)) || "It has none.";
      throw new RecipeMistake(
        place,
        `the model ${name} has no parameter "${parameter}"`,
        hint,
        "invalid-parameter",
      );
    }
    if (typeof value !== "string" && typeof value !== "number")
      throw new RecipeMistake(place, "a text or a number is expected", undefined, "invalid-parameter");
  }
  try {
    const columns = new Map();
    return readField(fill(field, { ...parameters, ...given }), [], undefined, {
      columns,
      open: [],
      onWarning: ignore,
    });
  } catch (error) {
    if (!(error instanceof RecipeMistake)) throw error;
    throw new RecipeMistake(path, `in the model ${name}: ${error.message}`, error.hint, error.code);
  }
}

/** What is odd in a shared model is for its author, not for each who uses it. */
const ignore = () => undefined;

/** A part of a model with values in the place of `{{name}}`. */
export function fill(value: unknown, values: Readonly<Record<string, unknown>>): unknown {
  if (typeof value === "string") {
    const whole = /^\{\{([\w-]+)\}\}$/.exec(value)?.[1];
    if (whole !== undefined) return values[whole] ?? value;
    return value.replace(/\{\{([\w-]+)\}\}/g, (all, name: string) => String(values[name] ?? all));
  }
  if (Array.isArray(value)) return value.map((item) => fill(item, values));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, values)]));
}
