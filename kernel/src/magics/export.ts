import { resolve } from "node:path";
import { exportTable } from "../export/export.ts";
import { markdown } from "./documentation.ts";
import { defineMagic } from "./magic.ts";
import { namedTable } from "./named-table.ts";
import { callText, literal } from "./typescript.ts";

/** `%export`: writes a result to files. */
export const exportMagic = defineMagic({
  name: "export",
  kinds: ["line"],
  summary:
    "Writes a table to files; the ending says the format: .csv, .geojson, .parquet (GeoParquet) or .arrow.",
  arguments: [
    { name: "table", doc: "the variable with the table to write", required: true, completes: "table" },
    {
      name: "file",
      doc: "the file to write, ending in .csv, .geojson, .parquet or .arrow",
      required: true,
      rest: true,
      completes: "file",
    },
  ],
  options: {},
  examples: ["%export tubes tubes.csv tubes.geojson tubes.parquet"],
  typescript: ({ words: [table = "", ...files] }) =>
    files.map((file) => `await ${callText("exportTable", [table, literal(file)])};`).join("\n"),
  async run(session, { words }) {
    const [name = "", ...files] = words;
    const table = await namedTable(session, name);
    const { engine } = await session.store();
    const lines: string[] = [];
    for (const file of files) {
      const report = await exportTable(engine, table, resolve(session.folder, file));
      lines.push(
        `- ${file}: ${report.rows} rows, ${report.bytes.toLocaleString("en")} bytes (${report.format})`,
      );
    }
    return markdown(lines.join("\n"));
  },
});
