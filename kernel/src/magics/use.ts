import { join } from "node:path";
import { isGeometry } from "../engine/arrow.ts";
import { isNumeric } from "../engine/result-columns.ts";
import { map } from "../map/map.ts";
import { builtInModels } from "../models/built-in.ts";
import { fetchPack, parseSource } from "../pack/fetch-pack.ts";
import { describeCode } from "../pack/importers/accepted.ts";
import { type Pack, readPack } from "../pack/read-pack.ts";
import { type PackResults, tryPack } from "../pack/use-pack.ts";
import { version } from "../version.ts";
import { markdown } from "./documentation.ts";
import { defineMagic } from "./magic.ts";
import { rememberRecipe } from "./recipe.ts";
import type { Session } from "./session.ts";

const used = new WeakMap<Session["variables"], Pack>();

/** The pack that a notebook used last. */
export const usedPack = (session: Session): Pack | undefined => used.get(session.variables);

/** `%use`: takes a pack and computes it on dummy data. */
export const useMagic = defineMagic({
  name: "use",
  kinds: ["line"],
  summary:
    "Takes a pack from a folder, a Git address or npm and computes its recipes on dummy data; each result goes into a variable of its name.",
  arguments: [
    {
      name: "pack",
      doc: "a folder, a Git address such as git:owner/name#v1.0.0, or a name on npm such as name@1.0.0",
      required: true,
      completes: "file",
    },
  ],
  options: {
    "no-map": { type: "flag", doc: "do not show maps of the results" },
  },
  examples: ["%use ./packs/cycling-near-parks"],
  async run(session, { words: [text = ""], options }) {
    const work = session.work();
    const store = await session.store();
    const source = parseSource(text, session.folder);
    const folder = await fetchPack(source, join(store.folder, "packs"), work);
    const pack = readPack(folder, { version, builtIn: builtInModels });
    const results = await tryPack(pack, join(store.folder, "dummy"), work);
    used.set(session.variables, pack);
    takeResults(session, pack, results);
    await session.display(markdown(describePack(pack)));
    if (!options["no-map"]) await showMaps(session, results, "dummy data");
  },
});

/** Puts the results of a pack into the notebook's variables. */
export function takeResults(session: Session, pack: Pack, results: PackResults): void {
  for (const [name, table] of results) {
    session.variables.set(name, table);
    const recipe = pack.recipes.get(name);
    if (recipe) rememberRecipe(table, recipe);
  }
}

/** Shows each result that has shapes as a map whose title says what it is made from. */
export async function showMaps(session: Session, results: PackResults, from: string): Promise<void> {
  for (const [name, table] of results) {
    if (!table.schema.fields.some(isGeometry)) continue;
    // The first column is what the pack is about, those after it are its parts.
    const column = table.schema.fields.find(isNumeric)?.name;
    await session.display(map(table, { title: `${name} (${from})`, column }));
  }
}

function describePack(pack: Pack): string {
  const { name, version: own, title, description, licence, contract, importers, recipes } = pack;
  const code = importers.filter(({ text }) => text !== undefined);
  const closed = contract.inputs.filter(({ access }) => access !== "public");
  const binds = closed.map(({ subjectType }) => `%bind ${subjectType}=./your-file.csv`);
  return [
    `**${title}** (${name} ${own}, ${licence}). ${description}`,
    `**Dummy data**: what follows is made up from the pack's contract and says nothing of any place. In the notebook: ${[...recipes.keys()].map((variable) => `\`${variable}\``).join(", ")}.`,
    closed.length > 0
      ? `Your own data: \`${binds.join("` and `")}\`.`
      : "All it reads is public: `%bind` alone imports that and computes it anew.",
    ...code.map(
      (importer) => `**Code**: ${describeCode(importer)}. Nothing of it has run; \`%bind\` asks first.`,
    ),
  ].join("\n\n");
}
