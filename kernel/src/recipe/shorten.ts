import type { Field, PropertyDeclaration } from "../fields/field.ts";
import { fields } from "../fields/index.ts";
import {
  type FieldRecipe,
  isFieldRecipe,
  isRecord,
  isSubjectRecipe,
  type Recipe,
  type SubjectRecipe,
} from "./recipe.ts";

/** A recipe in the short form, from which `parseRecipe` makes the same canonical recipe again. */
export interface Shortened {
  readonly subjects: unknown;
  readonly datasources?: readonly unknown[];
  readonly fields: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly exporter?: string;
  readonly timeStamp?: false;
}

/** The short form of a canonical recipe: defaults left out, equal fields named by their column. */
export function shortenRecipe({ dataset, exporter, timeStamp }: Recipe): Shortened {
  const subjects = dataset.subjects.map(shortSubject);
  const short = dataset.fields.map((field, index) => {
    // A field may only name the columns before it, so that none is made from itself.
    const columns = new Map(
      dataset.fields.slice(0, index).map((column) => [keyOf(column), column.label ?? ""]),
    );
    return [field.label ?? "", shortField(field, columns)] as const;
  });
  return {
    subjects: subjects.length === 1 ? subjects[0] : subjects,
    ...(dataset.datasources.length > 0 && {
      datasources: dataset.datasources.map((source) =>
        source.importerClass === source.datasourceId ? source.datasourceId : source,
      ),
    }),
    fields: Object.fromEntries(short),
    ...(exporter.endsWith("GeoJsonExporter") && { exporter: "geojson" }),
    ...(!timeStamp && { timeStamp }),
  };
}

/** Parameters of a field in the short form without its defaults, and the field they belong to. */
export function shortParameters(field: FieldRecipe, columns: ReadonlyMap<string, string>) {
  const definition = fields.find(({ fieldClass }) => fieldClass === field.fieldClass);
  if (!definition) throw new Error(`no field ${field.fieldClass}`);
  const parameters: Record<string, unknown> = {};
  for (const [name, declaration] of Object.entries(definition.properties)) {
    if (field[name] !== declaration.default) parameters[name] = shortValue(declaration, field[name], columns);
  }
  return { definition, parameters };
}

function shortField(
  field: FieldRecipe,
  columns: ReadonlyMap<string, string>,
): Readonly<Record<string, unknown>> {
  const { definition, parameters } = shortParameters(field, columns);
  return mainFirst(definition, parameters);
}

function mainFirst(
  definition: Field,
  parameters: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const short = definition.writeShort?.(parameters);
  if (short !== undefined) return { [definition.name]: short };
  if (definition.main === undefined) {
    return { [definition.name]: Object.keys(parameters).length > 0 ? parameters : null };
  }
  const { [definition.main]: main, ...rest } = parameters;
  return { [definition.name]: main ?? null, ...rest };
}

function shortValue(
  declaration: PropertyDeclaration,
  value: unknown,
  columns: ReadonlyMap<string, string>,
): unknown {
  if (declaration.type === "subject" && isSubjectRecipe(value)) return shortSubject(value);
  if (declaration.type === "attribute" && isRecord(value)) {
    return value.provider === undefined ? value.label : `${value.provider}/${value.label}`;
  }
  if (declaration.type === "field" && isFieldRecipe(value)) {
    const column = columns.get(keyOf(value));
    return column !== undefined && column === value.label ? column : shortField(value, columns);
  }
  return value;
}

function shortSubject({ provider, subjectType }: SubjectRecipe): string {
  return provider === undefined ? subjectType : `${provider}/${subjectType}`;
}

function keyOf(field: FieldRecipe): string {
  return JSON.stringify(field);
}
