import { isAbsolute } from "node:path";
import { gt, prerelease, rsort, valid } from "semver";
import { parseSource, sourceText } from "./fetch/source.ts";
import { listVersions } from "./fetch/versions.ts";
import type { Pin } from "./pins.ts";
import type { KnownPack } from "./search.ts";
import { SHIPPED_SOURCE } from "./shipped.ts";

/** What is known of versions of a pack that are newer than the one in use. */
export interface Newer {
  /** The newest one; undefined when there is none. */
  readonly version?: string;
  /** What `%use` takes for it. */
  readonly use?: string;
  /** Why the place that the pack came from could not be asked. */
  readonly silent?: string;
}

/** Looks for a newer version of a pack where it came from, on npm or among the tags of its repository, and in folders. */
export async function findNewer(
  pin: Pin,
  known: readonly KnownPack[],
  folder: string,
  signal?: AbortSignal,
): Promise<Newer> {
  const inFolders = known
    .filter(({ name }) => name === pin.name)
    .map(({ version, source }) => ({ version, use: source }));
  const { versions, silent } = await versionsOf(pin, folder, signal);
  const young = [...versions, ...inFolders].filter(
    ({ version }) => valid(version) && !prerelease(version) && gt(version, pin.version),
  );
  const newest = rsort(young.map(({ version }) => version))[0];
  return {
    ...young.find(({ version }) => version === newest),
    ...(silent !== undefined && { silent }),
  };
}

async function versionsOf(pin: Pin, folder: string, signal: AbortSignal | undefined) {
  // The folder that a pack came from is among those that are looked through, as long as it is there.
  if (isAbsolute(pin.source) || pin.source === SHIPPED_SOURCE) return { versions: [] };
  const source = parseSource(pin.source, folder);
  if ("folder" in source) return { versions: [] };
  const { versions, silent } = await listVersions(source, signal);
  return {
    versions: versions.map((tag) => ({ version: tag.replace(/^v/, ""), use: sourceText(source, tag) })),
    silent,
  };
}
