import type { Table } from "apache-arrow";
import { definePreloaded } from "./preloaded.ts";

/** `exportTable`: what `%export` calls. */
export const exportTable = definePreloaded({
  name: "exportTable",
  summary: 'await exportTable(table, "file.csv") writes a table to a file: CSV, GeoJSON or GeoParquet.',
  async load(session) {
    const { exportTable } = await import("../export/export.ts");
    const { resolve } = await import("node:path");
    const { isTable } = await import("../engine/is-table.ts");
    const { UserError } = await import("../errors.ts");
    return async (table: Table, path: string) => {
      if (!isTable(table))
        throw new UserError("exportTable writes tables", { hint: "Give it the result of a recipe." });
      return exportTable((await session.store()).engine, table, resolve(session.folder, path));
    };
  },
});
