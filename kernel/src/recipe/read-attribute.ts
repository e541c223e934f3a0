import { didYouMean } from "../nearest.ts";
import { MEANINGLESS } from "./meaningless.ts";
import { type Path, RecipeMistake, showPath } from "./mistake.ts";
import type { ReadContext } from "./read-field.ts";
import { type AttributeRecipe, isRecord } from "./recipe.ts";

const PROPERTIES = ["provider", "label", "values"];

/** An attribute as its label, as `provider/label`, or as an object. */
export function readAttribute(
  value: unknown,
  path: Path,
  { original, onWarning }: Pick<ReadContext, "original" | "onWarning">,
): AttributeRecipe {
  if (typeof value === "string" && value.trim() !== "") {
    const slash = value.indexOf("/");
    return slash < 0 ? { label: value } : { provider: value.slice(0, slash), label: value.slice(slash + 1) };
  }
  if (!isRecord(value) || typeof value.label !== "string") {
    const place = isRecord(value) ? [...path, "label"] : path;
    throw new RecipeMistake(
      place,
      "an attribute is expected",
      "Such as org.openstreetmap/line.",
      "invalid-parameter",
    );
  }
  const unknown = Object.keys(value).find((name) => !PROPERTIES.includes(name));
  if (unknown !== undefined) {
    const place = [...path, unknown];
    const message = `an attribute has no property "${unknown}"`;
    const hint = didYouMean(unknown, PROPERTIES);
    if (!original) throw new RecipeMistake(place, message, hint, "invalid-parameter");
    if (!MEANINGLESS.has(unknown)) onWarning(`${showPath(place)}: ${message}; it is ignored. ${hint}`);
  }
  const { provider, label, values } = value;
  if (provider !== undefined && typeof provider !== "string")
    throw new RecipeMistake([...path, "provider"], "a provider is a text", undefined, "invalid-parameter");
  return { ...(provider !== undefined && { provider }), label, ...readValues(values, [...path, "values"]) };
}

function readValues(value: unknown, path: Path): { readonly values?: readonly string[] } {
  if (value === undefined || value === null) return {};
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
  return {
    values: texts.map((text, index) => {
      if (typeof text === "string" || typeof text === "number" || typeof text === "boolean")
        return String(text);
      throw new RecipeMistake([...path, index], "a text is expected", undefined, "invalid-parameter");
    }),
  };
}
