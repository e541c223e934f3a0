import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../errors.ts";
import { isRecord } from "../../recipe/recipe.ts";
import { unpackArchive } from "./archive.ts";
import { runWatched } from "./run-watched.ts";
import type { PackSource } from "./source.ts";

/** A source on npm. */
export type NpmSource = Extract<PackSource, { kind: "npm" }>;

/** What npm is called on this machine. */
export const NPM: string = process.platform === "win32" ? "npm.cmd" : "npm";

/** Keys of a package.json that would bring other packages. */
const BRINGS = ["dependencies", "optionalDependencies", "peerDependencies", "bundledDependencies"];

/**
 * The files of a package, in a folder below `folder`. npm fetches the archive and checks it against the registry's digest; we
 * unpack it, so that nothing is installed and no script runs.
 */
export async function fetchFromNpm(
  { name, version }: NpmSource,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  const [archives, place] = [join(folder, "archives"), join(folder, "pack")];
  mkdirSync(archives);
  const wanted = version === undefined ? name : `${name}@${version}`;
  // A cache of its own, so that what npm keeps there is watched and removed as well.
  const options = ["--ignore-scripts", "--no-update-notifier", "--cache", join(folder, "cache")];
  await runWatched(NPM, ["pack", ...options, "--pack-destination", archives, "--", wanted], {
    folder,
    signal,
  });
  const [archive] = readdirSync(archives);
  if (archive === undefined) throw new Error(`npm has fetched nothing for ${wanted}`);
  await unpackArchive(join(archives, archive), place, signal);
  refuseOthers(name, place);
  return place;
}

function refuseOthers(name: string, place: string): void {
  const own: unknown = JSON.parse(readFileSync(join(place, "package.json"), "utf8"));
  const brings = (key: string) => {
    const value = isRecord(own) ? own[key] : undefined;
    return Array.isArray(value) ? value.length > 0 : isRecord(value) && Object.keys(value).length > 0;
  };
  if (BRINGS.some(brings))
    throw new UserError(`The pack ${name} brings other packages, which a pack must not`);
}
