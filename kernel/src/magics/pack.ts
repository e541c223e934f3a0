import { join, relative, resolve } from "node:path";
import { isTable } from "../engine/is-table.ts";
import { UserError } from "../errors.ts";
import { builtInModels } from "../models/built-in.ts";
import { modelFolders } from "../models/folders.ts";
import { didYouMean } from "../nearest.ts";
import { ACCEPT_PLACES, ACCEPT_REASON, acceptedPlaces } from "../pack/accepted-places.ts";
import { importersIn } from "../pack/importers/read-importers.ts";
import { makePack } from "../pack/make-pack.ts";
import { AUTHOR, makersIn, makersText, ORGANISATION } from "../pack/makers.ts";
import { PACK_NAME, today } from "../pack/pack-file.ts";
import type { Recipe } from "../recipe/recipe.ts";
import { presets } from "../release/presets/index.ts";
import { version } from "../version.ts";
import { wordList } from "../word-list.ts";
import { markdown } from "./documentation.ts";
import { defineMagic } from "./magic.ts";
import { recipeBehind } from "./recipe.ts";
import type { Session } from "./session.ts";

/** `%pack`: makes a folder to share of the notebook's recipes, without any data. */
export const packMagic = defineMagic({
  name: "pack",
  kinds: ["line"],
  summary:
    "Makes a pack of the notebook's recipes: a folder with recipes, models and the schemas of their inputs, and no data; share it by Git or npm.",
  arguments: [{ name: "name", doc: "the name of the pack, as npm takes names", required: true }],
  options: {
    from: {
      type: "text",
      completes: "variable",
      separators: ",",
      doc: "tables whose recipes go in, as tubes,parks; all of the notebook unless told otherwise",
    },
    title: { type: "text", doc: "what it computes, in a few words" },
    description: { type: "text", doc: "what it computes, in a sentence or two" },
    version: { type: "text", doc: "version; 1.0.0 unless told otherwise" },
    author: { type: "text", doc: AUTHOR },
    organisation: { type: "text", doc: ORGANISATION },
    licence: { type: "text", doc: "licence of recipes and models; MIT unless told otherwise" },
    preset: {
      type: "text",
      values: presets.map(({ name }) => name),
      doc: "rules under which its results are released; standard unless told otherwise",
    },
    keywords: { type: "text", doc: "words by which it is found, as cycling,health" },
    importers: {
      type: "text",
      doc: "folder with declarations of importers that go in; see docs/packs.md",
    },
    accept: { type: "text", doc: ACCEPT_PLACES },
    reason: { type: "text", doc: ACCEPT_REASON },
    folder: { type: "text", doc: "folder that takes the pack; packs/<name> unless told otherwise" },
  },
  examples: ['%pack cycling-near-parks --from cycling --title "Cycling near parks"'],
  async run(session, { words: [name = ""], options }) {
    if (!PACK_NAME.test(name))
      throw new UserError(`"${name}" is no name for a pack`, {
        hint: "Small letters, digits and hyphens make one.",
      });
    const recipes = recipesOf(session, options.from);
    const folder = join(session.folder, options.folder ?? join("packs", name));
    const title = options.title ?? [...recipes.keys()].join(", ");
    const file = {
      name,
      version: options.version ?? "1.0.0",
      date: today(),
      title,
      description: options.description ?? title,
      licence: options.licence ?? "MIT",
      kind: "pack" as const,
      engine: `^${version}`,
      preset: options.preset ?? "standard",
      seed: 1,
      keywords: wordList(options.keywords),
      ...makersIn(options.author, options.organisation),
    };
    const content = {
      file,
      recipes,
      models: modelFolders([join(session.folder, "models")]),
      builtIn: builtInModels,
      accepted: acceptedPlaces(options.accept, options.reason),
      ...(options.importers !== undefined && {
        importers: importersIn(resolve(session.folder, options.importers)),
      }),
    };
    const files = await makePack(await session.store(), content, folder);
    const place = relative(session.folder, folder);
    return markdown(
      [
        `The pack **${name}** is in \`${place}\`: ${files.length} files, no data.`,
        `\`%use ./${place}\` tries it on dummy data. To share it, put the folder into a Git repository, or run \`npm publish\` in it.`,
        ...(makersText(file) === "" ? ["It names nobody as its maker: `--author` does."] : []),
      ].join("\n\n"),
    );
  },
});

function recipesOf(session: Session, from: string | undefined): Map<string, Recipe> {
  const { variables } = session;
  const known = new Map<string, Recipe>();
  for (const name of variables.names()) {
    const value = variables.get(name);
    const recipe = isTable(value) ? recipeBehind(value) : undefined;
    if (recipe) known.set(name, recipe);
  }
  const names = from === undefined ? [...known.keys()] : wordList(from);
  if (names.length === 0)
    throw new UserError("The notebook has no table that a recipe made", {
      hint: "Make one first, with %%recipe.",
    });
  return new Map(
    names.map((name): [string, Recipe] => {
      const recipe = known.get(name);
      if (recipe) return [name, recipe];
      throw new UserError(`"${name}" was not made by a recipe`, {
        where: name,
        hint: didYouMean(name, [...known.keys()]),
      });
    }),
  );
}
