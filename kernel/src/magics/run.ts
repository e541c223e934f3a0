import { resolve } from "node:path";
import { UserError } from "../errors.ts";
import { codeCellsOf } from "../guard/notebook-file.ts";
import { readUserFile } from "./files.ts";
import { defineMagic } from "./magic.ts";
import type { Session } from "./session.ts";

/** `%run`: a file as if its text stood in the cell. */
export const runMagic = defineMagic({
  name: "run",
  kinds: ["line"],
  summary: "Runs a file of TypeScript or JavaScript, or the cells of a notebook, as if they stood here.",
  arguments: [
    { name: "file", doc: "the file to run, ending in .ts, .js or .ipynb", required: true, completes: "file" },
  ],
  options: {},
  runsCode: true,
  examples: ["%run helpers.ts"],
  async run(session, { words: [file = ""] }): Promise<unknown> {
    const text = readUserFile(session.folder, file);
    if (/\.ipynb$/.test(file)) return runCells(session, file, text);
    if (/\.[cm]?[jt]s$/.test(file))
      return session.evaluate({ code: text, file: resolve(session.folder, file) });
    throw new UserError(`%run cannot run ${file}`, {
      where: file,
      hint: "It runs .ts, .js and .ipynb files.",
    });
  },
});

async function runCells(session: Session, file: string, text: string): Promise<undefined> {
  for (const [index, code] of codeCellsOf(text, file).entries()) {
    session.signal.throwIfAborted();
    await session.evaluate({ code, file: `${resolve(session.folder, file)}#cell-${index + 1}` });
  }
  return undefined;
}
