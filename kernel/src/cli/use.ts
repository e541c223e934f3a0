import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { UserError } from "../errors.ts";
import { exportTable } from "../export/export.ts";
import { builtInModels } from "../models/built-in.ts";
import { fetchPack, parseSource } from "../pack/fetch-pack.ts";
import { readPack } from "../pack/read-pack.ts";
import { openDummyStore, runPack } from "../pack/use-pack.ts";
import { version } from "../version.ts";
import { defineCommand } from "./command.ts";

/** `tombolo use`: computes a pack on its dummy data. */
export const useCommand = defineCommand({
  name: "use",
  summary: "Takes a pack and computes its recipes on dummy data.",
  usage: "tombolo use PACK [--output DIR]",
  options: {
    output: { type: "string", doc: "folder that takes each result as GeoParquet" },
  },
  async run({ words: [text], options: { output } }) {
    if (text === undefined) throw new UserError("No pack to use", { hint: `Write ${useCommand.usage}` });
    const place = mkdtempSync(join(tmpdir(), "tombolo-use-"));
    try {
      const folder = await fetchPack(parseSource(text, "."), join(place, "packs"));
      const pack = readPack(folder, { version, builtIn: builtInModels });
      const store = await openDummyStore(pack, join(place, "dummy"));
      try {
        for (const [name, table] of await runPack(pack, store)) {
          console.log(`${name}: ${table.numRows} rows of dummy data.`);
          if (output === undefined) continue;
          mkdirSync(output, { recursive: true });
          await exportTable(store.engine, table, resolve(output, `${name}.parquet`));
        }
      } finally {
        store.close();
      }
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  },
});
