import { UserError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import type { Datasource, Importer } from "./importer.ts";
import { classNames, importers } from "./index.ts";

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

/** An importer and its datasource. */
export interface Found {
  readonly importer: Importer;
  readonly datasource: Datasource;
}

/**
 * The importer and datasource that a word names: `ons/oa/lsoa` the one, `dclg/imd` the only one that there is. Undefined
 * when the word names no importer, a UserError when it leaves open which datasource is meant.
 */
export async function findDatasource(word: string): Promise<Found | undefined> {
  if (isImporter(word)) {
    const importer = await loadImporter(word);
    return { importer, datasource: onlyDatasource(importer) };
  }
  const slash = word.lastIndexOf("/");
  if (slash < 0 || !isImporter(word.slice(0, slash))) return undefined;
  const importer = await loadImporter(word.slice(0, slash));
  return { importer, datasource: datasourceOf(importer, word.slice(slash + 1)) };
}

/** The datasource of that id; case does not matter. Throws a UserError with the nearest ones. */
export function datasourceOf(importer: Importer, id: string): Datasource {
  const { datasources } = importer;
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
  if (ids.length === 0)
    throw new UserError(`${importer.id} has no datasources of its own`, { hint: importer.doc });
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
