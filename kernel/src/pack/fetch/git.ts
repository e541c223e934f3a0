import { rmSync } from "node:fs";
import { join } from "node:path";
import { runWatched } from "./run-watched.ts";
import type { PackSource } from "./source.ts";

/** A source in a Git repository. */
export type GitSource = Extract<PackSource, { kind: "git" }>;

/** Nothing of a repository runs: no hooks, no helpers of other protocols, no filters; its links become texts. */
export const GIT_SETTINGS: readonly string[] = [
  "core.hooksPath=/dev/null",
  "core.symlinks=false",
  "protocol.ext.allow=never",
  "gc.auto=0",
].flatMap((setting) => ["-c", setting]);

/** Nobody is asked for a password, and large files of LFS stay where they are. */
export const GIT_VARIABLES = { GIT_TERMINAL_PROMPT: "0", GIT_LFS_SKIP_SMUDGE: "1" };

/** The files of a repository at a tag or branch, in a folder below `folder`, and the commit that they are of. */
export async function clone(
  { address, version }: GitSource,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<{ folder: string; commit: string }> {
  const place = join(folder, "pack");
  const run = (parameters: readonly string[]) =>
    runWatched("git", [...GIT_SETTINGS, ...parameters], { folder, signal, variables: GIT_VARIABLES });
  const branch = version === undefined ? [] : ["--branch", version];
  await run(["clone", "--quiet", "--depth=1", "--no-recurse-submodules", ...branch, "--", address, place]);
  const commit = (await run(["-C", place, "rev-parse", "HEAD"])).trim();
  rmSync(join(place, ".git"), { recursive: true, force: true });
  return { folder: place, commit };
}
