import { statSync } from "node:fs";
import { homedir } from "node:os";
import { resolve } from "node:path";
import { UserError } from "../errors.ts";
import { defineMagic } from "./magic.ts";
import { callText, literal } from "./typescript.ts";

/** The folder that `%cd -` goes back to; a process has one, as it has one current folder. */
let before: string | undefined;

/** `%cd`: the folder at which relative paths start. */
export const cdMagic = defineMagic({
  name: "cd",
  kinds: ["line"],
  summary: "Changes the folder at which relative paths start, or tells it; the store stays where it is.",
  arguments: [
    { name: "folder", doc: "the folder to go to; - is the one before", required: false, completes: "file" },
  ],
  options: {},
  examples: ["%cd"],
  typescript: ({ words: [folder] }) =>
    folder === undefined ? "process.cwd();" : `${callText("process.chdir", [literal(folder)])};`,
  run(session, { words: [given] }) {
    const word = given === "-" ? before : given;
    if (word !== undefined) {
      const folder = resolve(session.folder, word.replace(/^~(?=\/|$)/, homedir()));
      if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
        throw new UserError(`There is no folder ${word}`, { where: folder });
      before = process.cwd();
      process.chdir(folder);
    }
    session.write("stdout", `${process.cwd()}\n`);
  },
});
