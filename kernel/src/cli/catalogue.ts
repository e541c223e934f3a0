import { writeFileSync } from "node:fs";
import { catalogueText } from "../catalogue/catalogue.ts";
import { UserError } from "../errors.ts";
import { checkWritable } from "../export/writable.ts";
import { defineCommand } from "./command.ts";

/** `tombolo catalogue`: the same as `%catalogue`. */
export const catalogueCommand = defineCommand({
  name: "catalogue",
  summary: "Writes the catalogue of all datasources as JSON or DCAT.",
  usage: "tombolo catalogue [FILE] [--format json|dcat]",
  options: {
    format: { type: "string", doc: "json (as in 2019) or dcat (JSON-LD); json unless told otherwise" },
  },
  async run({ words: [file], options: { format = "json" } }) {
    if (format !== "json" && format !== "dcat")
      throw new UserError(`--format is json or dcat, not "${format}"`);
    if (file !== undefined) checkWritable(file);
    const text = await catalogueText(format);
    if (file === undefined) process.stdout.write(text);
    else writeFileSync(file, text);
  },
});
