import type { Field, PropertyDeclaration } from "../fields/field.ts";
import {
  listOf,
  object,
  oneOrMore,
  orNull,
  reference,
  SCALAR,
  type Schema,
  TEXT,
  TEXT_OR_NUMBER,
  TRUTH,
} from "./schema-parts.ts";
import { spellingsOfUnit } from "./units.ts";

/** What a field is in the short and in the canonical form, and each of its properties, to which both refer. */
export function fieldSchemas(field: Field): [string, Schema][] {
  const { name, fieldClass, doc, properties, words = {} } = field;
  const declared = Object.entries(properties);
  const placeOf = (key: string) => `${name}.${key}`;
  const open = Object.fromEntries(declared.map(([key]) => [key, reference(placeOf(key))]));
  const canonical = Object.fromEntries(
    declared.map(([key, property]) => [
      key,
      CANONICAL_TYPES[property.type] === TYPES[property.type]
        ? reference(placeOf(key))
        : propertySchema(property, CANONICAL_TYPES),
    ]),
  );
  const required = Object.keys(properties).filter((key) => needed(properties[key]));
  const short = Object.entries({ [name]: {}, ...words }).map(([word, preset]) =>
    wordSchema(field, word, preset, open, required),
  );
  const last = fieldClass.slice(fieldClass.lastIndexOf(".") + 1);
  return [
    [name, { description: doc, ...(short.length === 1 ? short[0] : { anyOf: short }) }],
    [
      `${name}-canonical`,
      {
        description: doc,
        type: "object",
        properties: {
          fieldClass: { enum: [...new Set([fieldClass, last, name])] },
          label: orNull(TEXT),
          ...canonical,
        },
        required: ["fieldClass", ...required],
      },
    ],
    ...declared.map(([key, property]): [string, Schema] => [placeOf(key), propertySchema(property, TYPES)]),
  ];
}

/** A field by one of its words: what the word says itself cannot be said, what it needs stands beside it or inside. */
function wordSchema(
  { main, readShort, properties }: Field,
  word: string,
  preset: Readonly<Record<string, unknown>>,
  declared: Readonly<Record<string, Schema>>,
  required: readonly string[],
): Schema {
  const open = Object.fromEntries(Object.entries(declared).filter(([key]) => !Object.hasOwn(preset, key)));
  const mainSchema = main !== undefined && !Object.hasOwn(preset, main) ? declared[main] : undefined;
  const expression = TEXT_OR_NUMBER;
  const shorthand = readShort ? expression : mainSchema;
  const forms = { anyOf: [...(shorthand ? [shorthand] : []), object(open, []), { type: "null" }] };
  const inside = (schema: Schema): Schema => ({ properties: { [word]: schema } });
  const own: Schema = { type: "object", propertyNames: { enum: Object.keys(properties) } };
  const needs = required
    .filter((key) => !Object.hasOwn(preset, key))
    .map((key) => ({
      anyOf: [
        { required: [key] },
        inside({ type: "object", required: [key] }),
        ...(readShort ? [inside(expression)] : []),
        ...(key === main ? [inside({ not: { anyOf: [own, { type: "null" }] } })] : []),
      ],
    }));
  const described = object({ [word]: forms, label: orNull(TEXT), ...open }, [word]);
  return needs.length === 0 ? described : { ...described, allOf: needs };
}

function needed(property: PropertyDeclaration | undefined): boolean {
  return property !== undefined && property.default === undefined && !property.optional;
}

/** What several kinds of property are: numbers may be texts that say them. */
export const VALUES: Readonly<Record<string, Schema>> = {
  time: {
    anyOf: [
      { type: "string", pattern: "^\\d{4}(-\\d\\d(-\\d\\d(T\\d\\d:\\d\\d:\\d\\d)?)?)?$" },
      { type: "integer", minimum: 1000, maximum: 9999 },
    ],
  },
  number: {
    anyOf: [
      { type: "number" },
      { type: "string", pattern: "^\\s*[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?\\s*$" },
    ],
  },
  "whole-number": {
    anyOf: [{ type: "integer" }, { type: "string", pattern: "^\\s*[-+]?\\d+(\\.0*)?([eE]\\+?\\d+)?\\s*$" }],
  },
};

const TYPES: Readonly<Record<PropertyDeclaration["type"], Schema>> = {
  text: SCALAR,
  texts: oneOrMore(SCALAR),
  unit: TEXT,
  time: reference("time"),
  integer: reference("whole-number"),
  number: reference("number"),
  numbers: oneOrMore(reference("number")),
  boolean: TRUTH,
  subject: reference("subject"),
  subjects: oneOrMore(reference("subject")),
  attribute: reference("attribute"),
  attributes: oneOrMore(reference("attribute")),
  field: reference("operand"),
  fields: {
    anyOf: [listOf(reference("operand")), { type: "object", additionalProperties: reference("operand") }],
  },
  datasources: oneOrMore(reference("datasource")),
  condition: reference("condition"),
  parameters: { type: "object", additionalProperties: TEXT_OR_NUMBER },
};

/** The canonical form says in full what the short one may abbreviate. */
const CANONICAL_TYPES: typeof TYPES = {
  ...TYPES,
  subject: reference("subject-canonical"),
  subjects: oneOrMore(reference("subject-canonical")),
  attribute: reference("attribute-canonical"),
  attributes: oneOrMore(reference("attribute-canonical")),
  field: reference("field-canonical"),
  fields: listOf(reference("field-canonical")),
  datasources: oneOrMore(reference("datasource-canonical")),
  condition: reference("condition-canonical"),
};

function propertySchema(declaration: PropertyDeclaration, types: typeof TYPES): Schema {
  const { type, doc, default: standard, values, minimum, maximum } = declaration;
  const written = type === "unit" ? values?.flatMap(spellingsOfUnit) : values;
  const limits: Schema = {
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
  };
  const schema: Schema = { ...types[type], ...(written && { enum: written }), ...limits };
  return {
    ...(needed(declaration) ? schema : orNull(schema)),
    description: doc,
    ...(standard !== undefined && { default: standard }),
  };
}
