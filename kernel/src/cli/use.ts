import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { openDuckDB } from "../engine/duckdb.ts";
import { UserError } from "../errors.ts";
import { exportTable } from "../export/export.ts";
import { builtInModels } from "../models/built-in.ts";
import { textOfChanges } from "../pack/changes.ts";
import { packsFolder } from "../pack/pins.ts";
import { type Taken, takePack } from "../pack/take-pack.ts";
import { type PackResults, tryPack } from "../pack/use-pack.ts";
import { version } from "../version.ts";
import { defineCommand } from "./command.ts";
import { storeFolder } from "./places.ts";

/** `tombolo use`: computes a pack on its dummy data. */
export const useCommand = defineCommand({
  name: "use",
  summary: "Takes a pack, pins it, and computes its recipes on dummy data.",
  usage: "tombolo use PACK [--output DIR] [--store DIR] [--upgrade]",
  options: {
    output: { type: "string", doc: "folder that takes each result as GeoParquet" },
    store: {
      type: "string",
      doc: "folder of the store that keeps what was taken, as for notebooks; that of TOMBOLO_STORE, else .tombolo, unless told otherwise",
    },
    upgrade: {
      type: "boolean",
      doc: "take another version than the one used before, whose changes were shown",
    },
  },
  async run({ words: [text], options: { output, store = storeFolder(), upgrade } }) {
    if (text === undefined) throw new UserError("No pack to use", { hint: `Write ${useCommand.usage}` });
    const taken = await takePack(text, {
      folder: resolve("."),
      cache: packsFolder({ folder: resolve(store) }),
      upgrade,
      version,
      builtIn: builtInModels,
    });
    const changes = textOfChanges(taken.changes).join("\n");
    if ("offered" in taken) {
      console.error(changes);
      throw notTaken(taken, text);
    }
    if (changes !== "") console.log(changes);
    const place = mkdtempSync(join(tmpdir(), "tombolo-use-"));
    try {
      const results = await tryPack(taken.pack, place);
      for (const [name, table] of results) console.log(`${name}: ${table.numRows} rows of dummy data.`);
      if (output !== undefined) await exportResults(results, output);
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  },
});

function notTaken({ pin }: Taken, text: string): UserError {
  return new UserError(`The pack ${pin.name} is in use here at ${pin.version}; nothing was taken`, {
    where: text,
    hint: `tombolo use ${text} --upgrade takes it, tombolo use ${pin.name}@${pin.version} stays with it.`,
  });
}

async function exportResults(results: PackResults, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const engine = await openDuckDB();
  try {
    for (const [name, table] of results) await exportTable(engine, table, resolve(folder, `${name}.parquet`));
  } finally {
    engine.close();
  }
}
