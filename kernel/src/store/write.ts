import { createHash } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { quoteLiteral } from "../engine/quote.ts";
import { importsFolder, partialFolder } from "./datasets.ts";
import type { DatasetFile, Manifest } from "./manifest.ts";
import type { Store } from "./store.ts";
import { TABLES, type TableName } from "./tables.ts";

/** Where the rows of each table of a new dataset come from: a SELECT with the columns of that table. */
export type DatasetRows = Readonly<Partial<Record<TableName, string>>>;

/**
 * Writes a dataset: its files into a folder of their own, then that folder is renamed to its place. The rename is the
 * moment at which the dataset exists; a kill before it leaves the store as it was.
 */
export async function writeDataset(
  store: Store,
  manifest: Omit<Manifest, "files">,
  rows: DatasetRows,
  signal?: AbortSignal,
): Promise<void> {
  const name = datasetName(manifest);
  const partial = join(partialFolder(store.folder), `${name}-${process.pid}`);
  mkdirSync(partial, { recursive: true });
  try {
    const files: DatasetFile[] = [];
    for (const [table, select] of Object.entries(rows)) {
      const definition = Object.entries(TABLES).find(([known]) => known === table)?.[1];
      if (!definition) throw new Error(`no table ${table}`);
      const path = join(partial, definition.file);
      await store.engine.run(`COPY (${select}) TO ${quoteLiteral(path)} (FORMAT parquet, COMPRESSION zstd)`, {
        signal,
      });
      files.push(describeFile(path, definition.file));
    }
    const text = `${JSON.stringify({ ...manifest, files } satisfies Manifest, null, 1)}\n`;
    writeFileSync(join(partial, "manifest.json"), text);
    synchronise(join(partial, "manifest.json"));
    renameSync(partial, join(importsFolder(store.folder), name));
    synchronise(importsFolder(store.folder));
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw error;
  }
  await store.refresh();
}

/** Begins with the time, so that names sort by age, and ends in a digest, so that two writers do not meet. */
function datasetName(manifest: Omit<Manifest, "files">): string {
  const time = manifest.source.retrieved.replace(/[-:.]/g, "");
  const slug = manifest.importer.replace(/[^a-z0-9]+/gi, "-").slice(-40);
  const digest = createHash("sha256")
    .update(`${manifest.key}\n${manifest.source.digest}\n${process.pid}`)
    .digest("hex");
  return `${time}-${slug}-${digest.slice(0, 8)}`;
}

function describeFile(path: string, name: string): DatasetFile {
  synchronise(path);
  const content = readFileSync(path);
  return { name, bytes: content.length, digest: createHash("sha256").update(content).digest("hex") };
}

/** Waits until what was written is on the disk: a rename must not arrive there before it. */
function synchronise(path: string): void {
  const file = openSync(path, "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
