import { definePreloaded } from "./preloaded.ts";

/** `onSelect`: part of linked views. */
export const onSelect = definePreloaded({
  name: "onSelect",
  summary: "onSelect(view, selection => …) calls a function with each new selection.",
  load: async () => (await import("../selection/selection.ts")).onSelect,
});
