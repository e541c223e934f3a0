import { fields } from "../fields/index.ts";
import { findModel, type ModelLibrary } from "./model.ts";
import { fieldOfModel } from "./model-field.ts";
import {
  type DatasourceRecipe,
  type FieldRecipe,
  isFieldRecipe,
  isRecord,
  isSubjectRecipe,
  type Recipe,
} from "./recipe.ts";

/**
 * What a recipe imports, in order, each once: its own datasources, then those of the models in its fields, depth first.
 * Datasources given with a model replace those of the models inside it too.
 */
export function planImports(recipe: Recipe, models: ModelLibrary): DatasourceRecipe[] {
  const wanted = new Map<string, DatasourceRecipe>();
  const add = (datasources: readonly DatasourceRecipe[]) => {
    for (const datasource of datasources) {
      if (datasource.importerClass === "") continue;
      const key = datasourceKey(datasource);
      if (!wanted.has(key)) wanted.set(key, datasource);
    }
  };
  add(recipe.dataset.datasources);
  const through = { models, add, seen: new Set<string>() };
  for (const field of recipe.dataset.fields) walk(field, through);
  return [...wanted.values()];
}

/** A datasource as text: `importerClass:datasourceId[:[scopes]]`. */
export function datasourceKey(datasource: DatasourceRecipe): string {
  const { importerClass, datasourceId, geographyScope, temporalScope, localData, configFile } = datasource;
  const scopes = [geographyScope, temporalScope, localData, configFile].filter(
    (scope) => scope !== undefined,
  );
  const key = `${importerClass}:${datasourceId}`;
  return scopes.length === 0 ? key : `${key}:${scopes.map((scope) => JSON.stringify(scope)).join(",")}`;
}

/** Labels of the subject types that a recipe names anywhere: census tables are loaded for these alone. */
export function subjectTypesOf({ dataset }: Recipe): string[] {
  const types = new Set<string>();
  const visit = (value: unknown): void => {
    if (isSubjectRecipe(value) && value.subjectType !== "*") types.add(value.subjectType);
    if (Array.isArray(value)) value.forEach(visit);
    else if (isRecord(value)) Object.values(value).forEach(visit);
  };
  visit(dataset.subjects);
  visit(dataset.fields);
  return [...types];
}

/** Whether a field names a model. */
export const isModelField = ({ fieldClass }: FieldRecipe): boolean =>
  /\.(Basic|SingleValue)ModellingField$/.test(fieldClass);

/** What a walk through fields adds to, and the models that it has been in. */
interface Walk {
  readonly models: ModelLibrary;
  readonly add: (datasources: readonly DatasourceRecipe[]) => void;
  readonly seen: Set<string>;
}

function walk(field: FieldRecipe, through: Walk): void {
  const { properties } = fields.find(({ fieldClass }) => fieldClass === field.fieldClass) ?? {
    properties: {},
  };
  if (isModelField(field)) walkModel(field, through);
  for (const name of Object.keys(properties)) walkValue(field[name], through);
}

/** Fields stand in properties, in lists, and in the conditions of subjects. */
function walkValue(value: unknown, through: Walk): void {
  if (isFieldRecipe(value)) walk(value, through);
  else if (Array.isArray(value)) for (const item of value) walkValue(item, through);
  else if (isRecord(value)) for (const item of Object.values(value)) walkValue(item, through);
}

function walkModel(field: FieldRecipe, through: Walk): void {
  const { models, add, seen } = through;
  const model = findModel(models, String(field.recipe), []);
  const own = Array.isArray(field.datasources)
    ? (field.datasources satisfies readonly DatasourceRecipe[])
    : undefined;
  add(own ?? model.datasources);
  const parameters = isRecord(field.parameters) ? field.parameters : {};
  // Models made of each other twice over would be walked through a million times.
  const key = JSON.stringify([model.name, parameters, own === undefined]);
  if (seen.has(key)) return;
  seen.add(key);
  const inside = own ? { ...through, add: () => undefined } : through;
  walk(fieldOfModel(model, parameters, []), inside);
}
