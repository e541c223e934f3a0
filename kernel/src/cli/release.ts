import { basename, extname, join, resolve } from "node:path";
import { openDuckDB } from "../engine/duckdb.ts";
import { quoteLiteral } from "../engine/quote.ts";
import { UserError } from "../errors.ts";
import { describeProtected } from "../release/describe.ts";
import { RELEASE_OPTIONS, RELEASES_FOLDER, readReleaseOptions } from "../release/read-options.ts";
import { releaseTable } from "../release/release-table.ts";
import { defineCommand, optionsAsDeclared } from "./command.ts";

/** `tombolo release`: puts a table in a file under disclosure control. */
export const releaseCommand = defineCommand({
  name: "release",
  summary:
    "Puts a table under the rules of a preset and writes what may be shared; ends with 1 when nothing may.",
  usage: "tombolo release TABLE --preset NAME --reason TEXT [--folder DIR]",
  options: optionsAsDeclared(RELEASE_OPTIONS),
  async run({ words: [file], options }) {
    const { reason = "", folder = RELEASES_FOLDER } = options;
    if (file === undefined)
      throw new UserError("No table to release", { hint: `Write ${releaseCommand.usage}` });
    const name = basename(file, extname(file));
    const engine = await openDuckDB();
    try {
      const table = await engine.query(`SELECT * FROM ${quoteLiteral(resolve(file))}`);
      const written = { name, reason, folder: resolve(folder) };
      const { result, place, preset } = await releaseTable(
        engine,
        table,
        readReleaseOptions(options),
        written,
      );
      console.log(describeProtected(result, name, preset.name));
      if (place === undefined) process.exitCode = 1;
      else console.log(`\nWritten to ${join(folder, name)}.`);
    } finally {
      engine.close();
    }
  },
});
