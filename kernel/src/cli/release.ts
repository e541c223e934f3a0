import { basename, extname, join, resolve } from "node:path";
import { openDuckDB } from "../engine/duckdb.ts";
import { quoteLiteral } from "../engine/quote.ts";
import { UserError } from "../errors.ts";
import { describeProtected } from "../release/describe.ts";
import { findPreset } from "../release/release.ts";
import { releaseTable } from "../release/release-table.ts";
import { defineCommand } from "./command.ts";

/** `tombolo release`: puts a table in a file under disclosure control. */
export const releaseCommand = defineCommand({
  name: "release",
  summary:
    "Puts a table under the rules of a preset and writes what may be shared; ends with 1 when nothing may.",
  usage: "tombolo release TABLE --preset NAME --reason TEXT [--output DIR]",
  options: {
    preset: { type: "string", doc: "the rules; standard unless told otherwise" },
    reason: { type: "string", doc: "why it is released, for the record" },
    without: { type: "string", doc: "columns left out, as name,born" },
    accept: { type: "boolean", doc: "take the responsibility for what the checks leave to a person" },
    output: { type: "string", doc: "folder of the releases; releases unless told otherwise" },
  },
  async run({ words: [file], options }) {
    const { reason = "", without = "", accept = false, output = "releases" } = options;
    if (file === undefined)
      throw new UserError("No table to release", { hint: `Write ${releaseCommand.usage}` });
    const preset = findPreset(options.preset ?? "standard");
    const name = basename(file, extname(file));
    const engine = await openDuckDB();
    try {
      const table = await engine.query(`SELECT * FROM ${quoteLiteral(resolve(file))}`);
      const columns = without.split(",").filter((column) => column !== "");
      const { result, place } = await releaseTable(
        engine,
        table,
        { preset, accept, without: columns },
        { name, reason, folder: resolve(output) },
      );
      console.log(describeProtected(result, name, preset.name));
      if (place === undefined) process.exitCode = 1;
      else console.log(`\nWritten to ${join(output, name)}.`);
    } finally {
      engine.close();
    }
  },
});
