import { readFileSync } from "node:fs";
import { UserError } from "../errors.ts";
import { parseNotebook } from "../guard/notebook-file.ts";
import { findLeaks } from "../guard/rule.ts";
import { rules } from "../guard/rules/index.ts";
import { defineCommand } from "./command.ts";

const WAY_OUT =
  "Clear these outputs, or take them out with: tombolo strip < NOTEBOOK > CLEAN. In a Git repository, tombolo strip --git does so at each commit.";

/** `tombolo check`: looks into saved notebooks for what should not leave with them. */
export const checkCommand = defineCommand({
  name: "check",
  summary:
    "Looks into saved notebooks for values of data that is not public; ends with 1 when it finds some. What may as well be nothing is only told.",
  usage: "tombolo check NOTEBOOK...",
  options: {
    json: { type: "boolean", doc: "print what was found as JSON" },
  },
  async run({ words: files, options: { json = false } }) {
    if (files.length === 0)
      throw new UserError("No notebook to check", { hint: `Write ${checkCommand.usage}` });
    const found = files.flatMap((file) =>
      findLeaks(parseNotebook(readNotebook(file), file), rules).map((leak) => ({ file, ...leak })),
    );
    if (json) console.log(JSON.stringify(found, null, 2));
    else
      for (const { file, cell, rule, sentence, isWarning } of found)
        console.log(
          `${file}${cell > 0 ? `, cell ${cell}` : ""}: ${isWarning ? "please look: " : ""}${sentence} (${rule})`,
        );
    if (found.some(({ isWarning }) => !isWarning)) {
      process.exitCode = 1;
      if (!json) console.log(WAY_OUT);
    } else if (!json && found.length === 0)
      console.log(`${files.length} ${files.length === 1 ? "notebook" : "notebooks"}: nothing found.`);
  },
});

function readNotebook(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new UserError(`There is no file ${file}`, { where: file, cause });
  }
}
