import type { Written } from "@tombolo/bundle/placeholder";
import { standsIn } from "@tombolo/bundle/stands-in";
import { Current } from "./current.ts";

/** Texts of the cells that this process has run. */
const texts: string[] = [];
const running = new Current<string>();

/** Notes the text of a cell, and runs it: what it does, also later, is done by this text. */
export function runWritten<Result>(text: string, work: () => Promise<Result>): Promise<Result> {
  texts.push(text);
  return running.run(text, work);
}

/** The cell that runs now, and all that this process has run. */
export function written(): Written {
  return { cell: running.get() ?? "", notebook: texts };
}

/** Whether a word or name stands in a cell, so that telling it tells nothing of the data. */
export function isWritten(name: string): boolean {
  return texts.some((text) => standsIn(text, name));
}

/** Whether lines stand in a cell as they are, from end to end. */
export function isWrittenWhole(lines: string): boolean {
  return texts.some((text) => text.replaceAll("\r\n", "\n").includes(lines.trimEnd()));
}
