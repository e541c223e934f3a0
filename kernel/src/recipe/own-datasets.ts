import type { Dataset } from "../store/datasets.ts";
import { planImports } from "./imports.ts";
import type { ModelLibrary } from "./model.ts";
import type { DatasourceRecipe, Recipe } from "./recipe.ts";

/** Names of the datasets of which a recipe takes the subjects of a type, by {@link typeKey}; of other types it takes all. */
export type OwnDatasets = ReadonlyMap<string, readonly string[]>;

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
  if (shared.length < 2) return { datasets: new Map() };
  const keys = new Set(await Promise.all(planImports(recipe, models).map(keyOf)));
  const own = shared.filter(({ manifest }) => keys.has(manifest.key));
  const others = shared.filter(({ manifest }) => !keys.has(manifest.key));
  if (own.length === 0 || others.length === 0) return { datasets: new Map() };
  const titles = [...new Set(others.map(({ manifest }) => manifest.title))].join(", ");
  return {
    datasets: new Map([[typeKey(SHARED), own.map(({ name }) => name)]]),
    warning: `Of ${SHARED.provider} counts only what this recipe's datasources bring; the store also has ${titles}.`,
  };
}
