import { definePreloaded } from "./preloaded.ts";

/** `svg`: a drawing in which values are text. */
export const svg = definePreloaded({
  name: "svg",
  summary: "svg`<svg>…${value}</svg>` shows a drawing; values are escaped.",
  load: async () => (await import("../display/markup.ts")).svg,
});
