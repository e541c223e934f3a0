import {
  type FieldRecipe,
  isFieldRecipe,
  isRecord,
  isSubjectRecipe,
  type SubjectRecipe,
} from "../recipe/recipe.ts";

// A canonical field has been checked against its declaration, so a parameter of another type is a mistake of ours.

/** A parameter that is text. */
export function textParameter(field: FieldRecipe, name: string): string {
  const value = field[name];
  if (typeof value !== "string") throw new TypeError(`${field.fieldClass}.${name} is not a text`);
  return value;
}

/** A parameter that is a number. */
export function numberParameter(field: FieldRecipe, name: string): number {
  const value = field[name];
  if (typeof value !== "number") throw new TypeError(`${field.fieldClass}.${name} is not a number`);
  return value;
}

/** A parameter that is another field. */
export function fieldParameter(field: FieldRecipe, name: string): FieldRecipe {
  const value = field[name];
  if (!isFieldRecipe(value)) throw new TypeError(`${field.fieldClass}.${name} is not a field`);
  return value;
}

/** A parameter that names subjects. */
export function subjectParameter(field: FieldRecipe, name: string): SubjectRecipe {
  const value = field[name];
  if (!isSubjectRecipe(value)) throw new TypeError(`${field.fieldClass}.${name} does not name subjects`);
  return value;
}

/** A parameter that names an attribute. */
export function attributeParameter(field: FieldRecipe, name: string): { provider?: string; label: string } {
  const value = field[name];
  if (!isRecord(value) || typeof value.label !== "string")
    throw new TypeError(`${field.fieldClass}.${name} is no attribute`);
  return { label: value.label, ...(typeof value.provider === "string" && { provider: value.provider }) };
}
