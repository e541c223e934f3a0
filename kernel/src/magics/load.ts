import { readUserFile } from "./files.ts";
import { defineMagic } from "./magic.ts";

/** `%load`: puts a file into the cell. */
export const loadMagic = defineMagic({
  name: "load",
  kinds: ["line"],
  summary: "Puts the text of a file in place of the cell, to be read, changed and run.",
  arguments: [{ name: "file", doc: "the file to load", required: true, completes: "file" }],
  options: {},
  examples: ["%load helpers.ts"],
  run(session, { words: [file = ""] }) {
    session.setNextInput(`// %load ${file}\n${readUserFile(session.folder, file)}`, true);
  },
});
