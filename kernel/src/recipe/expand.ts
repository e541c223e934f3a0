import type { Field, PropertyDeclaration } from "../fields/field.ts";
import { fields } from "../fields/index.ts";
import { didYouMean } from "../nearest.ts";
import { RecipeMistake } from "./mistake.ts";
import { type FieldRecipe, isRecord, type SubjectRecipe } from "./recipe.ts";
import { canonicalUnit } from "./units.ts";

type Path = readonly (string | number)[];

/** Properties that recipes of 2019 carry and that mean nothing. */
const MEANINGLESS = new Set(["name", "metadata", "description", "builtInClass", "//"]);

/** What a field is expanded in: the columns that it may name, and those that are being expanded. */
export interface ExpandContext {
  readonly columns: ReadonlyMap<string, { readonly path: Path; readonly value: unknown }>;
  readonly open: readonly string[];
  readonly onWarning: (sentence: string) => void;
}

/** A field as written, short or canonical, as a canonical field with its defaults written out. */
export function expandField(
  value: unknown,
  path: Path,
  label: string | undefined,
  context: ExpandContext,
): FieldRecipe {
  if (!isRecord(value)) {
    const example = fields.map((field) => field.example)[0] ?? "";
    throw new RecipeMistake(path, "a field is written as { name: value }", `Such as ${example}`);
  }
  const { field, given } = readNode(value, path, context);
  const parameters: Record<string, unknown> = {};
  for (const [name, declaration] of Object.entries(field.properties)) {
    parameters[name] = readProperty(field, name, declaration, given[name], [...path, name], context);
  }
  const own = label ?? (typeof value.label === "string" ? value.label : undefined);
  return { fieldClass: field.fieldClass, ...(own !== undefined && { label: own }), ...parameters };
}

/** Which field a node is, and the properties it gives. */
function readNode(value: Readonly<Record<string, unknown>>, path: Path, context: ExpandContext) {
  if (value.fieldClass !== undefined) {
    const { fieldClass, label: _label, ...given } = value;
    const field = findField(String(fieldClass), [...path, "fieldClass"]);
    for (const name of Object.keys(given)) {
      if (!Object.hasOwn(field.properties, name) && !MEANINGLESS.has(name)) {
        context.onWarning(`${field.name} has no property "${name}"; it is ignored.`);
      }
    }
    return { field, given };
  }
  const names = Object.keys(value).filter((name) => fields.some((field) => field.name === name));
  const [name, second] = names;
  if (name === undefined) {
    const [wanted = ""] = Object.keys(value);
    const hint = didYouMean(
      wanted,
      fields.map((field) => field.name),
    );
    throw new RecipeMistake(
      wanted === "" ? path : [...path, wanted],
      wanted === "" ? "a field is missing" : `unknown field "${wanted}"`,
      hint,
    );
  }
  if (second !== undefined)
    throw new RecipeMistake([...path, second], `a column has one field, not "${name}" and "${second}"`);
  const field = findField(name, [...path, name]);
  const { [name]: main, ...rest } = value;
  return { field, given: { ...readMain(field, main, [...path, name]), ...checkNames(field, rest, path) } };
}

function findField(word: string, path: Path): Field {
  const lastName = word.slice(word.lastIndexOf(".") + 1);
  const found = fields.find(
    ({ name, fieldClass }) => name === word || fieldClass === word || fieldClass.endsWith(`.${lastName}`),
  );
  if (found) return found;
  throw new RecipeMistake(
    path,
    `unknown field "${word}"`,
    didYouMean(
      lastName,
      fields.map(({ name }) => name),
    ),
  );
}

