import { mkdirSync } from "node:fs";
import { discard, importsFolder } from "./datasets.ts";
import type { Store } from "./store.ts";

/** Removes all datasets of a store, also the damaged ones; downloads stay. Returns how many datasets there were. */
export async function clearStore(store: Store): Promise<number> {
  await store.refresh();
  const { datasets, damaged } = store.content();
  discard(store.folder, importsFolder(store.folder));
  mkdirSync(importsFolder(store.folder), { recursive: true });
  await store.refresh();
  return datasets.length + damaged.size;
}
