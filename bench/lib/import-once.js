// @ts-check
// Imports a file into a new store, with progress, and prints what it took: import-once.js FILE
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importDatasource, openStore } from "../../kernel/dist/index.js";

const folder = mkdtempSync(join(tmpdir(), "tombolo-bench-"));
const store = await openStore(folder);
let reports = 0;
const started = performance.now();
const { counts } = await importDatasource(store, process.argv[2] ?? "", { onProgress: () => reports++ });
const seconds = (performance.now() - started) / 1000;
store.close();
rmSync(folder, { recursive: true });
const megabytes = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ seconds, megabytes, rows: counts.subjects, reports }));
