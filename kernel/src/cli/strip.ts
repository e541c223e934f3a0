import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
  usage: "tombolo strip [--git [--off]] [NAME] < NOTEBOOK",
  options: {
    git: {
      type: "boolean",
      doc: "make the Git repository of this folder do so with every notebook it takes in",
    },
    off: { type: "boolean", doc: "with --git: make it stop" },
  },
  async run({ words: [name = "the notebook"], options: { git = false, off = false } }) {
    if (git) return off ? removeFilter() : installFilter();
    if (off) throw new UserError("--off goes with --git", { hint: "Write tombolo strip --git --off." });
    const given = await text(process.stdin);
    process.stdout.write(
      isNoNotebookYet(given) ? given : stripNotebook(parseNotebook(given, name), rules).text,
    );
  },
});

/**
 * Whether a file is empty, or is what Git makes of two versions that it cannot merge: both came through the filter, and to refuse
 * them would leave no way to compare them.
 */
function isNoNotebookYet(text: string): boolean {
  return text.trim() === "" || (/^<{7} /m.test(text) && /^={7}$/m.test(text) && /^>{7} /m.test(text));
}

function installFilter(): void {
  const program = fileURLToPath(new URL("../../bin/tombolo.js", import.meta.url));
  // Git puts the name of the file in place of %f, in quotes.
  const filter = `"${process.execPath}" "${program}" strip %f`;
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

function removeFilter(): void {
  const root = gitOutput(["rev-parse", "--show-toplevel"]);
  const isThere = gitOutput(["config", "--get-regexp", "^filter\\.tombolo\\."], "") !== "";
  if (isThere) gitOutput(["config", "--remove-section", "filter.tombolo"]);
  const attributes = join(root, ".gitattributes");
  const present = existsSync(attributes) ? readFileSync(attributes, "utf8") : "";
  const left = present.split(/(?<=\n)/).filter((line) => line.trim() !== ATTRIBUTE);
  if (left.length === 0 && present !== "") rmSync(attributes);
  else if (left.join("") !== present) writeFileSync(attributes, left.join(""));
  console.log("Git takes notebooks in as they are.");
}

/** What Git answers; where it fails, `otherwise`, or else a UserError. */
function gitOutput(parameters: readonly string[], otherwise?: string): string {
  try {
    return execFileSync("git", [...parameters], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    }).trim();
  } catch (cause) {
    if (otherwise !== undefined) return otherwise;
    throw new UserError("This folder is in no Git repository", { hint: "git init makes one.", cause });
  }
}
