import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { defineMagic } from "./magic.ts";

/** `%catalogue`: everything that can be imported. */
export const catalogueMagic = defineMagic({
  name: "catalogue",
  kinds: ["line"],
  summary:
    "Writes the catalogue of all datasources to a file, as JSON or as DCAT for data portals; without a file shows it.",
  arguments: [
    { name: "file", doc: "the file to write, such as catalogue.json", required: false, completes: "file" },
  ],
  options: { format: { type: "text", values: ["json", "dcat"], doc: "json unless told otherwise" } },
  examples: ["%catalogue"],
  async run(session, { words: [file], options: { format = "json" }, assigned }) {
    const { catalogueText } = await import("../catalogue/catalogue.ts");
    const text = await catalogueText(format);
    const value: unknown = JSON.parse(text);
    if (file === undefined && !assigned) {
      const { listTable } = await import("../catalogue/find.ts");
      const { table } = await import("../table/table.ts");
      return table(await listTable({ store: await session.store() }), { title: "%catalogue" });
    }
    if (file === undefined) return value;
    writeFileSync(resolve(session.folder, file), text);
    const count = Array.isArray(value) ? value.length : undefined;
    console.log(`${file} written${count === undefined ? "" : `: ${count} datasources`}.`);
    return undefined;
  },
});
