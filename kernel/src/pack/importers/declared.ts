import type { Catalogue } from "../../store/store.ts";
import type { ImporterDeclaration } from "./declaration.ts";
import type { PackImporter } from "./read-importers.ts";

/** A catalogue with what importers of a pack would bring; what it has already stays. */
export function withImporters(known: Catalogue, importers: readonly ImporterDeclaration[]): Catalogue {
  const isKnown = (
    list: readonly { readonly provider: string; readonly label: string }[],
    label: string,
    of: string,
  ) => list.some((each) => each.provider === of && each.label === label);
  const subjectTypes = importers.flatMap(({ provider, subjectType, access, attribution }) =>
    isKnown(known.subjectTypes, subjectType.label, provider.label)
      ? []
      : [{ provider: provider.label, ...subjectType, count: 0, access, source: attribution }],
  );
  const attributes = importers.flatMap(({ provider, access, attribution, columns, attributes: declared }) =>
    declared
      .filter(({ label }) => !isKnown(known.attributes, label, provider.label))
      .map(({ label, description, unit, kind, type }) => ({
        provider: provider.label,
        label,
        description,
        ...(unit !== undefined && { unit }),
        ...(kind && { kind }),
        values: type === "number" && columns.time !== undefined ? ("timed" as const) : ("fixed" as const),
        access,
        source: attribution,
      })),
  );
  return {
    subjectTypes: [...known.subjectTypes, ...subjectTypes],
    attributes: [...known.attributes, ...attributes],
  };
}

/** The declaration of an importer as its file says it. */
export function declarationJson({
  name: _,
  text,
  beside,
  digest,
  permissions,
  ...declaration
}: PackImporter) {
  return { ...declaration, ...(text !== undefined && { permissions }) };
}
