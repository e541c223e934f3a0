import { mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { importsFolder, partialFolder } from "./datasets.ts";
import type { Store } from "./store.ts";

/** Removes all datasets of a store, also the damaged ones; downloads stay. Returns how many datasets there were. */
export async function clearStore(store: Store): Promise<number> {
  await store.refresh();
  const { datasets, damaged } = store.content();
  // Renamed first: other processes see all of the datasets or none, and what a kill leaves is removed by the next one.
  const cleared = join(partialFolder(store.folder), `cleared-${Date.now()}-${process.pid}`);
  renameSync(importsFolder(store.folder), cleared);
  mkdirSync(importsFolder(store.folder), { recursive: true });
  rmSync(cleared, { recursive: true, force: true });
  await store.refresh();
  return datasets.length + damaged.size;
}
