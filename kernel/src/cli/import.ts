import { isAccess } from "@tombolo/bundle";
import { UserError } from "../errors.ts";
import { requestOf } from "../importers/find.ts";
import { importDatasource } from "../importers/run.ts";
import { openStore } from "../store/store.ts";
import { defineCommand } from "./command.ts";

/** `tombolo import`: the same as `%import`. */
export const importCommand = defineCommand({
  name: "import",
  summary: "Imports a datasource or a file into a store.",
  usage: "tombolo import IMPORTER [DATASOURCE] [--geography NAME] [--time PERIOD] [--store DIR] [--json]",
  options: {
    store: { type: "string", doc: "folder of the store; .tombolo unless told otherwise" },
    geography: { type: "string", multiple: true, doc: "area to load; may be given several times" },
    time: { type: "string", multiple: true, doc: "period to load; may be given several times" },
    subjects: { type: "string", multiple: true, doc: "subject type for which to load, such as lsoa" },
    local: { type: "string", multiple: true, doc: "local file that the importer reads" },
    config: { type: "string", doc: "settings file of the importer" },
    cache: {
      type: "string",
      doc: "folder of downloads; TOMBOLO_CACHE, or a folder in the store, unless given",
    },
    offline: { type: "boolean", doc: "fetch nothing: only what is in the cache" },
    "without-areas": { type: "boolean", doc: "do not import the areas first that values hang on" },
    access: { type: "string", doc: "public, internal or sensitive, for a file of one's own" },
    force: { type: "boolean", doc: "ask the publisher for something newer, and import again" },
    json: { type: "boolean", doc: "print the counts as JSON" },
  },
  async run({ words, options }) {
    const [word] = words;
    if (word === undefined)
      throw new UserError("What is to be imported?", { hint: `Write ${importCommand.usage}` });
    const { access, cache, offline, force } = options;
    if (access !== undefined && !isAccess(access))
      throw new UserError(`--access is public, internal or sensitive, not "${access}"`);
    const scopes = {
      geographyScope: options.geography,
      temporalScope: options.time,
      subjectTypes: options.subjects,
      localData: options.local,
      configFile: options.config,
    };
    const store = await openStore(options.store ?? ".tombolo", {
      onWarning: (sentence) => console.error(sentence),
    });
    try {
      const areas = options["without-areas"] !== true;
      const how = { force, cache, offline, areas, access };
      const report = await importDatasource(store, requestOf(words, scopes) ?? word, how);
      const { subjects, fixedValues, timedValues } = report.counts;
      if (options.json) console.log(JSON.stringify({ ...report.counts, changed: report.changed }));
      else
        console.log(
          `${report.title}: ${subjects} subjects, ${fixedValues} fixed values, ${timedValues} timed values.`,
        );
      for (const sentence of report.warnings) console.error(sentence);
    } finally {
      store.close();
    }
  },
});
