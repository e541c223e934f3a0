import { UserError } from "../errors.ts";
import { importDatasource } from "../importers/run.ts";
import { openStore } from "../store/store.ts";
import { defineCommand } from "./command.ts";

/** `tombolo import`: the same as `%import`. */
export const importCommand = defineCommand({
  name: "import",
  summary: "Imports a datasource or a file into a store.",
  usage: "tombolo import DATASOURCE [--store DIR] [--force] [--json]",
  options: {
    store: { type: "string", doc: "folder of the store; .tombolo unless told otherwise" },
    force: { type: "boolean", doc: "import again even when nothing has changed" },
    json: { type: "boolean", doc: "print the counts as JSON" },
  },
  async run({ words: [datasource], options }) {
    if (datasource === undefined)
      throw new UserError("What is to be imported?", { hint: `Write ${importCommand.usage}` });
    const store = await openStore(options.store ?? ".tombolo", {
      onWarning: (sentence) => console.error(sentence),
    });
    try {
      const report = await importDatasource(store, datasource, { force: options.force });
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
