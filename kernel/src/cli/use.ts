import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { openDuckDB } from "../engine/duckdb.ts";
import { UserError } from "../errors.ts";
import { exportTable } from "../export/export.ts";
import { builtInModels } from "../models/built-in.ts";
import { withPack } from "../pack/fetch/fetch-pack.ts";
import { parseSource } from "../pack/fetch/source.ts";
import { readPack } from "../pack/read-pack.ts";
import { type PackResults, tryPack } from "../pack/use-pack.ts";
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
      const own = { version, builtIn: builtInModels };
      const pack = await withPack(parseSource(text, "."), {}, ({ folder }) => readPack(folder, own));
      const results = await tryPack(pack, join(place, "dummy"));
      for (const [name, table] of results) console.log(`${name}: ${table.numRows} rows of dummy data.`);
      if (output !== undefined) await exportResults(results, output);
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  },
});

async function exportResults(results: PackResults, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const engine = await openDuckDB();
  try {
    for (const [name, table] of results) await exportTable(engine, table, resolve(folder, `${name}.parquet`));
  } finally {
    engine.close();
  }
}
