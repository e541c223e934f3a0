import { definePreloaded } from "./preloaded.ts";

/** `table`: the rows of a table. */
export const table = definePreloaded({
  name: "table",
  summary: "table(data, { rows }) shows the first rows of a table.",
  load: async () => (await import("../table/table.ts")).table,
});
