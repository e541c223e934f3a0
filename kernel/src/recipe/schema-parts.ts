/** A part of a JSON Schema. */
export type Schema = Readonly<Record<string, unknown>>;

/** A text, empty or not. */
export const TEXT: Schema = { type: "string" };

/** A text that says something. */
export const WORDS: Schema = { type: "string", pattern: "\\S" };

/** True or false, also as a text. */
export const TRUTH: Schema = { enum: [true, false, "true", "false"] };

/** What is read as a text. */
export const TEXT_OR_NUMBER: Schema = { type: ["string", "number"] };

/** A text however it is written: YAML takes `yes` and `3.0` for something else. */
export const SCALAR: Schema = { type: ["string", "number", "boolean"] };

/** What may be left out may also be null. */
export const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: "null" }] });

/** A list of them. */
export const listOf = (items: Schema): Schema => ({ type: "array", items });

/** One of them stands for a list of one. */
export const oneOrMore = (items: Schema): Schema => ({ anyOf: [items, listOf(items)] });

/** What is defined once under a name. */
export const reference = (name: string): Schema => ({ $ref: `#/$defs/${name}` });

/** An object with no other properties than these. */
export function object(properties: Readonly<Record<string, Schema>>, required: readonly string[]): Schema {
  return { type: "object", properties, required, additionalProperties: false };
}
