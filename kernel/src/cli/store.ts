import { maintainStore } from "../store/maintain.ts";
import { storeOverview } from "../store/overview.ts";
import { openStore } from "../store/store.ts";
import { defineCommand } from "./command.ts";
import { storeFolder } from "./places.ts";

/** `tombolo store`: the same as `%store`. */
export const storeCommand = defineCommand({
  name: "store",
  summary: "Shows what a store holds; checks it, compacts it or clears it.",
  usage: "tombolo store [--store DIR] [--verify | --compact | --clear] [--json]",
  options: {
    store: {
      type: "string",
      doc: "folder of the store; that of TOMBOLO_STORE, else .tombolo, unless told otherwise",
    },
    verify: { type: "boolean", doc: "read every file and compare it with its digest" },
    compact: { type: "boolean", doc: "remove what has been replaced and merge small datasets" },
    clear: { type: "boolean", doc: "remove everything that was imported; downloads are kept" },
    json: { type: "boolean", doc: "print the datasets as JSON" },
  },
  async run({ options }) {
    const store = await openStore(options.store ?? storeFolder(), {
      onWarning: (sentence) => console.error(sentence),
    });
    try {
      const sentences = await maintainStore(store, options);
      const datasets = storeOverview(store);
      if (sentences) console.log(sentences.join("\n"));
      else if (options.json) console.log(JSON.stringify(datasets, null, 1));
      else if (datasets.length === 0) console.log("The store is empty.");
      else console.log(datasets.map(describe).join("\n"));
      if (store.content().damaged.size > 0) process.exitCode = 1;
    } finally {
      store.close();
    }
  },
});

type Overview = ReturnType<typeof storeOverview>[number];

function describe({ title, subjects, values, megabytes, access, source, retrieved }: Overview): string {
  const amounts = `${subjects.toLocaleString("en")} subjects, ${values.toLocaleString("en")} values, ${megabytes} MB`;
  return `${title}: ${amounts}, ${access}; ${source}, ${retrieved}`;
}
