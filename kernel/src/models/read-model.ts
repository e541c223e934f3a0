import { parse } from "yaml";
import { STATISTIC_KINDS } from "../engine/columns.ts";
import { UserError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import { blankComments } from "../recipe/comments.ts";
import { RecipeMistake, showPath } from "../recipe/mistake.ts";
import type { Model } from "../recipe/model.ts";
import { readDatasources } from "../recipe/read-datasources.ts";
import { isRecord } from "../recipe/recipe.ts";

const PROPERTIES = [
  "title",
  "description",
  "version",
  "unit",
  "kind",
  "parameters",
  "datasources",
  "field",
  "columns",
];

/** Reads a model's file. Throws a UserError naming the file when it is none. */
export function readModel(name: string, text: string, where: string): Model {
  const value = parseFile(text, where);
  if (!isRecord(value))
    throw new UserError(`${where} is not a model`, { where, hint: "It has a title and a field." });
  return modelOf(name, value, where);
}

/** Reads the two files that a model had in 2019: its field, and its datasources where there are any. */
export function readOldModel(name: string, field: string, data: string | undefined, where: string): Model {
  const root = parseFile(field, where);
  const datasources = data === undefined ? [] : parseFile(data, where);
  return modelOf(name, { title: name, field: root, datasources }, where);
}

function parseFile(text: string, where: string): unknown {
  try {
    return parse(blankComments(text));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(`${where} cannot be read: ${reason}`, { where, cause });
  }
}

/** A model from an object such as its file has. */
export function modelOf(name: string, value: Readonly<Record<string, unknown>>, where: string): Model {
  const unknown = Object.keys(value).find((key) => !PROPERTIES.includes(key));
  if (unknown !== undefined) {
    throw new UserError(`${where}: a model has no property "${unknown}"`, {
      where,
      hint: didYouMean(unknown, PROPERTIES),
    });
  }
  if (!isRecord(value.field)) throw new UserError(`${where}: a model needs a field`, { where });
  const kind = STATISTIC_KINDS.find((known) => known === value.kind);
  return {
    name,
    title: textOf(value.title, name),
    description: textOf(value.description, ""),
    version: typeof value.version === "number" ? value.version : 1,
    ...(typeof value.unit === "string" && { unit: value.unit }),
    ...(kind && { kind }),
    parameters: parametersOf(value.parameters, where),
    datasources: datasourcesOf(value.datasources, where),
    field: value.field,
    columns: isRecord(value.columns) ? value.columns : {},
  };
}

const textOf = (value: unknown, standard: string): string =>
  typeof value === "string" ? value.trim() : standard;

function parametersOf(value: unknown, where: string): Model["parameters"] {
  if (value === undefined || value === null) return {};
  if (!isRecord(value)) throw new UserError(`${where}: parameters are written as { name: value }`, { where });
  return Object.fromEntries(
    Object.entries(value).map(([name, standard]) => {
      if (typeof standard === "string" || typeof standard === "number") return [name, standard];
      throw new UserError(`${where}: the parameter "${name}" is no text and no number`, { where });
    }),
  );
}

function datasourcesOf(value: unknown, where: string): Model["datasources"] {
  try {
    return readDatasources(value, ["datasources"]);
  } catch (error) {
    if (!(error instanceof RecipeMistake)) throw error;
    throw new UserError(`${where}: ${showPath(error.path)}: ${error.message}`, { where });
  }
}
