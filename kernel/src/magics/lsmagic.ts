import { markdownTable } from "../markdown.ts";
import { findMagic } from "./dispatch.ts";
import { documentMagic, markdown, signOf } from "./documentation.ts";
import { defineMagic, type Magics } from "./magic.ts";

/** `%lsmagic`: all magics in one table. */
export const lsmagicMagic = defineMagic({
  name: "lsmagic",
  kinds: ["line"],
  summary: "Lists the magics.",
  arguments: [],
  options: { long: { type: "flag", doc: "show the whole help page of each" } },
  examples: ["%lsmagic"],
  async run({ magics }, { options }) {
    if (options.long) {
      const pages: string[] = [];
      for (const name of magics.names()) pages.push(documentMagic(await findMagic(magics, name)));
      return markdown(pages.join("\n\n"));
    }
    return markdown(listMagics(magics));
  },
});

/** All magics in one table of Markdown, with a sentence each. */
export function listMagics(magics: Magics): string {
  const rows = magics.outlines().map(([name, magic]) => [signOf(magic) + name, magic.summary]);
  return markdownTable(["magic", "what it does"], rows);
}
