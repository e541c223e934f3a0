import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { UserError } from "../errors.ts";
import { didYouMean, nearestNames } from "../nearest.ts";
import { datasourceOf, loadImporter, requestOf } from "./find.ts";
import type { Datasource, ImportContext, Importer } from "./importer.ts";
import { importers } from "./index.ts";
import { journalKey } from "./journal.ts";
import type { OwnFileOptions } from "./own/options.ts";
import { importerForFile, ownFileKey, ownFileReading } from "./own/own-file.ts";
import { readProperties } from "./properties.ts";
import type { DatasourceRequest } from "./request.ts";

/** One import with everything settled. */
export interface Job {
  readonly importer: Importer;
  readonly datasource: Datasource;
  readonly context: ImportContext;
  /** Identity in the store: a later import of the same key replaces the earlier. */
  readonly key: string;
  /** How it is read, where that can be said: what is read another way replaces the earlier. */
  readonly reading?: string;
  /** How the user is told of it. */
  readonly title: string;
}

/** How the request is understood. */
export interface SettleOptions extends OwnFileOptions {
  readonly folder?: string | undefined;
}

/** Finds what a request is about. Throws a UserError with the nearest names when there is no such thing. */
export async function settle(
  request: string | DatasourceRequest | Importer,
  options: SettleOptions,
): Promise<Job> {
  const folder = options.folder ?? ".";
  if (typeof request === "object" && "datasources" in request) {
    const only = datasourceOf(request, "");
    return jobOf(request, only, contextOf(only.id, {}, folder));
  }
  if (typeof request === "string") {
    const named = requestOf([request]);
    return named ? settle(named, options) : settleFile(request, folder, options);
  }
  const importer = configured(await loadImporter(request.importerClass), settingsOf(request), folder);
  const datasource = datasourceOf(importer, request.datasourceId);
  return jobOf(importer, datasource, contextOf(datasource.id, request, folder));
}

/** The import of a datasource without any scope. */
export async function plainJob(importerId: string, datasourceId: string): Promise<Job> {
  const importer = await loadImporter(importerId);
  const datasource = datasourceOf(importer, datasourceId);
  return jobOf(importer, datasource, contextOf(datasource.id, {}, "."));
}

function settleFile(word: string, folder: string, options: OwnFileOptions): Job {
  const importer = ownImporter(word, folder, options);
  const [datasource] = importer.datasources;
  if (!datasource) throw new Error("a file has one datasource");
  const key = ownFileKey(importer, options);
  return {
    importer,
    datasource,
    context: contextOf(datasource.id, {}, folder),
    key,
    reading: ownFileReading(options),
    title: importer.title,
  };
}

function jobOf(importer: Importer, datasource: Datasource, context: ImportContext): Job {
  const parts = [
    importer.id,
    journalKey(context),
    ...(datasource.bySubjectTypes ? [context.subjectTypes] : []),
    ...(importer.identity === undefined ? [] : [importer.identity]),
  ];
  return {
    importer,
    datasource,
    context,
    key: JSON.stringify(parts),
    title: datasource.name || importer.title,
  };
}

function contextOf(datasourceId: string, request: Partial<DatasourceRequest>, folder: string): ImportContext {
  return {
    datasourceId,
    geographyScope: request.geographyScope ?? [],
    temporalScope: request.temporalScope ?? [],
    localData: (request.localData ?? []).map((path) => resolve(folder, path)),
    subjectTypes: [...new Set(request.subjectTypes ?? [])].sort(),
    folder: resolve(folder),
  };
}

/** A settings file may be named among the local files, too. */
function settingsOf({ configFile, localData }: DatasourceRequest): string | undefined {
  return configFile || localData?.find((path) => path.endsWith(".properties"));
}

function configured(importer: Importer, path: string | undefined, folder: string): Importer {
  if (path === undefined) return importer;
  if (!importer.configure) throw new UserError(`${importer.id} takes no settings file`, { where: path });
  const place = resolve(folder, path);
  if (!existsSync(place)) throw new UserError(`There is no settings file ${path}`, { where: path });
  return importer.configure(readProperties(readFileSync(place, "utf8")), resolve(folder));
}

function ownImporter(word: string, folder: string, options: OwnFileOptions): Importer {
  if (/^https?:\/\//.test(word)) return importerForFile({ address: word }, options);
  const path = resolve(folder, word);
  if (existsSync(path) || /\.\w{2,9}$/.test(word)) return importerForFile({ path }, options);
  throw new UserError(`There is no datasource "${word}"`, {
    where: word,
    hint: wayToDatasource(word),
  });
}

/** The nearest importers; where none is near, how to search among what they all have. */
function wayToDatasource(word: string): string {
  const known = Object.keys(importers);
  if (nearestNames(word, known).length > 0) return didYouMean(word, known);
  const words = word.replace(/([a-z])([A-Z])/g, "$1 $2").split(/[^\p{L}\p{N}]+/u);
  const searched = words.filter((part) => part.length > 3).join(" ") || word;
  return `%find ${searched.toLowerCase()} lists what there is.`;
}
