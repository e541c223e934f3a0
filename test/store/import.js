import { importDatasource, openStore } from "../../kernel/dist/index.js";

// Imports a datasource in a process of its own, for the tests that kill it: import.js STORE DATASOURCE
const [, , folder = "", datasource = ""] = process.argv;
const store = await openStore(folder);
await importDatasource(store, datasource);
store.close();
