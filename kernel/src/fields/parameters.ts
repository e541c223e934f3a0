import {
  type AttributeRecipe,
  type Condition,
  type FieldRecipe,
  isFieldRecipe,
  isRecord,
  isSubjectRecipe,
  type SubjectRecipe,
} from "../recipe/recipe.ts";

// A canonical field has been checked against its declaration, so a parameter of another type is a mistake of ours.

/** A parameter that is text. */
export function textParameter(field: FieldRecipe, name: string): string {
  return optionalText(field, name) ?? wrong(field, name, "a text");
}

/** A parameter that is text, or absent. */
export function optionalText(field: FieldRecipe, name: string): string | undefined {
  const value = field[name];
  return value === undefined || typeof value === "string" ? value : wrong(field, name, "a text");
}

/** A parameter that is one of these texts. */
export function choiceParameter<Choice extends string>(
  field: FieldRecipe,
  name: string,
  choices: readonly Choice[],
): Choice {
  return choices.find((choice) => choice === field[name]) ?? wrong(field, name, "one of the choices");
}

/** A parameter that is a number. */
export function numberParameter(field: FieldRecipe, name: string): number {
  return optionalNumber(field, name) ?? wrong(field, name, "a number");
}

/** A parameter that is a number, or absent. */
export function optionalNumber(field: FieldRecipe, name: string): number | undefined {
  const value = field[name];
  return value === undefined || typeof value === "number" ? value : wrong(field, name, "a number");
}

/** A parameter that is a list of numbers. */
export function numbersParameter(field: FieldRecipe, name: string): readonly number[] {
  const value = field[name];
  const isNumber = (item: unknown): item is number => typeof item === "number";
  return Array.isArray(value) && value.every(isNumber) ? value : wrong(field, name, "a list of numbers");
}

/** A parameter that is a list of texts; none when it is absent. */
export function textsParameter(field: FieldRecipe, name: string): readonly string[] {
  const value = field[name] ?? [];
  const isText = (item: unknown): item is string => typeof item === "string";
  return Array.isArray(value) && value.every(isText) ? value : wrong(field, name, "a list of texts");
}

/** A parameter that is true or false. */
export function booleanParameter(field: FieldRecipe, name: string): boolean {
  const value = field[name];
  return typeof value === "boolean" ? value : wrong(field, name, "true or false");
}

/** A parameter that is another field. */
export function fieldParameter(field: FieldRecipe, name: string): FieldRecipe {
  return optionalField(field, name) ?? wrong(field, name, "a field");
}

/** A parameter that is another field, or absent. */
export function optionalField(field: FieldRecipe, name: string): FieldRecipe | undefined {
  const value = field[name];
  return value === undefined || isFieldRecipe(value) ? value : wrong(field, name, "a field");
}

/** A parameter that is a list of fields. */
export function fieldsParameter(field: FieldRecipe, name: string): readonly FieldRecipe[] {
  const value = field[name];
  return Array.isArray(value) && value.every(isFieldRecipe) ? value : wrong(field, name, "a list of fields");
}

/** A parameter that names subjects. */
export function subjectParameter(field: FieldRecipe, name: string): SubjectRecipe {
  const value = field[name];
  return isSubjectRecipe(value) ? value : wrong(field, name, "subjects");
}

/** A parameter that names several kinds of subjects. */
export function subjectsParameter(field: FieldRecipe, name: string): readonly SubjectRecipe[] {
  const value = field[name];
  return Array.isArray(value) && value.every(isSubjectRecipe)
    ? value
    : wrong(field, name, "a list of subjects");
}

/** A parameter that names an attribute. */
export function attributeParameter(field: FieldRecipe, name: string): AttributeRecipe {
  const value = field[name];
  return isAttribute(value) ? value : wrong(field, name, "an attribute");
}

/** A parameter that names attributes. */
export function attributesParameter(field: FieldRecipe, name: string): readonly AttributeRecipe[] {
  const value = field[name];
  return Array.isArray(value) && value.every(isAttribute)
    ? value
    : wrong(field, name, "a list of attributes");
}

/** A parameter that holds values by name; none when it is absent. */
export function recordParameter(field: FieldRecipe, name: string): Readonly<Record<string, unknown>> {
  const value = field[name] ?? {};
  return isRecord(value) ? value : wrong(field, name, "an object");
}

/** A parameter that is a condition. */
export function conditionParameter(field: FieldRecipe, name: string): Condition {
  const value = field[name];
  return isCondition(value) ? value : wrong(field, name, "a condition");
}

function isCondition(value: unknown): value is Condition {
  return isRecord(value) && ["and", "or", "not", "field"].some((key) => Object.hasOwn(value, key));
}

function isAttribute(value: unknown): value is AttributeRecipe {
  return isRecord(value) && typeof value.label === "string";
}

function wrong(field: FieldRecipe, name: string, what: string): never {
  throw new TypeError(`${field.fieldClass}.${name} is not ${what}`);
}
