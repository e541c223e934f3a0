import type { Field, PropertyDeclaration } from "../fields/field.ts";
import { fields } from "../fields/index.ts";
import { findExporter } from "./exporters.ts";
import {
  type DatasourceRecipe,
  type FieldRecipe,
  isFieldRecipe,
  isRecord,
  isSubjectRecipe,
  type Recipe,
  type SubjectRecipe,
} from "./recipe.ts";
import { writeSubjectText } from "./subject-text.ts";

/** A recipe in the short form, from which `parseRecipe` makes the same canonical recipe again. */
export interface Shortened {
  readonly subjects: unknown;
  readonly datasources?: readonly unknown[];
  readonly fields: Readonly<Record<string, unknown>> | readonly unknown[];
  readonly exporter?: string;
  readonly timeStamp?: false;
}

/** The short form of a canonical recipe: defaults left out, equal fields named by their column. */
export function shortenRecipe({ dataset, exporter, timeStamp }: Recipe): Shortened {
  const subjects = dataset.subjects.map((subject) => writeSubjectText(subject) ?? subject);
  const labels = dataset.fields.map(({ label = "" }) => label);
  const short = dataset.fields.map((field, index) => {
    // A field may only name the columns before it, so that none is made from itself.
    const columns = new Map(
      dataset.fields.slice(0, index).map((column) => [JSON.stringify(column), column.label ?? ""]),
    );
    return [field.label ?? "", shortField(field, { columns, labels })] as const;
  });
  // Two columns of one label, or one that JavaScript would move to the front, are kept by a list.
  const named =
    new Set(labels).size === labels.length &&
    !labels.some((label) => /^\d+$/.test(label) || label === "__proto__");
  const exporterName = findExporter(exporter) ?? exporter;
  return {
    subjects: subjects.length === 1 ? subjects[0] : subjects,
    ...(dataset.datasources.length > 0 && { datasources: dataset.datasources.map(shortDatasource) }),
    fields: named ? Object.fromEntries(short) : short.map(([label, field]) => ({ label, ...field })),
    ...(exporterName !== "csv" && { exporter: exporterName }),
    ...(!timeStamp && { timeStamp }),
  };
}

/** A field outside a recipe in the short form. */
export function shortenField(field: FieldRecipe): Readonly<Record<string, unknown>> {
  return shortField(field, { columns: new Map(), labels: [] });
}

interface Columns {
  /** Label of the column that a canonical field is. */
  readonly columns: ReadonlyMap<string, string>;
  readonly labels: readonly string[];
}

function shortDatasource(datasource: DatasourceRecipe): unknown {
  const { importerClass, datasourceId, geographyScope, ...others } = datasource;
  if (importerClass !== datasourceId || importerClass.trim() === "" || Object.keys(others).length > 0)
    return datasource;
  return geographyScope ? { [datasourceId]: geographyScope } : datasourceId;
}

function shortField(field: FieldRecipe, columns: Columns): Readonly<Record<string, unknown>> {
  if (field.fieldClass === "") return { fieldClass: "" };
  const definition = fields.find(({ fieldClass }) => fieldClass === field.fieldClass);
  if (!definition) throw new Error(`no field ${field.fieldClass}`);
  const parameters: Record<string, unknown> = {};
  for (const [name, declaration] of Object.entries(definition.properties)) {
    const value = field[name];
    if (value !== undefined && value !== declaration.default)
      parameters[name] = shortValue(declaration, value, columns);
  }
  return mainFirst(definition, parameters);
}

/** The field's word, or the one that gives most of its properties, with what it does not give. */
function mainFirst(
  definition: Field,
  parameters: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const { word, preset } = wordOf(definition, parameters);
  const short = definition.writeShort?.(parameters);
  if (short !== undefined) return { [definition.name]: short };
  const left = Object.fromEntries(
    Object.entries(parameters).filter(([name]) => !Object.hasOwn(preset, name)),
  );
  if (definition.main === undefined) return { [word]: Object.keys(left).length > 0 ? left : null };
  const { [definition.main]: main, ...rest } = left;
  // A main value that is itself an object of the field's own properties would be taken for all of them.
  if (isRecord(main) && Object.keys(main).every((name) => Object.hasOwn(definition.properties, name)))
    return { [word]: { [definition.main]: main, ...rest } };
  return { [word]: main ?? null, ...rest };
}

/** The word of a field that gives most of its properties, with what it gives. */
export function wordOf(definition: Field, parameters: Readonly<Record<string, unknown>>) {
  const given = (preset: Readonly<Record<string, unknown>>) =>
    Object.entries(preset).every(
      ([name, value]) => JSON.stringify(parameters[name]) === JSON.stringify(value),
    );
  const [word = definition.name, preset = {}] =
    Object.entries(definition.words ?? {})
      .filter(([, candidate]) => given(candidate))
      .sort(([, first], [, second]) => Object.keys(second).length - Object.keys(first).length)[0] ?? [];
  return { word, preset };
}

function shortValue(declaration: PropertyDeclaration, value: unknown, columns: Columns): unknown {
  switch (declaration.type) {
    case "subject":
      return isSubjectRecipe(value) ? shortSubject(value) : value;
    case "subjects":
      return shortList(value, (item) => (isSubjectRecipe(item) ? shortSubject(item) : item), true);
    case "attribute":
      return shortAttribute(value);
    case "attributes":
      return shortList(value, shortAttribute, false);
    case "field":
      return shortOperand(value, columns);
    case "fields":
      return shortList(value, (item) => shortOperand(item, columns), false);
    case "datasources":
      return value;
    default:
      return value;
  }
}

function shortList(value: unknown, shorten: (item: unknown) => unknown, single: boolean): unknown {
  if (!Array.isArray(value)) return value;
  const items = value.map(shorten);
  return single && items.length === 1 ? items[0] : items;
}

const shortSubject = (subject: SubjectRecipe): unknown => writeSubjectText(subject) ?? subject;

function shortAttribute(value: unknown): unknown {
  if (!isRecord(value) || value.values !== undefined || typeof value.label !== "string") return value;
  const text = value.provider === undefined ? value.label : `${value.provider}/${value.label}`;
  const unambiguous =
    value.provider === undefined ? !value.label.includes("/") : !String(value.provider).includes("/");
  return unambiguous && text.trim() !== "" ? text : value;
}

function shortOperand(value: unknown, columns: Columns): unknown {
  if (!isFieldRecipe(value)) return value;
  const column = columns.columns.get(JSON.stringify(value));
  if (column !== undefined && column === value.label) return column;
  const short = shortField(value, columns);
  if (value.label !== undefined) return { ...short, label: value.label };
  const { value: attribute, ...others } = short;
  const isText = typeof attribute === "string" && attribute.includes("/") && Object.keys(others).length === 0;
  return isText && !columns.labels.includes(attribute) ? attribute : short;
}
