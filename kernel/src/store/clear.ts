import { readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { importsFolder, partialFolder } from "./datasets.ts";
import type { Store } from "./store.ts";

/** Removes everything imported, the journal included. Each dataset leaves whole, by a rename, before its files are deleted. */
export async function clearStore(store: Store): Promise<void> {
  const imports = importsFolder(store.folder);
  for (const name of readdirSync(imports)) {
    const leaving = join(partialFolder(store.folder), `${name}-${process.pid}`);
    renameSync(join(imports, name), leaving);
    rmSync(leaving, { recursive: true, force: true });
  }
  await store.refresh();
}
