import { definePreloaded } from "./preloaded.ts";

/** `filter`: part of linked views. */
export const filter = definePreloaded({
  name: "filter",
  summary: "await filter(view, rows) lets the views of a result show only some of its rows; null shows all.",
  load: async () => (await import("../selection/selection.ts")).filter,
});
