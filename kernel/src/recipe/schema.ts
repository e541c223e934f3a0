import type { PropertyDeclaration } from "../fields/field.ts";
import { fields } from "../fields/index.ts";
import { COMPARISONS } from "./condition-text.ts";
import { RESERVED_LABELS } from "./plan.ts";
import { DATASOURCE_NAMES } from "./read-datasources.ts";
import { GEO_RELATIONS } from "./read-subjects.ts";
import { spellingsOfUnit } from "./units.ts";

type Schema = Readonly<Record<string, unknown>>;

const TEXT = { type: "string" } as const;
/** A text that says something. */
const WORDS: Schema = { type: "string", pattern: "\\S" };
const LIKE: Schema = { type: "string", pattern: "^(?:[^\\\\]|\\\\[\\s\\S])*$" };
const NUMBER_AS_TEXT: Schema = {
  type: "string",
  pattern: "^\\s*[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?\\s*$",
};
const WHOLE_AS_TEXT: Schema = {
  type: "string",
  pattern: "^\\s*[-+]?\\d+(\\.0*)?([eE]\\+?\\d+)?\\s*$",
};
const NUMBER: Schema = { anyOf: [{ type: "number" }, NUMBER_AS_TEXT] };
const TRUTH: Schema = { enum: [true, false, "true", "false"] };
/** What may be left out may also be null. */
const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: "null" }] });
const COLUMN_LABEL: Schema = { type: "string", not: { enum: RESERVED_LABELS } };
const listOf = (items: Schema): Schema => ({ type: "array", items });
const oneOrMore = (items: Schema): Schema => ({ anyOf: [items, listOf(items)] });
const reference = (name: string): Schema => ({ $ref: `#/$defs/${name}` });

const TEXT_OR_NUMBER: Schema = { type: ["string", "number"] };
const SCALAR: Schema = { type: ["string", "number", "boolean"] };
const ATTRIBUTE_PROPERTIES = { provider: TEXT, label: TEXT, values: orNull(oneOrMore(SCALAR)) };

/** A column that is an attribute: `provider/label`. */
const ATTRIBUTE: Schema = { type: "string", pattern: "/" };

/** A field of a template, which has no class yet. */
const BLANK: Schema = {
  type: "object",
  properties: { fieldClass: { const: "" }, label: TEXT },
  required: ["fieldClass"],
};

/** JSON Schema of recipes, in the short form and in the canonical one, made from the field objects. */
export function recipeSchema(): Schema {
  const subjects = reference("subject");
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Tombolo recipe",
    description: "What to compute: subjects are the rows, fields the columns.",
    oneOf: [reference("short"), reference("canonical")],
    $defs: {
      short: object(
        {
          subjects: oneOrMore(subjects),
          datasources: orNull(oneOrMore(reference("datasource"))),
          fields: {
            anyOf: [
              {
                type: "object",
                propertyNames: COLUMN_LABEL,
                additionalProperties: { anyOf: [ATTRIBUTE, reference("field")] },
              },
              listOf({
                allOf: [reference("field"), { required: ["label"], properties: { label: COLUMN_LABEL } }],
              }),
            ],
          },
          exporter: orNull(TEXT),
          timeStamp: orNull(TRUTH),
        },
        ["subjects", "fields"],
      ),
      canonical: object(
        {
          dataset: object(
            {
              subjects: listOf(reference("subject-canonical")),
              datasources: listOf(reference("datasource-canonical")),
              fields: listOf({
                allOf: [
                  reference("field-canonical"),
                  { required: ["label"], properties: { label: COLUMN_LABEL } },
                ],
              }),
            },
            ["subjects", "datasources", "fields"],
          ),
          exporter: TEXT,
          timeStamp: orNull(TRUTH),
        },
        ["dataset", "exporter"],
      ),
      ...shared(),
      field: { anyOf: [...fields.map(({ name }) => reference(name)), reference("field-canonical")] },
      "field-canonical": {
        anyOf: [...fields.map(({ name }) => reference(`${name}-canonical`)), BLANK],
      },
      ...Object.fromEntries(fields.flatMap(fieldSchemas)),
    },
  };
}

