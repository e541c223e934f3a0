import { sourceAddresses } from "../catalogue/addresses.ts";
import { checkSources, type SourceReport } from "../catalogue/check-sources.ts";
import { writeChecked } from "../catalogue/checked.ts";
import { examine, type Finding } from "../catalogue/examine.ts";
import { defineCommand } from "./command.ts";

/** `tombolo doctor`: looks whether everything is in place, or, with `--sources`, whether publishers' addresses still are. */
export const doctorCommand = defineCommand({
  name: "doctor",
  summary: "Checks the installation, or with --sources every publisher's address.",
  usage: "tombolo doctor [--sources [WORD]] [--store DIR] [--json]",
  options: {
    sources: { type: "boolean", doc: "ask every address whether it still gives what importers expect" },
    store: { type: "string", doc: "folder of the store; .tombolo unless told otherwise" },
    json: { type: "boolean", doc: "print the findings as JSON" },
  },
  async run({ words, options }) {
    const folder = options.store ?? ".tombolo";
    if (options.sources) await doctorSources(words, folder, options.json === true);
    else await doctorInstallation(folder, options.json === true);
  },
});

async function doctorSources(words: readonly string[], folder: string, json: boolean): Promise<void> {
  const all = await sourceAddresses();
  const wanted = all.filter(
    (source) => words.length === 0 || source.words.some((word) => words.some((each) => word.includes(each))),
  );
  const reports = await checkSources(wanted, {
    onProgress: ({ done = 0, total = 0 }) => {
      if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${total} addresses`);
    },
  });
  if (process.stderr.isTTY) process.stderr.write("\n");
  const sound = reports.filter(({ state }) => state === "as expected").map(({ address }) => address);
  writeChecked(folder, sound, new Date().toISOString().slice(0, 10));
  if (json) console.log(JSON.stringify(reports, null, 1));
  else console.log(sourceTable(reports));
  if (sound.length < reports.length) process.exitCode = 1;
}

/** What moved comes first; at the end how many are as they were. */
function sourceTable(reports: readonly SourceReport[]): string {
  const odd = reports.filter(({ state }) => state !== "as expected");
  if (reports.length > 1 && reports.every(({ state }) => state === "unreachable"))
    return `None of ${reports.length} addresses can be reached: is there a network?`;
  const rows = odd.map(({ words, state, detail, address }) => [
    words.length > 2 ? `${words.slice(0, 2).join(", ")} and ${words.length - 2} more` : words.join(", "),
    state,
    detail,
    address,
  ]);
  const summary = `${reports.length - odd.length} of ${reports.length} addresses are as expected.`;
  return rows.length === 0
    ? summary
    : `${textTable(["datasource", "state", "detail", "address"], rows)}\n\n${summary}`;
}

async function doctorInstallation(folder: string, json: boolean): Promise<void> {
  const findings = await examine(folder);
  if (json) console.log(JSON.stringify(findings, null, 1));
  else console.log(findings.map(line).join("\n"));
  if (findings.some(({ isSound }) => !isSound)) process.exitCode = 1;
}

const line = ({ name, isSound, detail }: Finding) => `${isSound ? "✓" : "✗"} ${name}: ${detail}`;

function textTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heads.map((head, index) =>
    Math.max(head.length, ...rows.map((row) => row[index]?.length ?? 0)),
  );
  const write = (cells: readonly string[]) =>
    cells
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join("  ")
      .trimEnd();
  return [write(heads), widths.map((width) => "─".repeat(width)).join("  "), ...rows.map(write)].join("\n");
}
