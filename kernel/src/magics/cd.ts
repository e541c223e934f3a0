import { statSync } from "node:fs";
import { homedir } from "node:os";
import { resolve } from "node:path";
import { UserError } from "../errors.ts";
import { defineMagic } from "./magic.ts";
import { callText, literal } from "./typescript.ts";

/** `%cd`: the folder at which relative paths start. */
export const cdMagic = defineMagic({
  name: "cd",
  kinds: ["line"],
  summary: "Changes the folder at which relative paths start, or tells it; the store stays where it is.",
  arguments: [{ name: "folder", doc: "the folder to go to", required: false, completes: "file" }],
  options: {},
  examples: ["%cd"],
  typescript: ({ words: [folder] }) =>
    folder === undefined ? "process.cwd();" : `${callText("process.chdir", [literal(folder)])};`,
  run(session, { words: [word] }) {
    if (word !== undefined) {
      const folder = resolve(session.folder, word.replace(/^~(?=\/|$)/, homedir()));
      if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
        throw new UserError(`There is no folder ${word}`, { where: folder });
      process.chdir(folder);
    }
    session.write("stdout", `${process.cwd()}\n`);
  },
});
