import { definePreloaded } from "./preloaded.ts";

/** `map`: a map of a table. */
export const map = definePreloaded({
  name: "map",
  summary: "map(table, { column }) draws a table with shapes as a map.",
  load: async () => (await import("../map/map.ts")).map,
});
