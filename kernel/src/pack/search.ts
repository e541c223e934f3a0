import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import MiniSearch from "minisearch";
import { isRecord } from "../recipe/recipe.ts";
import { NPM } from "./fetch/npm.ts";
import { isOffline } from "./fetch/offline.ts";
import { reasonOf } from "./fetch/reason.ts";

/** A pack that can be used, as its `tombolo.json` or npm describes it. */
export interface KnownPack {
  readonly name: string;
  readonly version: string;
  readonly title: string;
  readonly description: string;
  readonly keywords: readonly string[];
  /** What `%use` takes. */
  readonly source: string;
}

/** Keyword by which packs are found on npm. */
export const PACK_KEYWORD = "tombolo-pack";

/** The packs in folders: each folder is a pack, or has packs in it. Folders that are not there have none. */
export function packsIn(folders: readonly string[]): KnownPack[] {
  const places = folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => [folder, ...foldersIn(folder)]);
  return places.flatMap((place) => knownPack(place) ?? []);
}

/** The pack in a folder; undefined where there is none, or one that says nothing of itself. */
export function knownPack(place: string, source = place): KnownPack | undefined {
  const file = join(place, "tombolo.json");
  if (!existsSync(file)) return undefined;
  try {
    return describe(JSON.parse(readFileSync(file, "utf8")), source);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Packs that npm has found, or why it did not answer. */
export interface FoundOnNpm {
  readonly packs: readonly KnownPack[];
  readonly silent?: string;
}

/** Packs on npm that have the words. */
export async function packsOnNpm(words: string, signal?: AbortSignal): Promise<FoundOnNpm> {
  if (isOffline()) return { packs: [], silent: "nothing is fetched offline" };
  try {
    const { stdout } = await promisify(execFile)(
      NPM,
      [
        "search",
        "--json",
        "--searchlimit=20",
        "--fetch-retries=0",
        `keywords:${PACK_KEYWORD}`,
        ...words.split(/\s+/).filter((word) => /^\w/.test(word)),
      ],
      { signal, env: process.env, timeout: 10_000 },
    );
    const found: unknown = JSON.parse(stdout);
    return { packs: Array.isArray(found) ? found.flatMap((value) => describe(value) ?? []) : [] };
  } catch (error) {
    if (signal?.aborted) throw error;
    return { packs: [], silent: reasonOf(error) };
  }
}

/** The packs that have the words, best first; all of them without words. One that is in several places is named at the first. */
export function rankPacks(packs: readonly KnownPack[], words: string): KnownPack[] {
  const distinct = [
    ...new Map([...packs].reverse().map((pack) => [`${pack.name}@${pack.version}`, pack])).values(),
  ].reverse();
  if (words.trim() === "") return distinct;
  const index = new MiniSearch<KnownPack>({
    idField: "source",
    fields: ["name", "title", "description", "keywords"],
    extractField: (pack, field) =>
      field === "keywords"
        ? pack.keywords.join(" ")
        : String(Object.entries(pack).find(([key]) => key === field)?.[1] ?? ""),
    searchOptions: { prefix: true, fuzzy: 0.2, boost: { name: 3, title: 2, keywords: 2 } },
  });
  index.addAll(distinct);
  const byPlace = new Map(distinct.map((pack) => [pack.source, pack]));
  return index.search(words).flatMap(({ id }) => byPlace.get(String(id)) ?? []);
}

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(folder, entry.name));
}

function describe(value: unknown, source?: string): KnownPack | undefined {
  if (!isRecord(value) || typeof value.name !== "string") return undefined;
  const text = (key: string) => (typeof value[key] === "string" ? value[key] : "");
  return {
    name: value.name,
    version: text("version"),
    // npm knows no titles.
    title: text("title") || text("description") || value.name,
    description: text("description"),
    keywords: Array.isArray(value.keywords) ? value.keywords.map(String) : [],
    source: source ?? `${value.name}@${text("version")}`,
  };
}
