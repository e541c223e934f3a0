import type { PropertyDeclaration } from "../fields/field.ts";
import { fields } from "../fields/index.ts";

type Schema = Readonly<Record<string, unknown>>;

/** JSON Schema of recipes, in the short form and in the canonical one, made from the field objects. */
export function recipeSchema(): Schema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Tombolo recipe",
    description: "What to compute: subjects are the rows, fields the columns.",
    oneOf: [{ $ref: "#/$defs/short" }, { $ref: "#/$defs/canonical" }],
    $defs: {
      short: object(
        {
          subjects: { oneOf: [subject(), { type: "array", items: subject() }] },
          datasources: { oneOf: [{ type: "string" }, { type: "array", items: { type: "string" } }] },
          fields: { type: "object", additionalProperties: { $ref: "#/$defs/field" } },
          exporter: { type: "string" },
          timeStamp: { type: "boolean" },
        },
        ["subjects", "fields"],
      ),
      canonical: object(
        {
          dataset: object(
            {
              subjects: { type: "array", items: subject() },
              datasources: { type: "array", items: { type: "object" } },
              fields: { type: "array", items: { $ref: "#/$defs/field" } },
            },
            ["subjects", "datasources", "fields"],
          ),
          exporter: { type: "string" },
          timeStamp: { type: "boolean" },
        },
        ["dataset", "exporter"],
      ),
      field: {
        anyOf: fields.flatMap(({ name }) => [
          { $ref: `#/$defs/${name}` },
          { $ref: `#/$defs/${name}-canonical` },
        ]),
      },
      ...Object.fromEntries(fields.flatMap(fieldSchemas)),
    },
  };
}

function fieldSchemas({
  name,
  fieldClass,
  doc,
  main,
  properties,
  readShort,
}: (typeof fields)[number]): [string, Schema][] {
  const declared = Object.fromEntries(
    Object.entries(properties).map(([key, property]) => [key, propertySchema(property)]),
  );
  const shorthand = main !== undefined ? declared[main] : readShort ? { type: "string" } : undefined;
  const forms = [...(shorthand ? [shorthand] : []), object(declared, []), { type: "null" }];
  const required = Object.keys(properties).filter((key) => properties[key]?.default === undefined);
  return [
    [
      name,
      {
        description: doc,
        ...object({ [name]: { anyOf: forms }, label: { type: "string" }, ...declared }, [name]),
      },
    ],
    [
      `${name}-canonical`,
      {
        description: doc,
        type: "object",
        properties: { fieldClass: { const: fieldClass }, ...declared },
        required: ["fieldClass", ...required],
      },
    ],
  ];
}

function propertySchema({ type, doc, default: standard, values }: PropertyDeclaration): Schema {
  const schemas = {
    text: { type: ["string", "number"] },
    unit: { type: "string" },
    integer: { type: ["integer", "string"] },
    number: { type: ["number", "string"] },
    subject: subject(),
    attribute: {
      oneOf: [
        { type: "string" },
        object({ provider: { type: "string" }, label: { type: "string" } }, ["label"]),
      ],
    },
    field: { oneOf: [{ type: ["string", "number"] }, { $ref: "#/$defs/field" }] },
  } as const;
  return {
    ...schemas[type],
    description: doc,
    ...(values && { enum: values }),
    ...(standard !== undefined && { default: standard }),
  };
}

function subject(): Schema {
  return {
    oneOf: [
      { type: "string" },
      object({ provider: { type: "string" }, subjectType: { type: "string" } }, ["subjectType"]),
    ],
  };
}

function object(properties: Readonly<Record<string, Schema>>, required: readonly string[]): Schema {
  return { type: "object", properties, required, additionalProperties: false };
}
