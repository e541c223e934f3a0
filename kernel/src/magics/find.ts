import { modelsAbout } from "../models/search.ts";
import { markdown } from "./documentation.ts";
import { defineMagic } from "./magic.ts";
import { modelsOf } from "./own-models.ts";

/** So many models are named above the datasources. */
const MOST_MODELS = 5;

/** `%find`: which datasource has what one looks for. */
export const findMagic = defineMagic({
  name: "find",
  kinds: ["line"],
  summary:
    "Finds datasources, and models, by words, kinds of areas and names of areas: %find cycling lsoa leeds.",
  arguments: [
    {
      name: "words",
      doc: "what is looked for; words such as lsoa or leeds say for which areas",
      required: true,
      rest: true,
      completes: "matter",
    },
  ],
  options: {
    rows: {
      type: "integer",
      minimum: 1,
      maximum: 1000,
      doc: "most rows of the answer; 20 unless told otherwise",
    },
  },
  examples: ["%find cycling lsoa leeds"],
  async run(session, { words, options, assigned }) {
    const { findDatasources } = await import("../catalogue/find.ts");
    const found = await findDatasources(words.join(" "), {
      ...options,
      store: await session.store(),
      onWarning: session.work().onWarning,
    });
    if (assigned) return found;
    const models = modelsAbout(modelsOf(session), words).slice(0, MOST_MODELS);
    if (models.length > 0) {
      const names = models.map((name) => `\`${name}\``).join(", ");
      await session.display(
        markdown(`**Models** ${names}: \`%model show ${models[0]}\` tells what one needs.`),
      );
    }
    const { table } = await import("../table/table.ts");
    return table(found, { rows: found.numRows, title: `%find ${words.join(" ")}` });
  },
});
