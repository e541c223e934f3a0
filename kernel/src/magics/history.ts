import { defineMagic } from "./magic.ts";
import type { PastCell } from "./session.ts";

/** `%history`: the cells that were run. */
export const historyMagic = defineMagic({
  name: "history",
  kinds: ["line"],
  summary: "Shows the cells that were run since the kernel started.",
  arguments: [
    {
      name: "cells",
      doc: "a number or a range such as 4-7, or text that the cells must contain",
      required: false,
    },
  ],
  options: { last: { type: "integer", letter: "n", minimum: 1, doc: "only so many, the newest" } },
  examples: ["%history -n 5", "%history 4-7"],
  run(session, { words, options, assigned }): string[] | undefined {
    const cells = session.history().filter(chosenBy(words[0] ?? ""));
    const shown = options.last === undefined ? cells : cells.slice(-options.last);
    if (assigned) return shown.map(({ source }) => source);
    for (const { label, source } of shown) session.write("stdout", `${label}: ${source.trimEnd()}\n`);
    return undefined;
  },
});

function chosenBy(text: string): (cell: PastCell) => boolean {
  const range = /^(\d+)(?:-(\d+))?$/.exec(text);
  if (!range) return ({ source }) => source.includes(text);
  const [first, last] = [Number(range[1]), Number(range[2] ?? range[1])];
  return ({ label }) => {
    const number = Number(/\d+/.exec(label)?.[0]);
    return number >= first && number <= last;
  };
}
