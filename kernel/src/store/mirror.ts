import type { Engine } from "../engine/engine.ts";
import { quoteIdentifier } from "../engine/quote.ts";
import type { Store } from "./store.ts";
import { DATASET_COLUMN, DATASET_SUBJECTS, TABLE_NAMES, TABLES } from "./tables.ts";

/**
 * The same store with its tables in another engine, which then computes recipes. They are loaded anew whenever the store has
 * changed; imports go into the store itself.
 */
export async function mirrorStore(store: Store, engine: Engine): Promise<Store> {
  let loaded: string | undefined;
  const load = async () => {
    await store.refresh();
    const now = store
      .datasets()
      .map(({ name }) => name)
      .join("\n");
    if (now === loaded) return;
    for (const table of TABLE_NAMES) {
      const columns = [...Object.keys(TABLES[table].columns), DATASET_COLUMN].map(quoteIdentifier);
      await engine.register(table, await store.engine.query(`SELECT ${columns.join(", ")} FROM ${table}`));
    }
    await engine.register(DATASET_SUBJECTS, await store.engine.query(`SELECT * FROM ${DATASET_SUBJECTS}`));
    loaded = now;
  };
  await load();
  return {
    folder: store.folder,
    engine,
    datasets: () => store.datasets(),
    content: () => store.content(),
    catalogue: () => store.catalogue(),
    relations: () => store.relations(),
    refresh: load,
    close: () => {
      engine.close();
      store.close();
    },
  };
}
