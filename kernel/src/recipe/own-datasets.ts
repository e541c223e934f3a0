import type { Dataset } from "../store/datasets.ts";
import { isModelField, planImports } from "./imports.ts";
import type { ModelLibrary } from "./model.ts";
import { type DatasourceRecipe, type FieldRecipe, isFieldRecipe, isRecord, type Recipe } from "./recipe.ts";

/** Names of the datasets of which the subjects of a type are taken, by {@link typeKey}; of other types all are. */
export type DatasetNames = ReadonlyMap<string, readonly string[]>;

/** Of which datasets a recipe takes subjects that datasources share. */
export interface OwnDatasets {
  readonly ofRecipe: DatasetNames;
  /** Those of the recipe and of one model alone, by {@link modelKey}: what other models bring changes nothing in it. */
  readonly ofModels: ReadonlyMap<string, DatasetNames>;
}

/** Under which the datasets of a model are kept that a field names. */
export const modelKey = ({ recipe, datasources }: Readonly<Record<string, unknown>>): string =>
  JSON.stringify([recipe, datasources]);

/** The subject type that datasources of unlike content share: what one of them brings is none of the others' business. */
const SHARED = { provider: "org.openstreetmap", label: "OSMEntity" };

/** Under which the datasets of a subject type are kept. */
export const typeKey = ({ provider, label }: { readonly provider: string; readonly label: string }): string =>
  `${provider}/${label}`;

/** What a recipe takes of the shared type, and which datasources' subjects it leaves out. */
export interface OwnDatasetsFound {
  readonly datasets: OwnDatasets;
  /** A sentence for the user, when something is left out. */
  readonly warning?: string;
}

/**
 * The datasets that a recipe and its models have asked for, so that what others have imported changes nothing. A recipe that
 * brings nothing of the shared type takes all that the store has. `keyOf` gives the identity that an import has in the store.
 */
export async function findOwnDatasets(
  datasets: readonly Dataset[],
  recipe: Recipe,
  models: ModelLibrary,
  keyOf: (datasource: DatasourceRecipe) => Promise<string>,
): Promise<OwnDatasetsFound> {
  const shared = datasets.filter(({ manifest }) =>
    manifest.subjectTypes.some((type) => typeKey(type) === typeKey(SHARED)),
  );
  if (shared.length < 2) return { datasets: { ofRecipe: new Map(), ofModels: new Map() } };
  const ownOf = async (fields: readonly FieldRecipe[]): Promise<readonly Dataset[]> => {
    const wanted = planImports({ ...recipe, dataset: { ...recipe.dataset, fields } }, models);
    const keys = new Set(await Promise.all(wanted.map(keyOf)));
    const own = shared.filter(({ manifest }) => keys.has(manifest.key));
    return own.length === 0 ? shared : own;
  };
  const namesOf = (own: readonly Dataset[]): DatasetNames =>
    new Map(own.length === shared.length ? [] : [[typeKey(SHARED), own.map(({ name }) => name)]]);
  const own = await ownOf(recipe.dataset.fields);
  const ofModels = new Map<string, DatasetNames>();
  for (const field of modelFieldsIn(recipe.dataset))
    ofModels.set(modelKey(field), namesOf(await ownOf([field])));
  const titles = [
    ...new Set(shared.filter((each) => !own.includes(each)).map(({ manifest }) => manifest.title)),
  ];
  return {
    datasets: { ofRecipe: namesOf(own), ofModels },
    ...(titles.length > 0 && {
      warning: `Of ${SHARED.provider} counts only what this recipe's datasources bring; the store also has ${titles.join(", ")}.`,
    }),
  };
}

/** The fields that name a model, each model once, but not those in the models. */
function modelFieldsIn(dataset: Recipe["dataset"]): FieldRecipe[] {
  const found = new Map<string, FieldRecipe>();
  const visit = (value: unknown): void => {
    if (isFieldRecipe(value) && isModelField(value)) found.set(modelKey(value), value);
    else if (Array.isArray(value)) value.forEach(visit);
    else if (isRecord(value)) Object.values(value).forEach(visit);
  };
  visit(dataset);
  return [...found.values()];
}
