import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { defineMagic } from "./magic.ts";
import { runProgram } from "./shell.ts";

/** `%npm`: packages for the notebook. */
export const npmMagic = defineMagic({
  name: "npm",
  kinds: ["line"],
  summary: "Runs npm in the notebook's folder: `%npm install d3-array` makes a package importable.",
  arguments: [
    { name: "words", doc: "what npm is to do, such as install d3-array", required: true, rest: true },
  ],
  options: {},
  line: "shell",
  examples: ["%npm install d3-array"],
  async run(session, { text }) {
    const words = text.split(/\s+/);
    const isInstalling = /^(?:i|install|add|update|ci)$/.test(words[0] ?? "");
    const quiet = isInstalling ? ["--no-fund", "--no-audit"] : [];
    const script = npmScript();
    if (script) await runProgram(session, process.execPath, [script, ...words, ...quiet]);
    else await runProgram(session, process.platform === "win32" ? "npm.cmd" : "npm", [...words, ...quiet]);
  },
});

/** The npm that came with the Node that runs the kernel; on the path there may be none, or an old one. */
function npmScript(): string | undefined {
  const folder = dirname(process.execPath);
  return [join(folder, "..", "lib"), folder]
    .map((place) => join(place, "node_modules", "npm", "bin", "npm-cli.js"))
    .find(existsSync);
}