/** What several kinds of property refer to. */
function shared(): Readonly<Record<string, Schema>> {
  const words = { ...WORDS, description: 'subjects in words, such as lsoa in "Leeds"' };
  return {
    subject: { anyOf: [words, subjectObject("subject", "condition", ["subjectType"])] },
    "subject-canonical": subjectObject("subject-canonical", "condition-canonical", [
      "provider",
      "subjectType",
    ]),
    condition: conditionSchema("condition", reference("operand")),
    "condition-canonical": conditionSchema("condition-canonical", reference("field-canonical")),
    datasource: {
      anyOf: [
        WORDS,
        reference("datasource-canonical"),
        {
          type: "object",
          minProperties: 1,
          maxProperties: 1,
          propertyNames: { not: { enum: DATASOURCE_NAMES } },
          additionalProperties: orNull(oneOrMore(TEXT_OR_NUMBER)),
        },
      ],
    },
    "datasource-canonical": object(
      {
        importerClass: TEXT,
        datasourceId: TEXT,
        geographyScope: orNull(listOf(TEXT_OR_NUMBER)),
        temporalScope: orNull(listOf(TEXT_OR_NUMBER)),
        localData: orNull(listOf(TEXT_OR_NUMBER)),
        configFile: orNull(TEXT),
        configurationFile: orNull(TEXT),
      },
      ["importerClass", "datasourceId"],
    ),
    attribute: { anyOf: [WORDS, object(ATTRIBUTE_PROPERTIES, ["label"])] },
    "attribute-canonical": {
      anyOf: [WORDS, { type: "object", properties: ATTRIBUTE_PROPERTIES, required: ["label"] }],
    },
    operand: { anyOf: [{ type: ["string", "number"] }, reference("field")] },
  };
}

function conditionSchema(name: string, field: Schema): Schema {
  const condition = reference(name);
  const several = { ...listOf(condition), minItems: 1 };
  return {
    anyOf: [
      {
        ...WORDS,
        description: "a condition in words, such as provider/attribute > 1000 and not name like A%",
      },
      object({ and: several }, ["and"]),
      object({ or: several }, ["or"]),
      object({ not: condition }, ["not"]),
      object({ field, is: { const: "present" } }, ["field", "is"]),
      object({ field, is: { enum: COMPARISONS }, value: TEXT_OR_NUMBER }, ["field", "is", "value"]),
    ],
  };
}

function subjectObject(of: string, condition: string, required: readonly string[]): Schema {
  const rule = object({ attribute: { enum: ["label", "name"] }, pattern: LIKE }, ["attribute", "pattern"]);
  const place = object({ geoRelation: { enum: GEO_RELATIONS }, subjects: listOf(reference(of)) }, [
    "geoRelation",
    "subjects",
  ]);
  return object(
    {
      provider: TEXT,
      subjectType: TEXT,
      matchRule: orNull(rule),
      geoMatchRule: orNull(place),
      where: orNull(reference(condition)),
    },
    required,
  );
}

function fieldSchemas(field: (typeof fields)[number]): [string, Schema][] {
  const { name, fieldClass, doc, properties, words = {} } = field;
  const schemasOf = (types: typeof TYPES) =>
    Object.fromEntries(
      Object.entries(properties).map(([key, property]) => [key, propertySchema(property, types)]),
    );
  const declared = schemasOf(TYPES);
  const required = Object.keys(properties).filter((key) => needed(properties[key]));
  const short = Object.entries({ [name]: {}, ...words }).map(([word, preset]) =>
    wordSchema(field, word, preset, declared, required),
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
          ...schemasOf(CANONICAL_TYPES),
        },
        required: ["fieldClass", ...required],
      },
    ],
  ];
}

/** A field by one of its words: what the word says itself cannot be said, what it needs stands beside it or inside. */
function wordSchema(
  { main, readShort, properties }: (typeof fields)[number],
  word: string,
  preset: Readonly<Record<string, unknown>>,
  declared: Readonly<Record<string, Schema>>,
  required: readonly string[],
): Schema {
  const open = Object.fromEntries(Object.entries(declared).filter(([key]) => !Object.hasOwn(preset, key)));
  const mainSchema = main !== undefined && !Object.hasOwn(preset, main) ? declared[main] : undefined;
  const expression: Schema = { type: ["string", "number"] };
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

const TYPES: Readonly<Record<PropertyDeclaration["type"], Schema>> = {
  text: SCALAR,
  texts: oneOrMore(SCALAR),
  unit: TEXT,
  time: {
    anyOf: [
      { type: "string", pattern: "^\\d{4}(-\\d\\d(-\\d\\d(T\\d\\d:\\d\\d:\\d\\d)?)?)?$" },
      { type: "integer", minimum: 1000, maximum: 9999 },
    ],
  },
  integer: { anyOf: [{ type: "integer" }, WHOLE_AS_TEXT] },
  number: NUMBER,
  numbers: oneOrMore(NUMBER),
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

function object(properties: Readonly<Record<string, Schema>>, required: readonly string[]): Schema {
  return { type: "object", properties, required, additionalProperties: false };
}
