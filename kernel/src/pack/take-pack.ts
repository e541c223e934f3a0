import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { satisfies, valid } from "semver";
import { UserError } from "../errors.ts";
import { nearestNames } from "../nearest.ts";
import type { Work } from "../progress.ts";
import type { ModelLibrary } from "../recipe/model.ts";
import { type Change, changesBetween } from "./changes.ts";
import { type FetchedPack, withPack } from "./fetch/fetch-pack.ts";
import type { GitSource } from "./fetch/git.ts";
import { type PackSource, parseSource, sourceText } from "./fetch/source.ts";
import { type Pin, readPins, writePin } from "./pins.ts";
import { type Pack, packDigest, readPack } from "./read-pack.ts";
import { SHIPPED_SOURCE, shippedNames } from "./shipped.ts";

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
  }
  refuseSlip(source, pins);
  return withPack(source, options, (fetched) => compareAndTake(source, fetched, pins, options));
}

/** A name that is nearly one that is here is a slip more often than a pack on npm, where anybody may have taken it. */
function refuseSlip(source: PackSource, pins: ReadonlyMap<string, Pin>): void {
  if (source.kind !== "npm" || source.version !== undefined) return;
  const near = nearestNames(source.name, [...shippedNames(), ...pins.keys()]);
  if (near.length === 0) return;
  throw new UserError(`There is no pack ${source.name} here; near: ${near.join(", ")}`, {
    where: source.name,
    hint: `If you mean the one on npm, write %use ${source.name}@latest`,
  });
}

/** The pin that answers what is asked for, so that nothing has to be fetched. */
function pinFor(source: PackSource, pins: ReadonlyMap<string, Pin>): Pin | undefined {
  if (source.kind === "folder") return undefined;
  if (source.kind === "git") return gitPin(source, pins);
  const pin = pins.get(source.name);
  if (!pin) return undefined;
  // A pack that comes with Tombolo is asked for by its name whenever another Tombolo is installed.
  if (source.version === undefined) return source.kind === "npm" ? pin : undefined;
  if (satisfies(pin.version, source.version)) return pin;
  if (pin.source !== sourceText(source)) throw elsewhere(pin, source.kind === "npm" ? "npm" : SHIPPED_SOURCE);
  return undefined;
}

function gitPin(source: GitSource, pins: ReadonlyMap<string, Pin>): Pin | undefined {
  const pin = [...pins.values()].find((each) => each.source === sourceText(source));
  if (!pin || source.version === undefined) return pin;
  // A branch moves, a tag that is a version does not.
  return source.version === pin.wanted && isVersion(source.version) ? pin : undefined;
}

const isVersion = (text: string): boolean => valid(text.replace(/^v/, "")) !== null;

/** Otherwise npm would be asked for a name that somebody else may have taken there. */
function elsewhere({ name, source }: Pin, asked: string): UserError {
  return new UserError(`The pack ${name} that is in use comes from ${source}, not from ${asked}`, {
    where: name,
    ...(/^(git|https)/.test(source) && { hint: `Another version of it is written ${source}#v1.2.0.` }),
  });
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
  if (source.kind === "npm" && offered.name !== source.name)
    throw new UserError(`The package ${source.name} calls itself "${offered.name}", so it is not taken`, {
      where: source.name,
    });
  if (
    source.kind === "shipped" &&
    source.version !== undefined &&
    !satisfies(offered.version, source.version)
  )
    throw new UserError(`The pack ${source.name} comes with Tombolo at ${offered.version}`, {
      where: source.version,
      hint: `Write %use ${source.name}`,
    });
  const place = sourceText(source);
  const wanted = "version" in source ? source.version : undefined;
  const pin: Pin = {
    name: offered.name,
    version: offered.version,
    source: place,
    ...(wanted !== undefined && { wanted }),
    ...(commit !== undefined && { commit }),
    digest: offered.digest,
    folder: `${offered.name.replace(/\W+/g, "-")}@${offered.version}-${offered.digest.slice(0, 12)}`,
  };
  const before = pins.get(offered.name);
  const changes = before ? changesOf(before, readable(before, options), pin, offered) : [];
  // Whoever works on a pack in a folder sees each of its changes at once; a version is what others are told of.
  const isOwn = source.kind === "folder" && before?.source === place && before.version === offered.version;
  if (before && changes.length > 0 && !isOwn && !options.upgrade) return { offered, pin: before, changes };
  keep(offered, join(options.cache, pin.folder));
  writePin(options.cache, pin);
  return { pack: readPack(join(options.cache, pin.folder), options), pin, changes };
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
