import { isAbsolute, join, relative } from "node:path";
import { UserError } from "../errors.ts";
import { type KnownPack, packsIn, packsOnNpm, rankPacks } from "../pack/search.ts";
import { SHIPPED_PACKS } from "../pack/shipped.ts";
import { markdown } from "./documentation.ts";
import { defineMagic } from "./magic.ts";

/** `%packs search`: finds packs in folders and on npm. */
export const packsMagic = defineMagic({
  name: "packs",
  kinds: ["line"],
  summary:
    "Finds packs by words: those that come with Tombolo, those below the notebook's folder, those used before, and those on npm.",
  arguments: [
    { name: "search", doc: "the word search", required: true },
    { name: "words", doc: "what the pack is about", required: false, rest: true },
  ],
  options: {
    folder: { type: "text", doc: "another folder in which packs lie, such as a Git checkout" },
    npm: { type: "flag", doc: "look on npm too" },
  },
  examples: ["%packs search cycling"],
  async run(session, { words: [verb, ...words], options }) {
    if (verb !== "search")
      throw new UserError(`%packs does not know "${verb}"`, { hint: "Write %packs search and words." });
    const store = await session.store();
    const folders = [
      SHIPPED_PACKS,
      session.folder,
      join(session.folder, "packs"),
      join(store.folder, "packs"),
      options.folder,
    ];
    const known = packsIn(folders.filter((folder) => folder !== undefined));
    const text = words.join(" ");
    const online = options.npm ? await packsOnNpm(text, session.signal) : [];
    const found = rankPacks([...known, ...online], text);
    if (found.length === 0)
      return markdown(`No pack has "${text}". ${options.npm ? "" : "`--npm` looks on npm too."}`);
    const rows = found.map((pack) => rowOf(pack, session.folder));
    return markdown(["| pack | version | what it computes | |", "|---|---|---|---|", ...rows].join("\n"));
  },
});

function rowOf({ name, version, title, source }: KnownPack, folder: string): string {
  const below = isAbsolute(source) ? relative(folder, source) : "..";
  const use = source.startsWith(SHIPPED_PACKS) ? name : below.startsWith("..") ? source : `./${below}`;
  return `| ${[name, version, title, `\`%use ${use}\``].map((text) => text.replaceAll("|", "\\|")).join(" | ")} |`;
}
