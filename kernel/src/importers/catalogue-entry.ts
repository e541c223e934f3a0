import type { Datasource, Importer, ImporterAttribute, Provider } from "./importer.ts";

interface Named {
  readonly label: string;
  readonly name: string;
}

interface CatalogueAttribute {
  readonly label: string;
  readonly description: string;
  readonly provider: Named;
}

/** One datasource in the catalogue: the JSON shape of the 2019 system, members in this order. */
export interface CatalogueEntry {
  readonly id: string;
  readonly importerClass: string;
  readonly name: string;
  readonly description: string;
  readonly url: string | null;
  readonly provider: Named;
  readonly subjectTypes: readonly Named[];
  readonly timedValueAttributes: readonly CatalogueAttribute[];
  readonly fixedValueAttributes: readonly CatalogueAttribute[];
}

/** What a datasource says about itself, for the catalogue; nothing is downloaded. */
export function catalogueEntry(
  importer: Pick<Importer, "id" | "provider"> & { readonly className?: string },
  datasource: Pick<Datasource, "id" | "name" | "description" | "url" | "subjectTypes" | "attributes">,
): CatalogueEntry {
  const { provider } = importer;
  const { id, name, description, url, subjectTypes, attributes } = datasource;
  return {
    id,
    importerClass: importer.className ?? importer.id,
    name,
    description,
    url,
    provider: named(provider),
    subjectTypes: subjectTypes.map(named),
    timedValueAttributes: entries(
      attributes.filter(({ values }) => values === "timed"),
      provider,
    ),
    fixedValueAttributes: entries(
      attributes.filter(({ values }) => values !== "timed"),
      provider,
    ),
  };
}

function named({ label, name }: Named): Named {
  return { label, name };
}

function entries(attributes: readonly ImporterAttribute[], provider: Provider): CatalogueAttribute[] {
  return attributes.map(({ label, description }) => ({ label, description, provider: named(provider) }));
}
