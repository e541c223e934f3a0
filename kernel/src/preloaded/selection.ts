import { definePreloaded } from "./preloaded.ts";

/** `selection`: part of linked views. */
export const selection = definePreloaded({
  name: "selection",
  summary: "selection(view) is what is selected in it: its rows, labels and a table of them.",
  load: async () => (await import("../selection/selection.ts")).selection,
});
