import { definePreloaded } from "./preloaded.ts";

/** `select`: part of linked views. */
export const select = definePreloaded({
  name: "select",
  summary: "await select(view, rows) selects rows by number, label or condition in all views of them.",
  load: async () => (await import("../selection/selection.ts")).select,
});
