import { existsSync } from "node:fs";
import { sourceAddresses, wantedSources } from "../catalogue/addresses.ts";
import { checkSources } from "../catalogue/check-sources.ts";
import { writeChecked } from "../catalogue/checked.ts";
import { describeSources } from "../catalogue/describe-sources.ts";
import { examine, type Finding } from "../catalogue/examine.ts";
import { defineCommand } from "./command.ts";
import { storeFolder } from "./places.ts";

/** `tombolo doctor`: looks whether everything is in place, or, with `--sources`, whether publishers' addresses still are. */
export const doctorCommand = defineCommand({
  name: "doctor",
  summary: "Checks the installation, or with --sources every publisher's address.",
  usage: "tombolo doctor [--sources [WORD …]] [--store DIR] [--json]",
  options: {
    sources: {
      type: "boolean",
      doc: "ask every address, or those of datasources with a word such as nhs, whether it still gives what importers expect",
    },
    store: {
      type: "string",
      doc: "folder of the store; that of TOMBOLO_STORE, else .tombolo, unless told otherwise",
    },
    json: { type: "boolean", doc: "print the findings as JSON" },
  },
  async run({ words, options }) {
    const folder = options.store ?? storeFolder();
    if (options.sources) await doctorSources(words, folder, options.json === true);
    else await doctorInstallation(folder, options.json === true);
  },
});

async function doctorSources(words: readonly string[], folder: string, json: boolean): Promise<void> {
  const wanted = wantedSources(await sourceAddresses(), words);
  const reports = await checkSources(wanted, {
    onProgress: ({ done = 0, total = 0 }) => {
      if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${total} addresses`);
    },
  });
  if (process.stderr.isTTY) process.stderr.write("\n");
  const sound = reports.filter(({ state }) => state === "as expected").map(({ address }) => address);
  // A folder is no store because somebody asked for addresses in it.
  if (existsSync(folder)) writeChecked(folder, sound, new Date().toISOString().slice(0, 10));
  if (json) console.log(JSON.stringify(reports, null, 1));
  else console.log(describeSources(reports));
  if (sound.length < reports.length) process.exitCode = 1;
}

async function doctorInstallation(folder: string, json: boolean): Promise<void> {
  const findings = await examine(folder);
  if (json) console.log(JSON.stringify(findings, null, 1));
  else console.log(findings.map(line).join("\n"));
  if (findings.some(({ isSound }) => !isSound)) process.exitCode = 1;
}

const line = ({ name, isSound, detail }: Finding) => `${isSound ? "✓" : "✗"} ${name}: ${detail}`;
