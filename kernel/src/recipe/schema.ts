import { fields } from "../fields/index.ts";
import { COMPARISONS } from "./condition-text.ts";
import { RESERVED_LABELS } from "./plan.ts";
import { DATASOURCE_NAMES } from "./read-datasources.ts";
import { GEO_RELATIONS } from "./read-subjects.ts";
import { fieldSchemas, VALUES } from "./schema-fields.ts";
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
  WORDS,
} from "./schema-parts.ts";

/** A pattern for `like`, in which a backslash stands before something. */
const LIKE: Schema = { type: "string", pattern: "^(?:[^\\\\]|\\\\[\\s\\S])*$" };
const COLUMN_LABEL: Schema = { type: "string", not: { enum: RESERVED_LABELS } };
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
      ...VALUES,
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
    operand: { anyOf: [TEXT_OR_NUMBER, reference("field")] },
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
