import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Table } from "apache-arrow";
import type { Work } from "../progress.ts";
import { runRecipe } from "../recipe/run.ts";
import { openStore, type Store } from "../store/store.ts";
import { fillDummy } from "./dummy.ts";
import type { Pack } from "./read-pack.ts";
import { checkShapes } from "./shape.ts";

/** What of a pack is needed to compute it. */
export type RunnablePack = Pick<Pack, "name" | "seed" | "contract" | "models" | "recipes" | "shapes">;

/** The results of a pack by the names of its recipes. */
export type PackResults = ReadonlyMap<string, Table>;

/**
 * Opens a store with the dummy data of a pack, made anew from its contract; `folder` takes it and is emptied before. It is
 * the caller's to close.
 */
export async function openDummyStore(pack: RunnablePack, folder: string, work: Work = {}): Promise<Store> {
  const place = join(folder, pack.name.replace(/[@/]/g, "_"));
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  const store = await openStore(place, work);
  work.onProgress?.({ stage: "Making dummy data" });
  await fillDummy(store, pack.contract, pack.seed);
  return store;
}

/**
 * Makes the dummy data of a pack and computes its recipes on it. Throws a UserError when the results are not of the shape
 * that the pack's tests expect.
 */
export async function tryPack(pack: RunnablePack, folder: string, work: Work = {}): Promise<PackResults> {
  const store = await openDummyStore(pack, folder, work);
  try {
    const results = await runPack(pack, store, work);
    checkShapes(pack.shapes, results);
    return results;
  } finally {
    store.close();
  }
}

/** Computes the recipes of a pack on a store that has what its contract asks for; nothing is imported. */
export async function runPack(pack: RunnablePack, store: Store, work: Work = {}): Promise<PackResults> {
  const results = new Map<string, Table>();
  for (const [name, recipe] of pack.recipes) {
    const importing = () => Promise.resolve();
    results.set(name, await runRecipe(store, recipe, { ...work, models: pack.models, importing }));
  }
  return results;
}
