import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import MiniSearch from "minisearch";
import { isRecord } from "../recipe/recipe.ts";

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
  return places.flatMap((place) => {
    const file = join(place, "tombolo.json");
    if (!existsSync(file)) return [];
    const described = describe(JSON.parse(readFileSync(file, "utf8")), place);
    return described ? [described] : [];
  });
}

/** Packs on npm that have the words; empty where npm cannot be reached. */
export async function packsOnNpm(words: string, signal?: AbortSignal): Promise<KnownPack[]> {
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  try {
    const { stdout } = await promisify(execFile)(
      npm,
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
    return Array.isArray(found) ? found.flatMap((value) => describe(value) ?? []) : [];
  } catch (error) {
    if (signal?.aborted) throw error;
    return [];
  }
}

/** The packs that have the words, best first; all of them without words. */
export function rankPacks(packs: readonly KnownPack[], words: string): KnownPack[] {
  const distinct = [...new Map(packs.map((pack) => [pack.source, pack])).values()];
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
    title: text("title") || value.name,
    description: text("description"),
    keywords: Array.isArray(value.keywords) ? value.keywords.map(String) : [],
    source: source ?? `${value.name}@${text("version")}`,
  };
}
