import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Where downloads are kept, and whether the network may be used. */
export interface CacheSettings {
  /** Folder of the cache; it has the layout of the 2019 system: `<folder>/<provider>/<UUID of the address><suffix>`. */
  readonly folder: string;
  /** Nothing is fetched: what is not in the cache is an error. */
  readonly offline: boolean;
  /** Asks the publisher whether there is something newer. */
  readonly refresh: boolean;
}

/** Folder in which earlier versions kept the folders of the providers. */
const SUBFOLDERS = ["", "TomboloData", "repaired"];

/** Name-based UUID (version 3, without a namespace) of a text: the name of an address in the cache. */
export function addressKey(address: string): string {
  const bytes = createHash("md5").update(address, "utf8").digest();
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x30;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Where a download goes. */
export function cachePath(folder: string, prefix: string, address: string, suffix: string): string {
  return join(folder, prefix, addressKey(address) + suffix);
}

/** Files that may be what an address gave, the likeliest first. */
export function cachedFiles(
  folder: string,
  prefix: string,
  addresses: readonly string[],
  suffix: string,
): string[] {
  const paths = addresses.flatMap((address) =>
    SUBFOLDERS.map((subfolder) => cachePath(join(folder, subfolder), prefix, address, suffix)),
  );
  return paths.filter((path) => existsSync(path));
}

/** What is known of a download, beside it in the cache. */
export interface DownloadRecord {
  readonly address: string;
  readonly digest: string;
  /** Time of the download in ISO 8601. */
  readonly retrieved: string;
  readonly etag?: string;
  readonly lastModified?: string;
}

const recordPath = (path: string) => `${path}.record.json`;

/** The record beside a download, if there is one that can be read. */
export function readRecord(path: string): DownloadRecord | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(recordPath(path), "utf8"));
    return isRecord(value) ? value : undefined;
  } catch {
    // A download without a record is as good as one with it; it is only asked for anew in full.
    return undefined;
  }
}

/** Writes the record beside a download. */
export function writeRecord(path: string, record: DownloadRecord): void {
  writeFileSync(recordPath(path), `${JSON.stringify(record, null, 1)}\n`);
}

function isRecord(value: unknown): value is DownloadRecord {
  if (typeof value !== "object" || value === null) return false;
  return ["address", "digest", "retrieved"].every((key) => typeof Reflect.get(value, key) === "string");
}
