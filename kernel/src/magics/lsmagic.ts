import { documentMagic, markdown, markdownTable, signOf } from "./documentation.ts";
import { defineMagic } from "./magic.ts";

/** `%lsmagic`: all magics in one table. */
export const lsmagicMagic = defineMagic({
  name: "lsmagic",
  kinds: ["line"],
  summary: "Lists the magics.",
  arguments: [],
  options: { long: { type: "flag", doc: "show the whole help page of each" } },
  examples: ["%lsmagic"],
  run(session, { options }) {
    const magics = session.magics.all();
    if (options.long) return markdown(magics.map(documentMagic).join("\n\n"));
    const rows = magics.map((magic) => [signOf(magic) + magic.name, magic.summary]);
    return markdown(markdownTable(["magic", "what it does"], rows));
  },
});
