import { documentField } from "./document.ts";
import type { Field } from "./field.ts";

/** A field in the short form: the object that YAML's `{ area: km² }` is. */
export type ShortField = Readonly<Record<string, unknown>>;

/** An operand: a field, a number, the label of a column, or an attribute `provider/label`. */
export type ShortOperand = ShortField | string | number;

/** Subjects in words, such as `lsoa in "Leeds"`, or as an object. */
export type ShortSubject = string | Readonly<Record<string, unknown>>;

/** An attribute as `provider/label`, or as an object with the values that it may have. */
export type ShortAttribute =
  | string
  | { readonly provider?: string; readonly label: string; readonly values?: readonly string[] };

/** Symbol of the text that a notebook shows for a function when it is inspected. */
export const DOCUMENTATION_SYMBOL: unique symbol = Symbol.for("tombolo.doc");

/** Whether the builder of a word takes the field's main property first; one that has a default is an option like the others. */
export function takesMain(field: Field, word: string): boolean {
  const { main, properties, words = {} } = field;
  if (field.readShort) return true;
  const declaration = main === undefined ? undefined : properties[main];
  const preset = Object.hasOwn(words, word) ? words[word] : undefined;
  if (!declaration || main === undefined || (preset && Object.hasOwn(preset, main))) return false;
  return declaration.default === undefined;
}

/** A field in the short form from a builder's arguments. */
export function shortField(
  word: string,
  main: unknown,
  options: Readonly<Record<string, unknown>>,
): ShortField {
  return { [word]: main ?? null, ...options };
}

/** A builder with the field's help page. */
export function documented<Builder extends object>(build: Builder, field: Field): Builder {
  return explained(build, field.name, documentField(field));
}

/** A function with its name and the text that explains it, which is no part of what is shown of it. */
export function explained<Explained extends object>(value: Explained, name: string, text: string): Explained {
  return Object.defineProperties(value, { name: { value: name }, [DOCUMENTATION_SYMBOL]: { value: text } });
}
