import type { PropertyDeclaration } from "../fields/field.ts";
import { fields } from "../fields/index.ts";
import { COMPARISONS } from "./read-condition.ts";
import { GEO_RELATIONS } from "./read-subjects.ts";

type Schema = Readonly<Record<string, unknown>>;

const TEXT = { type: "string" } as const;
const listOf = (items: Schema): Schema => ({ type: "array", items });
const oneOrMore = (items: Schema): Schema => ({ anyOf: [items, listOf(items)] });
const reference = (name: string): Schema => ({ $ref: `#/$defs/${name}` });

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
          datasources: oneOrMore(reference("datasource")),
          fields: {
            anyOf: [
              { type: "object", additionalProperties: { anyOf: [ATTRIBUTE, reference("field")] } },
              listOf(reference("field")),
            ],
          },
          exporter: TEXT,
          timeStamp: { type: "boolean" },
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
                allOf: [reference("field-canonical"), { required: ["label"], properties: { label: TEXT } }],
              }),
            },
            ["subjects", "datasources", "fields"],
          ),
          exporter: TEXT,
          timeStamp: { type: "boolean" },
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
  const condition = reference("condition");
  const words = { type: "string", description: 'subjects in words, such as lsoa in "Leeds"' };
  return {
    subject: { anyOf: [words, subjectObject("subject", ["subjectType"])] },
    "subject-canonical": subjectObject("subject-canonical", ["provider", "subjectType"]),
    condition: {
      anyOf: [
        {
          type: "string",
          description: "a condition in words, such as provider/attribute > 1000 and not name like A%",
        },
        object({ and: listOf(condition) }, ["and"]),
        object({ or: listOf(condition) }, ["or"]),
        object({ not: condition }, ["not"]),
        object(
          {
            field: reference("operand"),
            is: { enum: [...COMPARISONS, "present"] },
            value: { type: ["string", "number"] },
          },
          ["field", "is"],
        ),
      ],
    },
    datasource: {
      anyOf: [
        TEXT,
        reference("datasource-canonical"),
        { type: "object", minProperties: 1, maxProperties: 1 },
      ],
    },
    "datasource-canonical": object(
      {
        importerClass: TEXT,
        datasourceId: TEXT,
        geographyScope: listOf({ type: ["string", "number"] }),
        temporalScope: listOf({ type: ["string", "number"] }),
        localData: listOf(TEXT),
        configFile: TEXT,
        configurationFile: TEXT,
      },
      ["importerClass", "datasourceId"],
    ),
    attribute: {
      anyOf: [
        TEXT,
        object({ provider: TEXT, label: TEXT, values: listOf({ type: ["string", "number", "boolean"] }) }, [
          "label",
        ]),
      ],
    },
    operand: { anyOf: [{ type: ["string", "number"] }, reference("field")] },
  };
}

function subjectObject(of: string, required: readonly string[]): Schema {
  const rule = object({ attribute: { enum: ["label", "name"] }, pattern: TEXT }, ["attribute", "pattern"]);
  const place = object({ geoRelation: { enum: GEO_RELATIONS }, subjects: listOf(reference(of)) }, [
    "geoRelation",
    "subjects",
  ]);
  return object(
    {
      provider: TEXT,
      subjectType: TEXT,
      matchRule: rule,
      geoMatchRule: place,
      where: reference("condition"),
    },
    required,
  );
}

function fieldSchemas(field: (typeof fields)[number]): [string, Schema][] {
  const { name, fieldClass, doc, main, properties, readShort, words = {} } = field;
  const schemasOf = (types: typeof TYPES) =>
    Object.fromEntries(
      Object.entries(properties).map(([key, property]) => [key, propertySchema(property, types)]),
    );
  const declared = schemasOf(TYPES);
  const shorthand = main !== undefined ? declared[main] : readShort ? TEXT : undefined;
  const forms = { anyOf: [...(shorthand ? [shorthand] : []), object(declared, []), { type: "null" }] };
  const required = Object.keys(properties).filter((key) => needed(properties[key]));
  const short = [name, ...Object.keys(words)].map((word) =>
    object({ [word]: forms, label: TEXT, ...declared }, [word]),
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
          label: TEXT,
          ...schemasOf(CANONICAL_TYPES),
        },
        required: ["fieldClass", ...required],
      },
    ],
  ];
}

function needed(property: PropertyDeclaration | undefined): boolean {
  return property !== undefined && property.default === undefined && !property.optional;
}

const TYPES: Readonly<Record<PropertyDeclaration["type"], Schema>> = {
  text: { type: ["string", "number", "boolean"] },
  texts: oneOrMore({ type: ["string", "number"] }),
  unit: TEXT,
  time: { type: ["string", "number"] },
  integer: { type: ["integer", "string"] },
  number: { type: ["number", "string"] },
  numbers: oneOrMore({ type: ["number", "string"] }),
  boolean: { enum: [true, false, "true", "false"] },
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
  parameters: { type: "object", additionalProperties: { type: ["string", "number"] } },
};

/** The canonical form says in full what the short one may abbreviate. */
const CANONICAL_TYPES: typeof TYPES = {
  ...TYPES,
  subject: reference("subject-canonical"),
  subjects: oneOrMore(reference("subject-canonical")),
  field: reference("field-canonical"),
  fields: listOf(reference("field-canonical")),
  datasources: oneOrMore(reference("datasource-canonical")),
};

function propertySchema(
  { type, doc, default: standard, values, minimum, maximum }: PropertyDeclaration,
  types: typeof TYPES,
): Schema {
  return {
    ...types[type],
    description: doc,
    ...(values && { enum: values }),
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
    ...(standard !== undefined && { default: standard }),
  };
}

function object(properties: Readonly<Record<string, Schema>>, required: readonly string[]): Schema {
  return { type: "object", properties, required, additionalProperties: false };
}
