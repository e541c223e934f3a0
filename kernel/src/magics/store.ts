import { maintainStore } from "../store/maintain.ts";
import { overviewTable } from "../store/overview.ts";
import { table } from "../table/table.ts";
import { defineMagic } from "./magic.ts";

/** `%store`: what the notebook's store holds, and its upkeep. */
export const storeMagic = defineMagic({
  name: "store",
  kinds: ["line"],
  summary:
    "Shows what has been imported, with sizes, access labels, sources and dates; checks it, compacts it or clears it.",
  arguments: [],
  options: {
    verify: { type: "flag", doc: "read every file and compare it with its digest" },
    compact: { type: "flag", doc: "remove what has been replaced and merge small datasets" },
    clear: { type: "flag", doc: "remove everything that was imported; downloads are kept" },
  },
  examples: ["%store", "%store --verify"],
  async run(session, { options }) {
    const store = await session.store();
    const sentences = await maintainStore(store, options, session.work());
    if (sentences) return inWords(sentences);
    await store.refresh();
    const overview = overviewTable(store);
    return overview.numRows === 0
      ? inWords(["The store is empty: %import something first."])
      : table(overview, { rows: 200, title: `Store at ${store.folder}` });
  },
});

const inWords = (sentences: readonly string[]) => ({ data: { "text/plain": sentences.join("\n") } });
