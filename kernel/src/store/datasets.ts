import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import { UserError } from "../errors.ts";
import { type CompleteManifest, type DatasetFile, parseFiles, parseManifest } from "./manifest.ts";
import { isRunning } from "./processes.ts";
import { count, list, record, text } from "./read-json.ts";

/** A complete dataset in the store. */
export interface Dataset {
  /** Begins with the time of writing, so that names sort by age. */
  readonly name: string;
  /** Folder that holds its files: its own, or that of a pack of several datasets. */
  readonly folder: string;
  /** Number of datasets in that folder. */
  readonly members: number;
  /** When its pack was made, in milliseconds since 1970; 0 for a dataset in a folder of its own. */
  readonly packed: number;
  readonly manifest: CompleteManifest;
}

/** What the folder of a store holds. */
export interface StoreContent {
  /** Complete datasets, oldest first, without those that a newer one of the same key replaces. */
  readonly datasets: readonly Dataset[];
  /** Folders that hold nothing that counts: all in them is replaced, or lies in a pack as well. */
  readonly superfluous: readonly string[];
  /** Folders that are left out because something in them is damaged, with what it is and the way out. */
  readonly damaged: ReadonlyMap<string, string>;
}

/** Folder of the complete datasets of a store. */
export const importsFolder = (store: string): string => join(store, "imports");

/** Folder of what is being written; each entry ends in the id of the process that writes it. */
export const partialFolder = (store: string): string => join(store, "partial");

/** Name of the file that `--verify` puts into a damaged folder: from then on it is left out. */
export const DAMAGE_FILE = "damaged.txt";

/** Reads the folders of a store; those that are read already are not read again, for they never change. */
export class DatasetReader {
  readonly #store: string;
  readonly #read = new Map<string, readonly Dataset[]>();

  constructor(store: string) {
    this.#store = store;
  }

  /** What the store holds now. */
  read(): StoreContent {
    const damaged = new Map<string, string>();
    const found: Dataset[] = [];
    const folders = listFolders(importsFolder(this.#store));
    for (const folder of folders) {
      try {
        found.push(...this.#readFolder(folder));
      } catch (error) {
        // What another process removes meanwhile is not damaged.
        if (!existsSync(join(importsFolder(this.#store), folder))) continue;
        const reason = error instanceof Error ? error.message : String(error);
        damaged.set(folder, error instanceof UserError ? reason : `${reason}. Import it again.`);
      }
    }
    const datasets = counted(found);
    const used = new Set(datasets.map(({ folder }) => folder));
    const superfluous = folders.map((name) => join(importsFolder(this.#store), name));
    return {
      datasets,
      superfluous: superfluous.filter((folder) => !used.has(folder) && !damaged.has(nameOf(folder))),
      damaged,
    };
  }

  #readFolder(name: string): readonly Dataset[] {
    const folder = join(importsFolder(this.#store), name);
    const damage = join(folder, DAMAGE_FILE);
    if (existsSync(damage)) throw new TypeError(readFileSync(damage, "utf8").trim());
    const known = this.#read.get(name);
    if (known) return known;
    const datasets = readFolder(folder, name);
    this.#read.set(name, datasets);
    return datasets;
  }
}

/** Says that a dataset is left out, and why. */
export const describeDamage = (name: string, reason: string): string =>
  `The dataset ${name} is left out: ${reason}`;

let temporary = 0;

/**
 * Name of a folder for what is read and sorted on the way into a store. It lies in the store, because a process that is killed leaves
 * it behind, and what is in it may be data that must be nowhere else; the next process clears it away.
 */
export function temporaryPath(store: string): string {
  return join(partialFolder(store), `work-${++temporary}-${process.pid}`);
}

/** Makes such a folder, which only its owner can read. */
export function makeTemporaryFolder(store: string): string {
  const folder = temporaryPath(store);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** Removes a folder of datasets, or that of all: others see all in it or nothing, and what a kill leaves is removed by the next process. */
export function discard(store: string, folder: string): void {
  const discarded = temporaryPath(store);
  try {
    renameSync(folder, discarded);
  } catch (error) {
    // Another process may have done it already.
    if (existsSync(folder)) throw error;
  }
  rmSync(discarded, { recursive: true, force: true });
}

/** Removes what processes that no longer run have left half-written. */
export function removeAbandoned(store: string): void {
  for (const name of listFolders(partialFolder(store))) {
    const process = Number(/-(\d+)$/.exec(name)?.[1]);
    if (!isRunning(process)) rmSync(join(partialFolder(store), name), { recursive: true, force: true });
  }
}

const nameOf = (folder: string): string => folder.split(/[\\/]/).at(-1) ?? "";

/** Sorted by age, of datasets of one name that of the newest pack, of one key only the newest. */
function counted(found: readonly Dataset[]): Dataset[] {
  // What a pack was made of may still be there.
  const sorted = [...found].sort((first, second) =>
    first.name === second.name ? second.packed - first.packed : first.name < second.name ? -1 : 1,
  );
  const names = new Set<string>();
  const newest = new Map<string, Dataset>();
  for (const dataset of sorted) {
    if (names.has(dataset.name)) continue;
    names.add(dataset.name);
    newest.delete(dataset.manifest.key);
    newest.set(dataset.manifest.key, dataset);
  }
  return [...newest.values()];
}

function readFolder(folder: string, name: string): Dataset[] {
  const manifest = record(readManifest(folder), "manifest");
  if (manifest.version !== 1)
    throw new UserError(`its manifest's version ${String(manifest.version)} is not known`, {
      hint: "A newer Tombolo can read it.",
    });
  const damaged = parseFiles(manifest).find((file) => !isWhole(folder, file));
  if (damaged) throw new TypeError(`${damaged.name} is not as it was written`);
  if (manifest.pack === undefined)
    return [{ name, folder, members: 1, packed: 0, manifest: parseManifest(manifest) }];
  const entries = list(manifest, "pack").map((entry) => record(entry, "entry"));
  return entries.map((entry) => ({
    name: text(entry, "name"),
    folder,
    members: entries.length,
    packed: count(manifest, "packed"),
    manifest: parseManifest(entry.manifest),
  }));
}

function readManifest(folder: string): unknown {
  try {
    return JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TypeError(`its manifest cannot be read (${reason})`);
  }
}

/** Whether a file has its length and the marks with which Parquet begins and ends. Digests are for `--verify`. */
function isWhole(folder: string, { name, bytes }: DatasetFile): boolean {
  const path = join(folder, name);
  if (statSync(path, { throwIfNoEntry: false })?.size !== bytes) return false;
  const file = openSync(path, "r");
  try {
    const marks = Buffer.alloc(8);
    readSync(file, marks, 0, 4, 0);
    readSync(file, marks, 4, 4, bytes - 4);
    return marks.toString("latin1") === "PAR1PAR1";
  } finally {
    closeSync(file);
  }
}

function listFolders(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}
