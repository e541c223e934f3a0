import { AREA_KINDS } from "../importers/areas/area.ts";
import { knownAreaNames } from "../importers/areas/find-area.ts";
import { importerIds, loadImporter, requestOf } from "../importers/find.ts";
import type { Importer } from "../importers/importer.ts";
import { knownDatasources } from "./word-index.ts";

/** What can be written after `%import`: importers and their datasources. */
export async function datasourceWords(): Promise<readonly string[]> {
  const listed = await knownDatasources();
  return [...new Set([...listed.map(({ word }) => word), ...importerIds()])];
}

/** Ids of an importer's datasources; none when there is no such importer. */
export async function datasourceIds(importer: string): Promise<readonly string[]> {
  const found = await importerOf(importer);
  return found?.datasources.map((datasource) => datasource.id) ?? [];
}

/** Places that an importer can be asked for: those it declares, else regions and local authorities. */
export async function geographyNames(importer: string): Promise<readonly string[]> {
  const own = (await importerOf(importer))?.geographyLabels;
  return own && own.length > 0 ? own : knownAreaNames();
}

/** Labels of all attributes that importers declare. */
export async function attributeNames(): Promise<readonly string[]> {
  const listed = await knownDatasources();
  return [...new Set(listed.flatMap(({ datasource }) => datasource.attributes.map(({ label }) => label)))];
}

/** Labels of the attributes of the datasources that a text names, such as `ons/census/qs102ew`. */
export async function attributeNamesIn(text: string): Promise<readonly string[]> {
  const words = new Set(text.match(/[\p{L}\p{N}_/.-]+/gu));
  const listed = (await knownDatasources()).filter(({ word }) => words.has(word));
  return [...new Set(listed.flatMap(({ datasource }) => datasource.attributes.map(({ label }) => label)))];
}

/** Words for `%find`: kinds of areas, names of areas, attributes and datasources. */
export async function findWords(): Promise<readonly string[]> {
  const kinds = AREA_KINDS.flatMap(({ names }) => names);
  return [
    ...new Set([...kinds, ...knownAreaNames(), ...(await attributeNames()), ...(await datasourceWords())]),
  ];
}

/** The importer that a word names, or the one whose datasource it names. */
async function importerOf(word: string): Promise<Importer | undefined> {
  const id = (requestOf([word]) ?? requestOf([word, ""]))?.importerClass;
  return id !== undefined && importerIds().includes(id) ? loadImporter(id) : undefined;
}
