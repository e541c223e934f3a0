import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { UserError } from "../errors.ts";
import { exportTable } from "../export/export.ts";
import { parseRecipe } from "../recipe/parse.ts";
import { runRecipe } from "../recipe/run.ts";
import { openStore } from "../store/store.ts";
import { defineCommand } from "./command.ts";

/** `tombolo run`: computes a recipe and writes its result. */
export const runCommand = defineCommand({
  name: "run",
  summary: "Computes the recipe in a file and writes the result.",
  usage: "tombolo run RECIPE --output FILE [--store DIR]",
  options: {
    store: { type: "string", doc: "folder of the store; .tombolo unless told otherwise" },
    output: { type: "string", doc: "file to write, ending in .csv, .geojson or .parquet" },
  },
  async run({ words: [file], options: { store: folder = ".tombolo", output } }) {
    if (file === undefined || output === undefined) {
      throw new UserError("A recipe and a file for its result are needed", {
        hint: `Write ${runCommand.usage}`,
      });
    }
    const onWarning = (sentence: string) => console.error(sentence);
    const recipe = parseRecipe(readRecipe(file), { onWarning });
    const store = await openStore(folder, { onWarning });
    try {
      const report = await exportTable(
        store.engine,
        await runRecipe(store, recipe, { onWarning }),
        resolve(output),
      );
      console.log(`${output}: ${report.rows} rows, ${report.bytes} bytes (${report.format}).`);
    } finally {
      store.close();
    }
  },
});

function readRecipe(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new UserError(`There is no file ${file}`, { where: file, cause });
  }
}
