import { existsSync, renameSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join, relative, resolve } from "node:path";
import { UserError } from "../../errors.ts";
import type { Work } from "../../progress.ts";
import { digestOf } from "../../store/write-table.ts";
import type { SourceFile, SourceFormat } from "../importer.ts";
import { type CacheSettings, cachedFiles, cachePath, readRecord, writeRecord } from "./cache.ts";
import { checkContent } from "./check.ts";
import { downloadTo, nameOf } from "./download.ts";
import { downloadPages } from "./pages.ts";
import type { Patience } from "./wait.ts";

/** A raw file on this machine, and what identifies its content. */
export interface FetchedFile {
  readonly path: string;
  /** How people know it. */
  readonly name: string;
  /** SHA-256 of the content in hexadecimal digits. */
  readonly digest: string;
}

/** How files are brought to this machine. */
export interface FetchSettings extends CacheSettings {
  readonly patience?: Patience | undefined;
}

const SUFFIXES: Readonly<Record<SourceFormat, string>> = {
  csv: ".csv",
  spreadsheet: ".xlsx",
  json: ".json",
  xml: ".xml",
  lines: "",
  geo: ".json",
  osm: ".osm.pbf",
  parquet: ".parquet",
};

/** Brings a publisher's file to this machine: from its npm package, from the cache, or from its address. */
export async function fetchSource(
  source: SourceFile,
  provider: string,
  settings: FetchSettings,
  work: Work,
): Promise<FetchedFile> {
  if (source.path !== undefined)
    return fetchFile(source.path, source.format === "geo" ? undefined : source.suffix);
  if (source.package) return described(packageFile(source.package), basename(source.package.path));
  const suffix = source.suffix ?? SUFFIXES[source.format];
  const prefix = source.prefix ?? provider;
  const path = await fromCacheOrAddress(source, prefix, suffix, settings, work);
  return described(path, nameOf(source.address));
}

/** A file of the user's own; with a suffix one that must be of its kind. */
export async function fetchFile(path: string, suffix?: string): Promise<FetchedFile> {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats)
    throw new UserError(`There is no file ${path}`, {
      where: path,
      hint: "The path starts at the notebook's folder.",
    });
  if (!stats.isFile()) throw new UserError(`${path} is a folder, not a file`, { where: path });
  if (suffix !== undefined) checkContent(path, suffix, basename(path));
  return described(resolve(path), basename(path));
}

async function fromCacheOrAddress(
  source: SourceFile,
  prefix: string,
  suffix: string,
  settings: FetchSettings,
  work: Work,
): Promise<string> {
  const { address, keptAs = [] } = source;
  const name = nameOf(address);
  const target = cachePath(settings.folder, prefix, address, suffix);
  const kept = cachedFiles(settings.folder, prefix, [address, ...keptAs], suffix);
  const sound = kept.find((path) => isSound(path, suffix, name));
  if (sound !== undefined && (!settings.refresh || settings.offline)) return sound;
  if (settings.offline) {
    if (kept[0] !== undefined) checkContent(kept[0], suffix, name);
    throw new UserError(`${name} is not in the cache, and nothing is fetched offline`, {
      where: address,
      hint: `Import it once with the network, name a copy of it with --local, or keep a copy of ${address} as ${nearPath(target)}`,
    });
  }
  try {
    return await download(source, target, suffix, sound, settings, work);
  } catch (error) {
    work.signal?.throwIfAborted();
    if (!(error instanceof UserError)) throw error;
    if (sound === undefined) throw isUp(error) ? error : withOtherWay(error, target);
    const date = readRecord(sound)?.retrieved ?? statSync(sound).mtime.toISOString();
    work.onWarning?.(`${error.message.replace(/[.]$/, "")}. The copy of ${date.slice(0, 10)} is used.`);
    return sound;
  }
}

/** Whether the publisher's server has the file, but something went wrong on the way. */
function isUp({ message }: UserError): boolean {
  return !/cannot be reached|answered 4(?!29)|is (a web page|HTML)/.test(message);
}

/** What a publisher no longer gives to programs is read when its user puts it where downloads are kept. */
function withOtherWay(error: UserError, target: string): UserError {
  return new UserError(error.message, {
    where: error.where,
    hint: `A copy that you fetch by other means is read when it is named with --local or kept as ${nearPath(target)}`,
    cause: error,
  });
}

function nearPath(path: string): string {
  const near = relative(".", path);
  return near.startsWith("..") ? path : near;
}

async function download(
  source: SourceFile,
  target: string,
  suffix: string,
  sound: string | undefined,
  settings: FetchSettings,
  work: Work,
): Promise<string> {
  const { address, secret } = source;
  const before = sound === undefined ? undefined : readRecord(sound);
  const fresh = `${target}.${process.pid}.new`;
  const accept = suffix === ".json" ? "application/json" : undefined;
  const request = {
    address,
    secret: secret?.(),
    accept,
    etag: before?.etag,
    lastModified: before?.lastModified,
  };
  try {
    const bring = source.pages === "arcgis" ? downloadPages : downloadTo;
    const got = await bring(fresh, request, work, settings.patience);
    if (!got && sound !== undefined) return sound;
    checkContent(fresh, suffix, nameOf(address));
    const { digest } = await described(fresh, address);
    if (existsSync(target)) archive(target, digest);
    renameSync(fresh, target);
    writeRecord(target, { address, digest, retrieved: new Date().toISOString(), ...got });
    return target;
  } finally {
    rmSync(fresh, { force: true });
  }
}

/** Keeps what the publisher has replaced, under the beginning of its digest. */
function archive(target: string, digest: string): void {
  const before = readRecord(target)?.digest;
  if (before === undefined || before === digest) return;
  renameSync(
    target,
    target.replace(/(\.\w+)*$/, (suffix) => `.${before.slice(0, 16)}${suffix}`),
  );
}

function isSound(path: string, suffix: string, name: string): boolean {
  try {
    checkContent(path, suffix, name);
    return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}

function packageFile({ name, path }: { readonly name: string; readonly path: string }): string {
  const entry = createRequire(import.meta.url).resolve(name);
  const marker = join("node_modules", ...name.split("/"));
  const root = entry.slice(0, entry.lastIndexOf(marker) + marker.length);
  return join(root, path);
}

async function described(path: string, name: string): Promise<FetchedFile> {
  return { path, name, digest: await digestOf(path) };
}
