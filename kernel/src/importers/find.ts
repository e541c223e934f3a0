import { UserError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import type { Datasource, Importer } from "./importer.ts";
import { classNames, importers } from "./index.ts";
import type { DatasourceRequest } from "./request.ts";

/** The importer of that id or original class name, or a UserError with the nearest ones. */
export async function loadImporter(name: string): Promise<Importer> {
  const load = findLoader(name);
  if (load) return load();
  const known = name.includes(".") ? Object.keys(classNames) : importerIds();
  throw new UserError(`There is no importer "${name}"`, { where: name, hint: didYouMean(name, known) });
}

const added = new Map<string, Importer>();

/** Makes an importer known that a notebook has declared; a later one of the same id replaces it. */
export function addImporter(importer: Importer): Importer {
  if (Object.hasOwn(importers, importer.id)) {
    throw new UserError(`There is an importer "${importer.id}" already`, {
      where: importer.id,
      hint: "Give it another id, such as mine/…",
    });
  }
  added.set(importer.id, importer);
  return importer;
}

/** Ids of all importers, those of the notebook last. */
export function importerIds(): string[] {
  return [...Object.keys(importers), ...added.keys()];
}

/** Whether there is an importer of that id or original class name. */
export function isImporter(name: string): boolean {
  return findLoader(name) !== undefined;
}

/** Whether everyone has an importer of that id or original class name. */
export const isBuiltInImporter = (name: string): boolean =>
  Object.hasOwn(importers, name) || Object.hasOwn(classNames, name);

/** Scopes and files that go with a request. */
export type RequestScopes = Omit<DatasourceRequest, "importerClass" | "datasourceId">;

/**
 * The request that words stand for: an importer and its datasource (`ons/oa lsoa` or `ons/oa/lsoa`), or an importer alone
 * when it has just one. Undefined when the first word names no importer.
 */
export function requestOf(
  [name = "", datasourceId]: readonly string[],
  scopes: RequestScopes = {},
): DatasourceRequest | undefined {
  if (datasourceId !== undefined) return { ...scopes, importerClass: familyOf(name) ?? name, datasourceId };
  if (isImporter(name)) return { ...scopes, importerClass: name, datasourceId: "" };
  const [found] = divisions(name).filter(([id]) => isImporter(id));
  return found && { ...scopes, importerClass: found[0], datasourceId: found[1] };
}

/**
 * The ways in which a word may be an importer and its datasource: `ons/oa` and `lsoa`, or `osm` and `cycling`, where the
 * importer that a whole family of datasources has in common is `osm/osm`.
 */
function divisions(word: string): [string, string][] {
  const [family = "", name, ...rest] = word.split("/");
  if (name === undefined) return [];
  const second: [string, string] = [`${family}/${family}`, [name, ...rest].join("/")];
  return rest.length > 0 ? [[`${family}/${name}`, rest.join("/")], second] : [second];
}

/** Words with a filter of tags in the place of the datasource: `osm` and `amenity=cafe`. */
export function withTags([name = "", ...rest]: readonly string[], tags: string | undefined): string[] {
  return tags === undefined ? [name, ...rest] : [name, `tags:${tags}`];
}

/** The importer that a family has in common, when a word is the family's name. */
function familyOf(word: string): string | undefined {
  const id = `${word}/${word}`;
  return !isImporter(word) && isImporter(id) ? id : undefined;
}

/**
 * The datasource of that id, in which case does not matter; without an id the only one. Throws a UserError with the nearest
 * ones.
 */
export function datasourceOf(importer: Importer, id: string): Datasource {
  const { datasources } = importer;
  if (id === "" && datasources.length > 0) return onlyDatasource(importer);
  const [family = ""] = importer.id.split("/");
  const found =
    datasources.find((datasource) => datasource.id === id) ??
    datasources.find((datasource) => datasource.id.toLowerCase() === id.toLowerCase()) ??
    // A short name leaves out what the family says already: `osm/cycling` is `OSMCycling`.
    datasources.find((datasource) => datasource.id.toLowerCase() === `${family}${id}`.toLowerCase()) ??
    importer.unlisted?.(id);
  if (found) return found;
  const ids = datasources.map((datasource) => datasource.id);
  throw new UserError(`Unknown DatasourceId: ${id}`, {
    where: id,
    hint: ids.length > 0 ? didYouMean(id, ids) : importer.doc,
  });
}

function onlyDatasource(importer: Importer): Datasource {
  const [only, ...others] = importer.datasources;
  if (only && others.length === 0) return only;
  const ids = importer.datasources.map(({ id }) => id);
  const some = ids.slice(0, 8).join(", ");
  throw new UserError(`${importer.id} has ${ids.length} datasources, and none was named`, {
    where: importer.id,
    hint: `Write one after it: ${some}${ids.length > 8 ? ", …" : ""}.`,
  });
}

function findLoader(name: string): (() => Promise<Importer>) | undefined {
  const own = added.get(name);
  if (own) return async () => own;
  const id = Object.hasOwn(classNames, name) ? classNames[name] : name;
  return id !== undefined && Object.hasOwn(importers, id) ? importers[id] : undefined;
}
