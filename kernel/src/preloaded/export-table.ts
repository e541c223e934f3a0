import type { Rows } from "../engine/own-rows.ts";
import { definePreloaded } from "./preloaded.ts";

/** `exportTable`: what `%export` calls. */
export const exportTable = definePreloaded({
  name: "exportTable",
  summary:
    'await exportTable(table, "file.csv") writes a table, or a list of its rows, to a file: CSV, GeoJSON or GeoParquet.',
  async load(session) {
    const { exportTable } = await import("../export/export.ts");
    const { tableOfRows } = await import("../engine/own-rows.ts");
    const { resolve } = await import("node:path");
    return async (rows: Rows, path: string) =>
      exportTable((await session.store()).engine, tableOfRows(rows), resolve(session.folder, path));
  },
});
