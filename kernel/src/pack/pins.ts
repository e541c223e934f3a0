import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../errors.ts";
import { isRecord } from "../recipe/recipe.ts";

/** A pack that was taken: the notebooks of a store use just this one until another version is taken. */
export interface Pin {
  readonly name: string;
  readonly version: string;
  /** What `%use` took, without a version. */
  readonly source: string;
  /** Tag, branch or range that was asked for. */
  readonly wanted?: string;
  /** Commit of a Git repository. */
  readonly commit?: string;
  /** Digest of all its files. */
  readonly digest: string;
  /** Folder beside the pins that has its files. */
  readonly folder: string;
}

/** Folder of a store that keeps the packs that were taken. */
export const packsFolder = ({ folder }: { readonly folder: string }): string => join(folder, "packs");

const FILE = "pins.json";

/** The packs that were taken, by name; `folder` keeps them. */
export function readPins(folder: string): ReadonlyMap<string, Pin> {
  const file = join(folder, FILE);
  if (!existsSync(file)) return new Map();
  const value = parsePins(file);
  const pins = isRecord(value) && Array.isArray(value.packs) ? value.packs.flatMap(parsePin) : [];
  return new Map(pins.map((pin) => [pin.name, pin]));
}

/** Keeps a pin; it takes the place of another of its name. */
export function writePin(folder: string, pin: Pin): void {
  const pins = new Map(readPins(folder)).set(pin.name, pin);
  mkdirSync(folder, { recursive: true });
  const partial = join(folder, `${FILE}.${process.pid}`);
  writeFileSync(partial, `${JSON.stringify({ version: 1, packs: [...pins.values()] }, null, 2)}\n`);
  renameSync(partial, join(folder, FILE));
}

function parsePins(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new UserError(`${file} is no JSON any more`, {
      where: file,
      hint: "Remove it: the packs are then taken anew.",
      cause,
    });
  }
}

function parsePin(value: unknown): Pin[] {
  if (!isRecord(value)) return [];
  const { name, version, source, wanted, commit, digest, folder } = value;
  const isText = (text: unknown): text is string => typeof text === "string";
  if (!isText(name) || !isText(version) || !isText(source) || !isText(digest) || !isText(folder)) return [];
  return [
    {
      ...{ name, version, source, digest, folder },
      ...(isText(wanted) && { wanted }),
      ...(isText(commit) && { commit }),
    },
  ];
}
