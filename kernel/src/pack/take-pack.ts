import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { satisfies } from "semver";
import { UserError } from "../errors.ts";
import type { Work } from "../progress.ts";
import type { ModelLibrary } from "../recipe/model.ts";
import { type Change, changesBetween } from "./changes.ts";
import { type FetchedPack, withPack } from "./fetch/fetch-pack.ts";
import { type PackSource, parseSource, sourceText } from "./fetch/source.ts";
import { pinFor, pinText, refuseSlip } from "./find-pin.ts";
import { type Pin, readPins, writePin } from "./pins.ts";
import { type Pack, packDigest, readPack } from "./read-pack.ts";

/** How a pack is taken. */
export interface TakeOptions extends Work {
  /** Folder at which relative paths start. */
  readonly folder: string;
  /** Folder that keeps the packs that were taken. */
  readonly cache: string;
  /** Take another version than the one used before. */
  readonly upgrade?: boolean | undefined;
  readonly version: string;
  readonly builtIn: ModelLibrary;
}

/** A pack that is used, or another version of one that is not used yet. */
export type Taken =
  | { readonly pack: Pack; readonly pin: Pin; readonly changes: readonly Change[] }
  | { readonly offered: Pack; readonly pin: Pin; readonly changes: readonly Change[] };

/**
 * Takes a pack and pins it: from then on it is used as it is, without a network, until another version of it is asked for.
 * That one is compared with the one in use and only taken with `upgrade`; a folder of one's own is taken as it is.
 */
export async function takePack(text: string, options: TakeOptions): Promise<Taken> {
  const pins = readPins(options.cache);
  const source = parseSource(text, options.folder);
  const pinned = pinFor(source, pins);
  if (pinned) {
    const pack = pinnedPack(pinned, options);
    if (pack) return { pack, pin: pinned, changes: [] };
  } else refuseSlip(source, pins);
  const wanted = pinned ? parseSource(pinText(pinned), options.folder) : source;
  return withPack(wanted, options, (fetched) => compareAndTake(wanted, fetched, pins, options));
}

/** The pack of a pin as it was taken; undefined when its files are not there or are others. */
function pinnedPack({ folder, digest }: Pin, options: TakeOptions): Pack | undefined {
  const place = join(options.cache, folder);
  if (!existsSync(join(place, "tombolo.json"))) return undefined;
  return packDigest(place) === digest ? readPack(place, options) : undefined;
}

function compareAndTake(
  source: PackSource,
  { folder, commit }: FetchedPack,
  pins: ReadonlyMap<string, Pin>,
  options: TakeOptions,
): Taken {
  const offered = readPack(folder, options);
  refuseOther(source, offered);
  const pin = pinOf(source, offered, commit);
  const before = pins.get(offered.name);
  const changes = before ? changesOf(before, readable(before, options), pin, offered) : [];
  // Whoever works on a pack in a folder sees each of its changes at once; a version is what others are told of.
  const isOwn =
    source.kind === "folder" && before?.source === pin.source && before.version === offered.version;
  if (before && changes.length > 0 && !isOwn && !options.upgrade) return { offered, pin: before, changes };
  keep(offered, join(options.cache, pin.folder));
  writePin(options.cache, pin);
  return { pack: readPack(join(options.cache, pin.folder), options), pin, changes };
}

/** A package of npm goes by the name of its pack, and what comes with Tombolo has one version. */
function refuseOther(source: PackSource, offered: Pack): void {
  if (source.kind === "npm" && offered.name !== source.name)
    throw new UserError(`The package ${source.name} calls itself "${offered.name}", so it is not taken`, {
      where: source.name,
    });
  if (source.kind !== "shipped" || source.version === undefined) return;
  if (!satisfies(offered.version, source.version))
    throw new UserError(`The pack ${source.name} comes with Tombolo at ${offered.version}`, {
      where: source.version,
      hint: `Write %use ${source.name}`,
    });
}

function pinOf(source: PackSource, { name, version, digest }: Pack, commit: string | undefined): Pin {
  const wanted = "version" in source ? source.version : undefined;
  return {
    ...{ name, version, digest, source: sourceText(source) },
    ...(wanted !== undefined && { wanted }),
    ...(commit !== undefined && { commit }),
    folder: `${name.replace(/\W+/g, "-")}@${version}-${digest.slice(0, 12)}`,
  };
}

/** The pack of a pin; undefined when it cannot be read, such as one for another version of Tombolo. */
function readable(pin: Pin, options: TakeOptions): Pack | undefined {
  try {
    return pinnedPack(pin, options);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

function changesOf(before: Pin, used: Pack | undefined, after: Pin, offered: Pack): Change[] {
  const digests = [before.digest, after.digest].map((digest) => digest.slice(0, 12));
  const pairs: [string, string | undefined, string | undefined][] = [
    ["source", before.source, after.source],
    // Without the files of the one in use, the version is all that can be compared.
    ["version", used ? undefined : before.version, used ? undefined : after.version],
    ["digest of its files", digests[0], digests[1]],
  ];
  return [
    ...pairs
      .filter(([, old, young]) => old !== young)
      .map(([what, old, young]) => ({ part: "pack", what, before: old, after: young })),
    ...(used ? changesBetween(used, offered) : []),
  ];
}

/** Copies what was read of a pack, and nothing else that lies beside it. */
function keep({ folder, files }: Pack, place: string): void {
  const partial = `${place}.${process.pid}.partial`;
  rmSync(partial, { recursive: true, force: true });
  for (const file of files) {
    mkdirSync(dirname(join(partial, file)), { recursive: true });
    cpSync(join(folder, file), join(partial, file));
  }
  rmSync(place, { recursive: true, force: true });
  renameSync(partial, place);
}
