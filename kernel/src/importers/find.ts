import { UserError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import type { Datasource, Importer } from "./importer.ts";
import { classNames, importers } from "./index.ts";
import type { DatasourceRequest } from "./request.ts";

/** The importer of that id or original class name, or a UserError with the nearest ones. */
export async function loadImporter(name: string): Promise<Importer> {
  const load = findLoader(name);
  if (load) return load();
  const known = name.includes(".") ? Object.keys(classNames) : Object.keys(importers);
  throw new UserError(`There is no importer "${name}"`, { where: name, hint: didYouMean(name, known) });
}

/** Whether there is an importer of that id or original class name. */
export function isImporter(name: string): boolean {
  return findLoader(name) !== undefined;
}

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
  if (datasourceId !== undefined) return { ...scopes, importerClass: name, datasourceId };
  if (isImporter(name)) return { ...scopes, importerClass: name, datasourceId: "" };
  const slash = name.lastIndexOf("/");
  if (slash < 0 || !isImporter(name.slice(0, slash))) return undefined;
  return { ...scopes, importerClass: name.slice(0, slash), datasourceId: name.slice(slash + 1) };
}

/**
 * The datasource of that id, in which case does not matter; without an id the only one. Throws a UserError with the nearest
 * ones.
 */
export function datasourceOf(importer: Importer, id: string): Datasource {
  const { datasources } = importer;
  if (id === "" && datasources.length > 0) return onlyDatasource(importer);
  const found =
    datasources.find((datasource) => datasource.id === id) ??
    datasources.find((datasource) => datasource.id.toLowerCase() === id.toLowerCase());
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
  const id = Object.hasOwn(classNames, name) ? classNames[name] : name;
  return id !== undefined && Object.hasOwn(importers, id) ? importers[id] : undefined;
}
