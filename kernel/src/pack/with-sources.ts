import { isBuiltInImporter } from "../importers/find.ts";
import { datasourceKey, planImports } from "../recipe/imports.ts";
import type { ModelLibrary } from "../recipe/model.ts";
import type { DatasourceRecipe, Recipe } from "../recipe/recipe.ts";
import type { Dataset } from "../store/datasets.ts";
import type { Contract } from "./contract.ts";

/**
 * A recipe that imports what is published of its inputs: whoever takes it has not what its maker has imported by hand.
 * Files of the maker's are not among them.
 */
export function withSources(
  recipe: Recipe,
  contract: Contract,
  datasets: readonly Dataset[],
  models: ModelLibrary,
): Recipe {
  const named = new Set(planImports(recipe, models).map(datasourceKey));
  const wanted = new Set(
    contract.inputs.flatMap((input) => [
      `${input.provider}/${input.subjectType}`,
      ...input.attributes.map(({ provider, label }) => `${provider}/${label}`),
    ]),
  );
  const more = datasets.flatMap(({ manifest }): DatasourceRecipe[] => {
    const { request, access, subjectTypes, attributes } = manifest;
    const brings = [...subjectTypes, ...attributes].some(({ provider, label }) =>
      wanted.has(`${provider}/${label}`),
    );
    if (!brings || access !== "public" || !request || request.localData) return [];
    const { importerClass, datasourceId, geographyScope, temporalScope } = request;
    const source = {
      ...{ importerClass, datasourceId },
      ...(geographyScope && { geographyScope }),
      ...(temporalScope && { temporalScope }),
    };
    return isBuiltInImporter(importerClass) && !named.has(datasourceKey(source)) ? [source] : [];
  });
  if (more.length === 0) return recipe;
  const { dataset } = recipe;
  return { ...recipe, dataset: { ...dataset, datasources: [...dataset.datasources, ...more] } };
}
