import { defineMagic } from "./magic.ts";

/** `%find`: which datasource has what one looks for. */
export const findMagic = defineMagic({
  name: "find",
  kinds: ["line"],
  summary: "Finds datasources by words, kinds of areas and names of areas: %find cycling lsoa leeds.",
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
    const found = await findDatasources(words.join(" "), { ...options, store: await session.store() });
    if (assigned) return found;
    const { table } = await import("../table/table.ts");
    return table(found, { rows: found.numRows, title: `%find ${words.join(" ")}` });
  },
});
