import { basename, extname, resolve } from "node:path";
import { UserError } from "../errors.ts";
import { builtInModels } from "../models/built-in.ts";
import { modelFolders } from "../models/folders.ts";
import { ACCEPT_PLACES, ACCEPT_REASON, acceptedPlaces } from "../pack/accepted-places.ts";
import { makePack } from "../pack/make-pack.ts";
import { AUTHOR, makersIn, ORGANISATION } from "../pack/makers.ts";
import { parsePackFile, today } from "../pack/pack-file.ts";
import { parseRecipe } from "../recipe/parse.ts";
import { openStore } from "../store/store.ts";
import { version } from "../version.ts";
import { wordList } from "../word-list.ts";
import { defineCommand } from "./command.ts";
import { storeFolder } from "./places.ts";
import { modelFoldersAt, readRecipeFile } from "./recipe-file.ts";

/** `tombolo pack`: makes a pack of recipes in files. */
export const packCommand = defineCommand({
  name: "pack",
  summary: "Makes a pack of recipes: a folder to share, without data.",
  usage: "tombolo pack NAME RECIPE... [--output DIR] [--store DIR] [--title TEXT]",
  options: {
    output: { type: "string", doc: "folder that takes the pack; packs/NAME unless told otherwise" },
    store: {
      type: "string",
      doc: "folder of the store, whose catalogue describes the inputs; that of TOMBOLO_STORE, else .tombolo, unless told otherwise",
    },
    title: { type: "string", doc: "what it computes, in a few words" },
    description: { type: "string", doc: "what it computes, in a sentence or two" },
    author: { type: "string", doc: AUTHOR },
    organisation: { type: "string", doc: ORGANISATION },
    keywords: { type: "string", doc: "words by which it is found, as cycling,health" },
    licence: { type: "string", doc: "licence of recipes and models; MIT unless told otherwise" },
    preset: {
      type: "string",
      doc: "rules under which its results are released; standard unless told otherwise",
    },
    version: { type: "string", doc: "version; 1.0.0 unless told otherwise" },
    accept: { type: "string", doc: ACCEPT_PLACES },
    reason: { type: "string", doc: ACCEPT_REASON },
  },
  async run({ words: [name, ...files], options }) {
    if (name === undefined || files.length === 0)
      throw new UserError("A name and a recipe are needed", { hint: `Write ${packCommand.usage}` });
    const {
      store: folder = storeFolder(),
      output = `packs/${name}`,
      title = name,
      preset = "standard",
    } = options;
    const models = modelFolders(modelFoldersAt());
    const recipes = new Map(
      files.map((file) => [
        basename(file, extname(file)).replace(/\W/g, "_"),
        parseRecipe(readRecipeFile(file), { models }),
      ]),
    );
    const { description = title } = options;
    const texts = {
      name,
      version: options.version ?? "1.0.0",
      date: today(),
      title,
      description,
      licence: options.licence ?? "MIT",
      engine: `^${version}`,
      preset,
    };
    const makers = makersIn(options.author, options.organisation);
    const keywords = wordList(options.keywords);
    const file = parsePackFile({ ...texts, ...makers, kind: "pack", seed: 1, keywords }, version);
    const accepted = acceptedPlaces(options.accept, options.reason);
    const store = await openStore(folder);
    try {
      const written = await makePack(
        store,
        { file, recipes, models, builtIn: builtInModels, accepted },
        resolve(output),
      );
      console.log(`${output}: ${written.length} files, no data.`);
    } finally {
      store.close();
    }
  },
});
