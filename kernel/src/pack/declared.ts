import { loadImporter } from "../importers/find.ts";
import type { Datasource, Importer } from "../importers/importer.ts";
import { planImports } from "../recipe/imports.ts";
import type { ModelLibrary } from "../recipe/model.ts";
import type { DatasourceRecipe, Recipe } from "../recipe/recipe.ts";
import type { Catalogue, CatalogueAttribute, CatalogueSubjectType } from "../store/store.ts";

/**
 * What the importers of some recipes say that they bring, as a catalogue: so that a pack of public data can be described
 * before anything was imported. What `known` has already stays as it is there.
 */
export async function declaredCatalogue(
  recipes: Iterable<Recipe>,
  models: ModelLibrary,
  known: Catalogue,
): Promise<Catalogue> {
  const subjectTypes = new Map(known.subjectTypes.map((type) => [keyOf(type), type]));
  const attributes = new Map(known.attributes.map((attribute) => [keyOf(attribute), attribute]));
  for (const recipe of recipes)
    for (const request of planImports(recipe, models)) {
      const importer = await loadImporter(request.importerClass);
      const datasource = datasourceOf(importer, request);
      for (const type of subjectTypesOf(importer, datasource))
        if (!subjectTypes.has(keyOf(type))) subjectTypes.set(keyOf(type), type);
      for (const attribute of attributesOf(importer, datasource))
        if (!attributes.has(keyOf(attribute))) attributes.set(keyOf(attribute), attribute);
    }
  return { subjectTypes: [...subjectTypes.values()], attributes: [...attributes.values()] };
}

const keyOf = ({ provider, label }: { readonly provider: string; readonly label: string }): string =>
  JSON.stringify([provider, label]);

function datasourceOf(importer: Importer, { datasourceId }: DatasourceRecipe): Datasource | undefined {
  return importer.datasources.find(({ id }) => id === datasourceId) ?? importer.unlisted?.(datasourceId);
}

function subjectTypesOf(importer: Importer, datasource: Datasource | undefined): CatalogueSubjectType[] {
  return (datasource?.subjectTypes ?? []).map(({ label, name, provider, vintage }) => ({
    provider: provider?.label ?? importer.provider.label,
    label,
    name,
    count: 0,
    access: importer.access,
    ...(importer.unitOfRecord && { unitOfRecord: importer.unitOfRecord }),
    ...(vintage !== undefined && { vintage }),
    source: importer.attribution,
  }));
}

function attributesOf(importer: Importer, datasource: Datasource | undefined): CatalogueAttribute[] {
  return (datasource?.attributes ?? []).map(({ label, description, unit, kind, values }) => ({
    provider: importer.provider.label,
    label,
    description,
    ...((unit ?? datasource?.typical?.unit) !== undefined && {
      unit: unit ?? datasource?.typical?.unit ?? "",
    }),
    ...((kind ?? datasource?.typical?.kind) && { kind: kind ?? datasource?.typical?.kind ?? "count" }),
    values: values === "timed" ? "timed" : "fixed",
    access: importer.access,
    source: importer.attribution,
  }));
}
