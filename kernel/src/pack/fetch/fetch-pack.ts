import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "../../errors.ts";
import type { Work } from "../../progress.ts";
import { clone, type GitSource } from "./git.ts";
import { fetchFromNpm, type NpmSource } from "./npm.ts";
import { isOffline } from "./offline.ts";
import { reasonOf } from "./reason.ts";
import type { PackSource } from "./source.ts";

/** The files of a pack on this machine, of which nothing has run or been read. */
export interface FetchedPack {
  readonly folder: string;
  /** Commit of a Git repository. */
  readonly commit?: string;
}

/**
 * Fetches the files of a pack and gives them to `use`; what was fetched is removed afterwards. Nothing of the pack runs: no
 * hooks, no installation scripts, no submodules. Throws a UserError when it cannot be had or is more than a pack may be.
 */
export async function withPack<Result>(
  source: PackSource,
  { signal, onProgress }: Work,
  use: (fetched: FetchedPack) => Promise<Result> | Result,
): Promise<Result> {
  if ("folder" in source) return use({ folder: source.folder });
  const name = source.kind === "git" ? source.address : source.name;
  if (isOffline(name))
    throw new UserError(`The pack ${name} is not here, and nothing is fetched offline`, {
      where: name,
      hint: "Use it once with the network.",
    });
  onProgress?.({ stage: `Fetching ${name}` });
  const partial = mkdtempSync(join(tmpdir(), "tombolo-pack-"));
  try {
    return await use(await fetched(source, name, partial, signal));
  } finally {
    // What a program that was ended has started may still write for a moment.
    rmSync(partial, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

async function fetched(
  source: GitSource | NpmSource,
  name: string,
  partial: string,
  signal: AbortSignal | undefined,
): Promise<FetchedPack> {
  mkdirSync(partial, { recursive: true });
  try {
    return source.kind === "git"
      ? await clone(source, partial, signal)
      : { folder: await fetchFromNpm(source, partial, signal) };
  } catch (cause) {
    if (cause instanceof UserError || signal?.aborted) throw cause;
    throw new UserError(`The pack ${name} cannot be fetched: ${reasonOf(cause)}`, { where: name, cause });
  }
}
