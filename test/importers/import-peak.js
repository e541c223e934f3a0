import { importDatasource, openStore } from "../../kernel/dist/index.js";

// Imports a file of OpenStreetMap in a process of its own and prints how many subjects it has and the most memory that
// the process had, in megabytes: import-peak.js STORE FILE DATASOURCE
const [, , folder = "", file = "", datasourceId = ""] = process.argv;
const store = await openStore(folder);
const { counts } = await importDatasource(store, {
  importerClass: "osm/osm",
  datasourceId,
  localData: [file],
});
store.close();
console.log(JSON.stringify({ subjects: counts.subjects, megabytes: process.resourceUsage().maxRSS / 1024 }));
