import { createHash } from "node:crypto";
import { join } from "node:path";
import { readFiles } from "../engine/read-files.ts";
import type { Work } from "../progress.ts";
import { type Content, extentOf } from "./contents.ts";
import { type Dataset, discard } from "./datasets.ts";
import type { CompleteManifest } from "./manifest.ts";
import { otherReaders } from "./processes.ts";
import type { Store } from "./store.ts";
import { TABLE_NAMES, TABLES } from "./tables.ts";
import { type Unit, unitsOf, whereCounted } from "./units.ts";
import { type DatasetRows, writeFolder } from "./write.ts";

/** What compacting a store has done. */
export interface Compaction {
  /** Number of datasets that were put together with others. */
  readonly merged: number;
  /** Number of folders that were removed. */
  readonly removed: number;
  /** Processes that read the store, for which folders that nobody else needs were left. */
  readonly readers: readonly number[];
}

/** Folders with fewer bytes than this are put together. */
const SMALL = 8 * 2 ** 20;

/**
 * Puts small datasets of the same access label into one folder each, and removes what has been replaced. A kill at any moment
 * loses nothing: a pack is there whole before what it was made of goes. While other processes read the store nothing is
 * removed that they may be reading.
 */
export async function compactStore(store: Store, { signal, onProgress }: Work = {}): Promise<Compaction> {
  await store.refresh();
  let merged = 0;
  for (const units of smallUnits(store)) {
    onProgress?.({ stage: "Merging small datasets" });
    await writePack(store, units, signal);
    merged += units.reduce((sum, { datasets }) => sum + datasets.length, 0);
  }
  await store.refresh();
  const readers = otherReaders(store.folder);
  const { superfluous } = store.content();
  if (readers.length === 0) for (const folder of superfluous) discard(store.folder, folder);
  await store.refresh();
  return { merged, removed: readers.length === 0 ? superfluous.length : 0, readers };
}

/** The folders to be put together, by access label: one that is sensitive must stay apart from one that is not. */
function smallUnits(store: Store): Unit[][] {
  const groups = new Map<string, Unit[]>();
  for (const unit of unitsOf(store.datasets())) {
    const [dataset] = unit.datasets;
    if (!dataset || sizeOf(dataset) >= SMALL) continue;
    const { access } = dataset.manifest;
    groups.set(access, [...(groups.get(access) ?? []), unit]);
  }
  return [...groups.values()].filter((units) => units.length > 1 || units.some(({ filtered }) => filtered));
}

const sizeOf = ({ manifest }: Dataset) => manifest.files.reduce((sum, { bytes }) => sum + bytes, 0);

async function writePack(store: Store, units: readonly Unit[], signal: AbortSignal | undefined) {
  const datasets = units.flatMap((unit) => unit.datasets);
  const sources: DatasetRows = Object.fromEntries(
    TABLE_NAMES.flatMap((table) => {
      const { file } = TABLES[table];
      const holding = units.filter(({ datasets: [first] }) =>
        first?.manifest.files.some(({ name }) => name === file),
      );
      if (holding.length === 0) return [];
      const files = readFiles(
        "read_parquet",
        holding.map(({ folder }) => join(folder, file)),
      );
      return [[table, `SELECT * FROM ${files}${whereCounted(holding)}`]];
    }),
  );
  const names = datasets.map(({ name }) => name);
  const digest = createHash("sha256").update(names.join("\n")).digest("hex");
  const packed = Date.now();
  await writeFolder(
    store,
    `pack-${packed}-${digest.slice(0, 16)}`,
    sources,
    { signal },
    (files, contents) => ({
      version: 1,
      packed,
      files,
      pack: datasets.map(({ name, manifest }) => ({
        name,
        manifest: {
          ...manifest,
          files,
          contents: ownContents(manifest, contents),
        } satisfies CompleteManifest,
      })),
    }),
  );
}

/** Of what a pack holds, what may come from one of its datasets: the times are those of the pack. */
function ownContents(manifest: CompleteManifest, contents: readonly Content[]): Content[] {
  const key = (content: Content) => JSON.stringify([content.table, extentOf(content).key]);
  const packed = new Map(contents.map((content) => [key(content), content]));
  return manifest.contents.flatMap((content) => {
    const { rows = 0 } = packed.get(key(content)) ?? {};
    return rows === 0 ? [] : [{ ...content, rows: Math.min(rows, content.rows) }];
  });
}
