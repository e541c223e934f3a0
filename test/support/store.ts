import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Table } from "apache-arrow";
import { openStore, type Store } from "../../kernel/src/store/store.ts";

/** A folder for one test file, below the system's folder for temporary files. */
export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "tombolo-test-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A store in a folder of its own. */
export async function temporaryStore(): Promise<Store & { remove(): void }> {
  const folder = temporaryFolder();
  const store = await openStore(folder.path);
  return Object.assign(store, {
    remove() {
      store.close();
      folder.remove();
    },
  });
}

/** The rows of a table as plain objects. */
export function rowsOf(table: Table): Record<string, unknown>[] {
  return table.toArray().map((row) => ({ ...row.toJSON() }));
}

/** The only value of a query with one row and one column. */
export async function valueIn(store: Store, sql: string): Promise<unknown> {
  const [row] = rowsOf(await store.engine.query(sql));
  return Object.values(row ?? {})[0];
}
