import type { Field } from "../fields/field.ts";
import { fields } from "../fields/index.ts";
import { didYouMean } from "../nearest.ts";
import { MEANINGLESS } from "./meaningless.ts";
import { type Path, RecipeMistake, shown, showPath } from "./mistake.ts";
import { quotedIfNeeded } from "./plain-text.ts";
import { readProperty } from "./read-property.ts";
import { type FieldRecipe, isRecord } from "./recipe.ts";

/** Deeper than any recipe that a person writes; a deeper one would end in a full stack. */
const DEEPEST = 100;

const CLASS_EXAMPLE = 'Such as "fieldClass": "uk.org.tombolo.field.value.LatestValueField".';

/** What a field is read in: the columns that it may name, and those that are being read. */
export interface ReadContext {
  readonly columns: ReadonlyMap<string, { readonly path: Path; readonly value: unknown }>;
  readonly open: readonly string[];
  readonly onWarning: (sentence: string) => void;
  /** Whether the recipe is in the original form, which has no short forms. */
  readonly original?: boolean;
}

/**
 * A field as written, short or canonical, as a canonical field with its defaults written out. One whose class is an empty text, as
 * in a template, stays as it is: it can be read and shown, but not computed.
 */
export function readField(
  value: unknown,
  path: Path,
  label: string | undefined,
  context: ReadContext,
): FieldRecipe {
  if (path.length > DEEPEST) throw new RecipeMistake(path.slice(0, 6), "the recipe is nested too deeply");
  if (typeof value === "string" && value.includes("/") && !context.original)
    return readField({ value }, path, label, context);
  if (!isRecord(value)) {
    throw new RecipeMistake(
      path,
      "a field is written as { name: value }",
      `Such as ${exampleFor(value, path)}`,
    );
  }
  if (value.fieldClass === "") return { fieldClass: "", label: label ?? ownLabel(value, path) ?? "" };
  if (context.original && value.fieldClass === undefined)
    throw new RecipeMistake(path, "a field needs a fieldClass", CLASS_EXAMPLE, "unknown-field-class");
  const { field, given } = readNode(value, path, context);
  const parameters: Record<string, unknown> = {};
  for (const [name, declaration] of Object.entries(field.properties)) {
    const read = readProperty(field, name, declaration, given[name], [...path, name], context);
    if (read !== undefined) parameters[name] = read;
  }
  const own = ownLabel(value, path) ?? label;
  if (label !== undefined && own !== label)
    throw new RecipeMistake(
      [...path, "label"],
      `the field is called "${label}" already`,
      "Leave its label out.",
      "invalid-parameter",
    );
  const expanded = field.expand?.(parameters) ?? parameters;
  return { fieldClass: field.fieldClass, ...(own !== undefined && { label: own }), ...expanded };
}

/** How a field that is a mere text may have been meant: a text that is no field's name may be an attribute's. */
function exampleFor(text: unknown, path: Path): string {
  const named = fields.find(({ name }) => name === text);
  if (named) return named.example;
  const parted = typeof text === "string" ? withColon(text) : undefined;
  if (parted !== undefined) return `${path.at(-1) ?? "name"}: { ${parted} }`;
  const attribute = typeof text === "string" && text !== "" ? text : "provider/label";
  return `${path.at(-1) ?? "name"}: { value: ${quotedIfNeeded(attribute)} }`;
}

/** A field's word and what follows it, where only the colon between them is missing. */
function withColon(text: string): string | undefined {
  const [, word = "", rest = ""] = /^(\S+)\s+(.+)$/.exec(text) ?? [];
  return findWord(word) && `${word}: ${rest}`;
}

function ownLabel({ label }: Readonly<Record<string, unknown>>, path: Path): string | undefined {
  if (label === undefined || label === null) return undefined;
  if (typeof label === "string") return label;
  throw new RecipeMistake([...path, "label"], "a label is a text");
}

interface GivenField {
  readonly field: Field;
  readonly given: Readonly<Record<string, unknown>>;
}

/** Which field a node is, and the properties it gives. */
function readNode(value: Readonly<Record<string, unknown>>, path: Path, context: ReadContext): GivenField {
  if (value.fieldClass !== undefined) return readCanonicalNode(value, path, context);
  const names = Object.keys(value).filter((key) => findWord(key) !== undefined && !isProperty(key, value));
  const [name, second] = names;
  if (name === undefined) throw unknownWord(value, path);
  if (second !== undefined)
    throw new RecipeMistake([...path, second], `a column has one field, not "${name}" and "${second}"`);
  const { field, preset } = findWord(name) ?? unreachable(name);
  const { [name]: main, ...rest } = value;
  const inside = readMain(field, main, [...path, name]);
  const beside = checkNames(field, rest, path);
  refuseTwice(name, field, { preset, inside, beside }, path);
  return { field, given: { ...preset, ...inside, ...beside } };
}