/** The value after the field's name: its shorthand, its main property, or an object with all of its properties. */
function readMain(field: Field, main: unknown, path: Path): Readonly<Record<string, unknown>> {
  if (main === null || main === undefined) return {};
  if (isRecord(main) && Object.keys(main).every((name) => Object.hasOwn(field.properties, name))) return main;
  if (field.readShort && typeof main === "string") {
    const read = field.readShort(main);
    if (read) return read;
    throw new RecipeMistake(path, `"${main}" is not understood`, `Write it like this: ${field.example}`);
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

function readProperty(
  field: Field,
  name: string,
  declaration: PropertyDeclaration,
  given: unknown,
  path: Path,
  context: ExpandContext,
): unknown {
  const value = given ?? declaration.default;
  if (value === undefined) {
    throw new RecipeMistake(
      path,
      `${field.name} needs "${name}": ${declaration.doc}`,
      `Such as ${field.example}`,
    );
  }
  switch (declaration.type) {
    case "text":
    case "unit":
      return readText(declaration, value, path);
    case "integer":
    case "number":
      return readNumber(declaration, value, path);
    case "subject":
      return readSubject(value, path);
    case "attribute":
      return readAttribute(value, path);
    case "field":
      return readOperand(value, path, context);
  }
}

function readText(declaration: PropertyDeclaration, value: unknown, path: Path): string {
  if (typeof value !== "string" && typeof value !== "number")
    throw new RecipeMistake(path, "a text is expected", declaration.doc);
  const text = declaration.type === "unit" ? canonicalUnit(String(value)) : String(value);
  if (!declaration.values || declaration.values.includes(text)) return text;
  const what = declaration.type === "unit" ? "is no unit for this" : "is not known";
  throw new RecipeMistake(path, `"${text}" ${what}`, `Known: ${declaration.values.join(", ")}.`);
}

function readNumber(declaration: PropertyDeclaration, value: unknown, path: Path): number {
  // The recipes of 2019 may write a number as text.
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (
    typeof number === "number" &&
    Number.isFinite(number) &&
    (declaration.type === "number" || Number.isInteger(number))
  )
    return number;
  throw new RecipeMistake(
    path,
    `${declaration.type === "integer" ? "a whole number" : "a number"} is expected`,
    declaration.doc,
  );
}

/** Subjects as `type`, as `provider/type`, or as an object. */
export function readSubject(value: unknown, path: Path): SubjectRecipe {
  if (typeof value === "string" && value.trim() !== "") {
    const slash = value.lastIndexOf("/");
    return slash < 0
      ? { subjectType: value }
      : { provider: value.slice(0, slash), subjectType: value.slice(slash + 1) };
  }
  if (!isRecord(value)) throw new RecipeMistake(path, "a subject type is expected", "Such as borough.");
  const { provider, subjectType, ...others } = value;
  const [other] = Object.keys(others);
  if (other !== undefined) {
    throw new RecipeMistake(
      [...path, other],
      `subjects have no property "${other}"`,
      didYouMean(other, ["provider", "subjectType"]),
    );
  }
  if (typeof subjectType !== "string")
    throw new RecipeMistake([...path, "subjectType"], "a subject type is expected");
  return { ...(typeof provider === "string" && { provider }), subjectType };
}

function readAttribute(value: unknown, path: Path): { provider?: string; label: string } {
  if (typeof value === "string" && value.trim() !== "") {
    const slash = value.indexOf("/");
    return slash < 0 ? { label: value } : { provider: value.slice(0, slash), label: value.slice(slash + 1) };
  }
  if (isRecord(value) && typeof value.label === "string") {
    return { ...(typeof value.provider === "string" && { provider: value.provider }), label: value.label };
  }
  throw new RecipeMistake(path, "an attribute is expected", "Such as org.openstreetmap/line.");
}

/** An operand is a field, or the label of another column: then that column's field stands in its place. */
function readOperand(value: unknown, path: Path, context: ExpandContext): FieldRecipe {
  if (isRecord(value)) return expandField(value, path, undefined, context);
  if (typeof value === "number") return expandField({ constant: value }, path, undefined, context);
  const label = String(value);
  const column = context.columns.get(label);
  if (!column) {
    if (/^-?[\d.]+$/.test(label)) return expandField({ constant: label }, path, undefined, context);
    throw new RecipeMistake(path, `there is no column "${label}"`, didYouMean(label, context.columns.keys()));
  }
  if (context.open.includes(label)) {
    throw new RecipeMistake(
      path,
      `the column "${label}" is made from itself: ${[...context.open, label].join(" → ")}`,
    );
  }
  return expandField(column.value, column.path, label, { ...context, open: [...context.open, label] });
}
