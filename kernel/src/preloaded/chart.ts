import { definePreloaded } from "./preloaded.ts";

/** `chart`: a chart of a table. */
export const chart = definePreloaded({
  name: "chart",
  summary: "chart(table, { x, y }) draws columns of a table as a chart.",
  load: async () => (await import("../chart/chart.ts")).chart,
});
