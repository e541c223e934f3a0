import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { UserError } from "../errors.ts";
import { parseNotebook } from "../guard/notebook-file.ts";
import { rules } from "../guard/rules/index.ts";
import { stripNotebook } from "../guard/strip.ts";
import { defineCommand } from "./command.ts";

const ATTRIBUTE = "*.ipynb filter=tombolo";

/** `tombolo strip`: a notebook without what should not leave with it; can stand between the folder and Git. */
export const stripCommand = defineCommand({
  name: "strip",
  summary:
    "Takes outputs with values of data that is not public out of a notebook; --git does so at each commit.",
  usage: "tombolo strip [--git] < NOTEBOOK",
  options: {
    git: {
      type: "boolean",
      doc: "make the Git repository of this folder do so with every notebook it takes in",
    },
  },
  async run({ options: { git = false } }) {
    if (git) return installFilter();
    const notebook = parseNotebook(await text(process.stdin), "the notebook");
    process.stdout.write(stripNotebook(notebook, rules).text);
  },
});

function installFilter(): void {
  const program = fileURLToPath(new URL("../../bin/tombolo.js", import.meta.url));
  const filter = `"${process.execPath}" "${program}" strip`;
  const root = gitOutput(["rev-parse", "--show-toplevel"]);
  for (const [key, value] of [
    ["filter.tombolo.clean", filter],
    ["filter.tombolo.smudge", "cat"],
    ["filter.tombolo.required", "true"],
  ] as const)
    gitOutput(["config", key, value]);
  const attributes = join(root, ".gitattributes");
  const present = existsSync(attributes) ? readFileSync(attributes, "utf8") : "";
  if (!present.split(/\r?\n/).includes(ATTRIBUTE))
    appendFileSync(attributes, `${present === "" || present.endsWith("\n") ? "" : "\n"}${ATTRIBUTE}\n`);
  console.log(
    `Git takes notebooks in without values that are not public. Others who clone it run "tombolo strip --git" once.`,
  );
}

function gitOutput(parameters: readonly string[]): string {
  try {
    return execFileSync("git", [...parameters], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    }).trim();
  } catch (cause) {
    throw new UserError("This folder is in no Git repository", { hint: "git init makes one.", cause });
  }
}