/** A property is given by the field's word, inside the value after it, or beside it: only once. */
function refuseTwice(
  word: string,
  field: Field,
  {
    preset,
    inside,
    beside,
  }: Readonly<Record<"preset" | "inside" | "beside", Readonly<Record<string, unknown>>>>,
  path: Path,
): void {
  const twice = Object.keys(beside).find((property) => Object.hasOwn(inside, property));
  if (twice !== undefined)
    throw new RecipeMistake(
      [...path, twice],
      `${field.name} has two values for "${twice}"`,
      "Leave one of them out.",
      "invalid-parameter",
    );
  const said = Object.keys({ ...inside, ...beside }).find((property) => Object.hasOwn(preset, property));
  if (said !== undefined)
    throw new RecipeMistake(
      [...path, said],
      `"${word}" says itself what its ${said} is`,
      `Write ${field.name} to say it.`,
      "invalid-parameter",
    );
}

function readCanonicalNode(
  value: Readonly<Record<string, unknown>>,
  path: Path,
  context: ReadContext,
): GivenField {
  const { fieldClass, label: _label, ...given } = value;
  const field = findClass(fieldClass, [...path, "fieldClass"]);
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(field.properties, name) || MEANINGLESS.has(name)) continue;
    const place = showPath([...path, name]);
    const hint = didYouMean(name, Object.keys(field.properties));
    context.onWarning(`${place}: ${field.name} has no property "${name}"; it is ignored. ${hint}`.trimEnd());
  }
  return { field, given };
}

/** Some words are properties too, such as `area` nowhere but `label` or `containing`: the first word that is a field wins. */
function isProperty(key: string, value: Readonly<Record<string, unknown>>): boolean {
  const first = Object.keys(value).find((name) => findWord(name) !== undefined);
  const field = first === undefined || first === key ? undefined : findWord(first)?.field;
  return field !== undefined && Object.hasOwn(field.properties, key);
}

function unknownWord(value: Readonly<Record<string, unknown>>, path: Path): RecipeMistake {
  const [wanted = ""] = Object.keys(value);
  const parted = withColon(wanted);
  const hint =
    parted === undefined ? didYouMean(wanted, fieldWords()) : `A colon may be missing, as in { ${parted} }.`;
  return wanted === ""
    ? new RecipeMistake(path, "a field is missing", hint, "unknown-field-class")
    : new RecipeMistake([...path, wanted], `unknown field "${wanted}"`, hint, "unknown-field-class");
}

/** All words that begin a field in the short form. */
export function fieldWords(): string[] {
  return fields.flatMap(({ name, words = {} }) => [name, ...Object.keys(words)]);
}

/** The field that a word of the short form begins, with the properties that the word gives. */
export function findWord(word: string) {
  for (const field of fields) {
    if (field.name === word) return { field, preset: {} };
    if (field.words && Object.hasOwn(field.words, word)) return { field, preset: field.words[word] ?? {} };
  }
  return undefined;
}

function unreachable(name: string): never {
  throw new Error(`no field ${name}`);
}

/** A class by its name of 2019, the last part of it, or the word of the short form. */
function findClass(word: unknown, path: Path): Field {
  if (typeof word !== "string")
    throw new RecipeMistake(
      path,
      `a field's class is a text, not ${shown(word)}`,
      CLASS_EXAMPLE,
      "unknown-field-class",
    );
  const last = word.slice(word.lastIndexOf(".") + 1);
  const found =
    fields.find(({ fieldClass }) => fieldClass === word) ??
    fields.find(({ name, fieldClass }) => name === word || fieldClass.split(".").at(-1) === word);
  if (found) return found;
  const known = fields.map(({ fieldClass }) => fieldClass.slice(fieldClass.lastIndexOf(".") + 1));
  const hint = didYouMean(last, [...known, ...fields.map(({ name }) => name)]);
  throw new RecipeMistake(path, `unknown field "${word}"`, hint, "unknown-field-class");
}

/** The value after the field's word: its shorthand, its main property, or an object with all of its properties. */
function readMain(field: Field, main: unknown, path: Path): Readonly<Record<string, unknown>> {
  if (main === null || main === undefined) return {};
  if (isRecord(main) && Object.keys(main).every((name) => Object.hasOwn(field.properties, name))) return main;
  if (field.readShort && (typeof main === "string" || typeof main === "number")) {
    const read = field.readShort(String(main));
    if (read) return read;
    const quotes = /[\w)]\s+[\w(]/.test(String(main)) ? " Names with blanks stand in double quotes." : "";
    const hint = `Write it like this: ${field.example}${quotes && `.${quotes}`}`;
    throw new RecipeMistake(path, `"${main}" is not understood`, hint);
  }
  if (field.main !== undefined) return { [field.main]: main };
  if (isRecord(main)) return checkNames(field, main, path);
  throw new RecipeMistake(path, `${field.name} takes no value`, `Write it like this: ${field.example}`);
}

function checkNames(
  field: Field,
  given: Readonly<Record<string, unknown>>,
  path: Path,
): Readonly<Record<string, unknown>> {
  const known = Object.keys(field.properties);
  const unknown = Object.keys(given).find((name) => !known.includes(name) && name !== "label");
  if (unknown === undefined) return given;
  throw new RecipeMistake(
    [...path, unknown],
    `${field.name} has no property "${unknown}"`,
    didYouMean(unknown, known),
  );
}
