import { defineMagic } from "./magic.ts";

/** `%history`: the cells that were run. */
export const historyMagic = defineMagic({
  name: "history",
  kinds: ["line"],
  summary: "Shows the cells that were run since the kernel started.",
  arguments: [{ name: "pattern", doc: "text that the cells must contain", required: false }],
  options: { last: { type: "integer", letter: "n", minimum: 1, doc: "only so many, the newest" } },
  examples: ["%history -n 5"],
  run(session, { words, options, assigned }): string[] | undefined {
    const [pattern = ""] = words;
    const cells = session.history().filter(({ source }) => source.includes(pattern));
    const shown = options.last === undefined ? cells : cells.slice(-options.last);
    if (assigned) return shown.map(({ source }) => source);
    for (const { label, source } of shown) session.write("stdout", `${label}: ${source.trimEnd()}\n`);
    return undefined;
  },
});
