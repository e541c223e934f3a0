import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Manifest, parseManifest } from "./manifest.ts";

/** A complete dataset in the store. */
export interface Dataset {
  /** Name of its folder; begins with the time of writing, so that names sort by age. */
  readonly name: string;
  readonly folder: string;
  readonly manifest: Manifest;
}

/** Folder of the complete datasets of a store. */
export const importsFolder = (store: string): string => join(store, "imports");

/** Folder of what is being written; each entry ends in the id of the process that writes it. */
export const partialFolder = (store: string): string => join(store, "partial");

/** The datasets of a store, oldest first, without those that a newer one of the same key replaces. */
export function readDatasets(store: string, onWarning: (sentence: string) => void): Dataset[] {
  const newest = new Map<string, Dataset>();
  for (const name of listFolders(importsFolder(store))) {
    const dataset = readDataset(join(importsFolder(store), name), name, onWarning);
    if (!dataset) continue;
    newest.delete(dataset.manifest.key);
    newest.set(dataset.manifest.key, dataset);
  }
  return [...newest.values()];
}

/** Removes what processes that no longer run have left half-written. */
export function removeAbandoned(store: string): void {
  for (const name of listFolders(partialFolder(store))) {
    const process = Number(/-(\d+)$/.exec(name)?.[1]);
    if (!isRunning(process)) rmSync(join(partialFolder(store), name), { recursive: true, force: true });
  }
}

function readDataset(
  folder: string,
  name: string,
  onWarning: (sentence: string) => void,
): Dataset | undefined {
  try {
    const manifest = parseManifest(JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")));
    const damaged = manifest.files.find((file) => sizeOf(join(folder, file.name)) !== file.bytes);
    if (!damaged) return { name, folder, manifest };
    onWarning(`The dataset ${name} is left out: ${damaged.name} is not as it was written. Import it again.`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    onWarning(`The dataset ${name} is left out: its manifest cannot be read (${reason}). Import it again.`);
  }
  return undefined;
}

function listFolders(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

function sizeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.size;
}

function isRunning(process_: number): boolean {
  if (!Number.isInteger(process_)) return false;
  try {
    process.kill(process_, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
