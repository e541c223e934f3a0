// @ts-check
// Imports everything that a folder of recorded downloads holds, one after the other into one store, and prints what it took:
// import-recorded.js FOLDER
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importers } from "../../kernel/dist/importers/index.js";
import { importDatasource, openStore, UserError } from "../../kernel/dist/index.js";

const [, , cache = ""] = process.argv;
const folder = mkdtempSync(join(tmpdir(), "tombolo-bench-"));
const store = await openStore(folder);
const [started, before] = [performance.now(), process.cpuUsage()];
let imported = 0;
for (const load of Object.values(importers)) {
  const importer = await load();
  for (const { id } of importer.datasources) {
    try {
      await importDatasource(
        store,
        { importerClass: importer.id, datasourceId: id },
        { cache, offline: true },
      );
      imported++;
    } catch (error) {
      // What was not recorded cannot be imported.
      if (!(error instanceof UserError)) throw error;
    }
  }
}
const { user, system } = process.cpuUsage(before);
const seconds = (performance.now() - started) / 1000;
store.close();
rmSync(folder, { recursive: true });
const megabytes = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ seconds, processor: (user + system) / 1e6, megabytes, rows: imported }));
