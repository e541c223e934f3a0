import type { Field, PropertyDeclaration } from "../fields/field.ts";
import { didYouMean, nearestNames } from "../nearest.ts";
import { isNumber } from "./document.ts";
import { type Path, RecipeMistake, shown } from "./mistake.ts";
import { readPeriod } from "./period.ts";
import { quotedIfNeeded } from "./plain-text.ts";
import { readAttribute } from "./read-attribute.ts";
import { readCondition } from "./read-condition.ts";
import { readDatasources } from "./read-datasources.ts";
import { type ReadContext, readField } from "./read-field.ts";
import { readSubject, readSubjects } from "./read-subjects.ts";
import { type FieldRecipe, isRecord } from "./recipe.ts";
import { canonicalUnit } from "./units.ts";

/** A property of a field as written, in canonical form; undefined for one that may be absent and is. */
export function readProperty(
  field: Field,
  name: string,
  declaration: PropertyDeclaration,
  given: unknown,
  path: Path,
  context: ReadContext,
): unknown {
  const value = given ?? declaration.default;
  if (value === undefined || value === null) {
    if (declaration.optional) return undefined;
    const message = `${field.name} needs "${name}": ${declaration.doc}`;
    throw new RecipeMistake(path, message, `Such as ${field.example}`, "invalid-parameter");
  }
  return READERS[declaration.type](value, path, declaration, context);
}

type Reader = (value: unknown, path: Path, declaration: PropertyDeclaration, context: ReadContext) => unknown;

const READERS: Readonly<Record<PropertyDeclaration["type"], Reader>> = {
  text: readText,
  texts: (value, path, declaration) =>
    listOf(value).map((item, index) => readText(item, [...path, index], declaration)),
  unit: readText,
  time: readTime,
  integer: readNumber,
  number: readNumber,
  numbers: (value, path, declaration) =>
    listOf(value).map((item, index) => readNumber(item, [...path, index], declaration)),
  boolean: readBoolean,
  subject: (value, path, _, context) => readSubject(value, path, context),
  subjects: (value, path, _, context) => readSubjects(value, path, context),
  attribute: (value, path, _, context) => readAttribute(value, path, context),
  attributes: (value, path, _, context) =>
    listOf(value).map((item, index) => readAttribute(item, [...path, index], context)),
  field: (value, path, _, context) => readOperand(value, path, context),
  fields: readFields,
  datasources: (value, path, _, { original }) => readDatasources(value, path, original),
  condition: (value, path, _, context) => readCondition(value, path, context),
  parameters: readParameters,
};

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

function mistake(path: Path, message: string, hint: string): RecipeMistake {
  return new RecipeMistake(path, message, hint, "invalid-parameter");
}

/** What a property is, as a sentence. */
const whatItIs = ({ doc }: PropertyDeclaration): string => `It is: ${doc}.`;

function readText(value: unknown, path: Path, declaration: PropertyDeclaration): string {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean")
    throw mistake(path, "a text is expected", whatItIs(declaration));
  const text = declaration.type === "unit" ? canonicalUnit(String(value)) : String(value);
  if (!declaration.values || declaration.values.includes(text)) return text;
  const what = declaration.type === "unit" ? "is no unit for this" : "is not known";
  throw mistake(path, `"${text}" ${what}`, `Known: ${declaration.values.join(", ")}.`);
}

function readTime(value: unknown, path: Path): string {
  const period =
    typeof value === "string" || typeof value === "number" ? readPeriod(String(value)) : undefined;
  if (period) return period.start;
  throw mistake(path, `"${shown(value)}" is no time`, "Such as 2015, 2015-06 or 2015-06-30T12:00:00.");
}

function readNumber(value: unknown, path: Path, declaration: PropertyDeclaration): number {
  // The recipes of 2019 may write a number as text.
  const number = typeof value === "string" && isNumber(value) ? Number(value) : value;
  const { type, minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = declaration;
  const whole = type === "integer";
  if (typeof number !== "number" || !Number.isFinite(number) || (whole && !Number.isInteger(number)))
    throw mistake(path, `${whole ? "a whole number" : "a number"} is expected`, whatItIs(declaration));
  if (number >= minimum && number <= maximum) return number;
  const limits = Number.isFinite(maximum) ? `from ${minimum} to ${maximum}` : `of at least ${minimum}`;
  throw mistake(path, `a number ${limits} is expected, not ${number}`, whatItIs(declaration));
}

function readBoolean(value: unknown, path: Path, declaration: PropertyDeclaration): boolean {
  if (value === true || value === "true") return true;
  if (value === false || value === "false") return false;
  throw mistake(path, "true or false is expected", whatItIs(declaration));
}

/** Fields as a list, or as label: field. */
function readFields(
  value: unknown,
  path: Path,
  declaration: PropertyDeclaration,
  context: ReadContext,
): FieldRecipe[] {
  if (Array.isArray(value)) return value.map((item, index) => readOperand(item, [...path, index], context));
  if (!isRecord(value) || context.original)
    throw mistake(path, "a list of fields is expected", whatItIs(declaration));
  return Object.entries(value).map(([label, item]) => {
    const { fieldClass, label: _, ...parameters } = readOperand(item, [...path, label], context);
    return { fieldClass, label, ...parameters };
  });
}

/** Values for the parameters of a model. */
function readParameters(
  value: unknown,
  path: Path,
  declaration: PropertyDeclaration,
): Readonly<Record<string, unknown>> {
  if (isRecord(value)) return value;
  throw mistake(path, "parameters are written as { name: value }", whatItIs(declaration));
}

/** Columns that name each other twice over would become a field of millions of parts. */
const MOST_REFERENCES = 10_000;

const references = new WeakMap<ReadContext["columns"], number>();

function countReference(columns: ReadContext["columns"], path: Path): void {
  const count = (references.get(columns) ?? 0) + 1;
  references.set(columns, count);
  if (count > MOST_REFERENCES)
    throw mistake(path, "columns are made of each other too many times over", "Make fewer of the others.");
}

/** An operand is a field, a number, an attribute `provider/label`, or the label of another column, whose field it then is. */
export function readOperand(value: unknown, path: Path, context: ReadContext): FieldRecipe {
  if (isRecord(value)) return readField(value, path, undefined, context);
  if (context.original) throw mistake(path, "a field is expected", "It is an object with a fieldClass.");
  if (typeof value === "number") return readField({ constant: value }, path, undefined, context);
  if (typeof value !== "string") throw mistake(path, "a field is expected", "Such as the label of a column.");
  const column = context.columns.get(value);
  if (column) {
    countReference(context.columns, path);
    if (!context.open.includes(value))
      return readField(column.value, column.path, value, { ...context, open: [...context.open, value] });
    const round = [...context.open, value].join(" → ");
    throw mistake(path, `the column "${value}" is made from itself: ${round}`, "");
  }
  if (/^-?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(value))
    return readField({ constant: value }, path, undefined, context);
  if (value.includes("/")) return readField({ value }, path, undefined, context);
  const others = [...context.columns.keys()].filter((name) => !path.includes(name));
  const attribute = `An attribute of the store is written as provider/label or { value: ${quotedIfNeeded(value)} }.`;
  const hint = nearestNames(value, others).length > 0 ? didYouMean(value, others) : attribute;
  throw mistake(path, `there is no column "${value}"`, hint);
}
