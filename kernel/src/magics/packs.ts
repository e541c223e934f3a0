import { existsSync } from "node:fs";
import { isAbsolute, join, relative, resolve } from "node:path";
import { UserError } from "../errors.ts";
import { markdownTable, plainText } from "../markdown.ts";
import { findNewer, type Newer } from "../pack/newer.ts";
import { type Pin, packsFolder, readPins } from "../pack/pins.ts";
import {
  type FoundOnNpm,
  type KnownPack,
  knownPack,
  packsIn,
  packsOnNpm,
  rankPacks,
} from "../pack/search.ts";
import { SHIPPED_PACKS } from "../pack/shipped.ts";
import { markdown } from "./documentation.ts";
import { defineMagic } from "./magic.ts";
import type { Session } from "./session.ts";

/** `%packs`: the packs in use and whether there are newer ones; `%packs search` finds others. */
export const packsMagic = defineMagic({
  name: "packs",
  kinds: ["line"],
  summary:
    "Shows the packs in use here and which have newer versions; with search, finds packs by words among those that come with Tombolo, those in folders, and those on npm.",
  arguments: [
    { name: "search", doc: "the word search", required: false, completes: () => ["search"] },
    { name: "words", doc: "what the pack is about", required: false, rest: true },
  ],
  options: {
    folder: { type: "text", doc: "another folder in which packs lie, such as a Git checkout" },
    npm: { type: "flag", doc: "search on npm too, which is told the words" },
  },
  examples: ["%packs", "%packs search cycling"],
  async run(session, { words: [verb, ...words], options }) {
    const { folder } = options;
    if (folder !== undefined && !existsSync(resolve(session.folder, folder)))
      throw new UserError(`There is no folder ${folder}`, { where: folder });
    const folders = packFolders(session, folder);
    const known = packsIn(folders);
    if (verb === undefined) return markdown(await describePins(session, known));
    if (verb !== "search")
      throw new UserError(`%packs does not know "${verb}"`, { hint: "Write %packs search and words." });
    const store = await session.store();
    const taken = [...readPins(packsFolder(store)).values()].flatMap(
      ({ name, folder }) => knownPack(join(packsFolder(store), folder), name) ?? [],
    );
    const text = words.join(" ");
    const online = options.npm ? await packsOnNpm(text, session.signal) : undefined;
    const found = rankPacks([...known, ...taken, ...(online?.packs ?? [])], text);
    const rows = found.map(({ name, version, title, source }) => [
      ...[name, version, title],
      `%use ${useText(source, session.folder)}`,
    ]);
    const table = markdownTable(["pack", "version", "what it computes", ""], rows);
    return markdown(
      [found.length === 0 ? `No pack has "${plainText(text)}".` : table, lookedAt(folders, online)].join(
        "\n\n",
      ),
    );
  },
});

function lookedAt(folders: readonly string[], online: FoundOnNpm | undefined): string {
  const here = `Looked through what comes with Tombolo, what was used here, and ${folders.length - 1} folders`;
  if (online === undefined) return `${here}. npm was not asked: \`--npm\` asks it, and tells it the words.`;
  return online.silent === undefined
    ? `${here}, and on npm.`
    : `${here}. npm does not answer: ${plainText(online.silent)}.`;
}

/** Folders in which packs are looked for: those that come with the project first. */
function packFolders(session: Session, other: string | undefined): string[] {
  const own = [session.folder, join(session.folder, "packs"), other && resolve(session.folder, other)];
  return [SHIPPED_PACKS, ...own.filter((folder) => folder !== undefined)];
}

async function describePins(session: Session, known: readonly KnownPack[]): Promise<string> {
  const pins = [...readPins(packsFolder(await session.store())).values()];
  if (pins.length === 0)
    return "No pack was used here yet. `%packs search` and words find some, `%use` and a name takes one.";
  const newer = await Promise.all(pins.map((pin) => findNewer(pin, known, session.folder, session.signal)));
  const rows = pins.map((pin, index) => [
    pin.name,
    pin.version,
    fromText(pin),
    newerText(newer[index], session.folder),
  ]);
  return markdownTable(["pack", "in use", "from", "newer"], rows);
}

function fromText({ source, wanted, commit }: Pin): string {
  const at = [wanted, commit?.slice(0, 12)].filter((part) => part !== undefined).join(", ");
  return at === "" ? source : `${source} (${at})`;
}

function newerText(newer: Newer | undefined, folder: string): string {
  const { version, use, silent } = newer ?? {};
  if (version !== undefined && use !== undefined) return `${version}: %use ${useText(use, folder)}`;
  return silent === undefined ? "no" : `not known: ${silent}`;
}

/** What `%use` takes for a pack in a folder, or elsewhere. */
function useText(source: string, folder: string): string {
  if (!isAbsolute(source)) return source;
  const shipped = relative(SHIPPED_PACKS, source);
  if (!shipped.startsWith("..")) return shipped;
  const below = relative(folder, source);
  return below.startsWith("..") ? source : `./${below}`;
}
