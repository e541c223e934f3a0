import { importDatasource } from "../importers/run.ts";
import { defineMagic } from "./magic.ts";
import { callText, literal } from "./typescript.ts";

/** `%import`: brings data into the notebook's store. */
export const importMagic = defineMagic({
  name: "import",
  kinds: ["line"],
  summary: "Imports a datasource, or a GeoJSON or TopoJSON file of one's own, into the notebook's store.",
  arguments: [
    {
      name: "datasource",
      doc: "the datasource to import, such as london/boroughs, or the path of a file",
      required: true,
      completes: "importer",
    },
  ],
  options: {
    force: { type: "flag", doc: "import again even when nothing has changed" },
    access: {
      type: "text",
      values: ["public", "internal", "sensitive"],
      doc: "who may see the values of a file of one's own; internal unless told otherwise",
    },
    as: { type: "text", doc: "subject type for the rows of a file of one's own" },
    label: { type: "text", doc: "column with the label of each row of a file of one's own" },
    name: { type: "text", doc: "column with the name of each row of a file of one's own" },
  },
  examples: ["%import london/boroughs"],
  typescript: ({ words: [datasource], options }) =>
    `await ${callText("importDatasource", [literal(datasource)], options)};`,
  async run(session, { words, options }) {
    const [datasource = ""] = words;
    return importDatasource(await session.store(), datasource, {
      ...options,
      ...session.work(),
      folder: session.folder,
    });
  },
});
