// @ts-check
// Imports a file into a new store, with progress, and prints what it took without the loading of libraries:
// import-once.js FILE, or import-once.js FILE DATASOURCE for a datasource of OpenStreetMap
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importDatasource, openStore } from "../../kernel/dist/index.js";

const [, , file = "", datasourceId] = process.argv;
const folder = mkdtempSync(join(tmpdir(), "tombolo-bench-"));
const store = await openStore(folder);
let reports = 0;
const request = datasourceId ? { importerClass: "osm/osm", datasourceId, localData: [file] } : file;
const [started, before] = [performance.now(), process.cpuUsage()];
const { counts } = await importDatasource(store, request, { onProgress: () => reports++ });
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(before);
store.close();
rmSync(folder, { recursive: true });
const megabytes = process.resourceUsage().maxRSS / 1024;
console.log(
  JSON.stringify({ seconds, processor: (user + system) / 1e6, megabytes, rows: counts.subjects, reports }),
);
