import { rmSync } from "node:fs";
import { openDuckDB } from "../engine/duckdb.ts";
import type { Engine } from "../engine/engine.ts";
import { quoteIdentifier } from "../engine/quote.ts";
import { rowsOf } from "../engine/rows.ts";
import { temporaryPath } from "../store/datasets.ts";
import type { Store } from "../store/store.ts";

/** What the engine of an import takes before it goes to the disk, unless `TOMBOLO_IMPORT_MEMORY` says otherwise. */
const MOST_MEMORY = "700MB";

interface Bench {
  readonly engine: Engine;
  /** Folder of the store, where what does not fit into memory lies too. */
  readonly store: string;
  readonly temporaryFolder: string;
}

/** A bench between two imports: opening one takes longer than many an import. */
let idle: Bench | undefined;

/**
 * Does work with a view of the store whose engine is another one: tables made on the way meet none of the user's, and many
 * imports may run at once.
 */
export async function inWorkshop<Result>(
  store: Store,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  const bench = await takeBench(store.folder);
  try {
    await store.refresh();
    return await work({
      folder: store.folder,
      engine: bench.engine,
      datasets: () => store.datasets(),
      content: () => store.content(),
      catalogue: () => store.catalogue(),
      relations: () => store.relations(),
      refresh: () => store.refresh(),
      close: () => undefined,
    });
  } finally {
    await putBack(bench);
  }
}

async function takeBench(store: string): Promise<Bench> {
  const bench = idle;
  idle = undefined;
  if (bench?.store === store) return bench;
  if (bench) closeBench(bench);
  const folder = temporaryPath(store);
  const engine = await openDuckDB({
    memoryLimit: process.env["TOMBOLO_IMPORT_MEMORY"] ?? MOST_MEMORY,
    temporaryFolder: folder,
  });
  return { engine, store, temporaryFolder: folder };
}

function closeBench({ engine, temporaryFolder: folder }: Bench): void {
  engine.close();
  rmSync(folder, { recursive: true, force: true });
}

async function putBack(bench: Bench): Promise<void> {
  if (idle) return closeBench(bench);
  await clear(bench.engine);
  if (idle) closeBench(bench);
  else idle = bench;
}

/** Drops what an import has made on the way, so that the next one has the memory and the names. */
export async function clear(engine: Engine): Promise<void> {
  for (const [kind, list] of [
    ["VIEW", "SELECT view_name AS name FROM duckdb_views() WHERE temporary AND NOT internal"],
    ["TABLE", "SELECT table_name AS name FROM duckdb_tables() WHERE temporary"],
  ]) {
    for (const { name } of rowsOf(await engine.query(list ?? "")))
      await engine.run(`DROP ${kind} IF EXISTS temp.${quoteIdentifier(String(name))}`);
  }
}
