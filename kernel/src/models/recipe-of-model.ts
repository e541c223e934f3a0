import { stringify } from "yaml";
import type { Model } from "../recipe/model.ts";
import { fill } from "../recipe/model-field.ts";

/**
 * A model as a recipe in the short form: its columns, or the one that it is, over some subjects. Whole, its field is written out with what
 * its parameters are unless told otherwise; else it is named, with values for its parameters.
 */
export function recipeOfModel(
  { name, columns, datasources, field, parameters }: Model,
  subjects: unknown,
  whole: boolean,
  given: Model["parameters"] = {},
) {
  const named = { model: name, ...(Object.keys(given).length > 0 && { parameters: given }) };
  const own =
    Object.keys(columns).length > 0 ? columns : { [labelOf(name)]: whole ? fill(field, parameters) : named };
  const wanted = datasources.map((datasource) =>
    datasource.importerClass === datasource.datasourceId ? datasource.datasourceId : datasource,
  );
  return {
    subjects,
    ...(whole && wanted.length > 0 && { datasources: wanted }),
    fields: own,
  };
}

/** The text of a recipe cell that computes a model, its field written out so that it can be changed. */
export function cellOfModel(model: Model, subjects: string): string {
  const body = stringify(recipeOfModel(model, subjects, true), { lineWidth: 110, nullStr: "" });
  return `%%recipe ${labelOf(model.name).replace(/\W/g, "_")}\n${body}`;
}

/** The last part of a model's name, as the label of its column. */
export function labelOf(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}
