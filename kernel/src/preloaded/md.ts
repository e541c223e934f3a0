import { definePreloaded } from "./preloaded.ts";

/** `md`: Markdown in which values are text. */
export const md = definePreloaded({
  name: "md",
  summary: "md`**${value}**` shows Markdown; values are escaped.",
  load: async () => (await import("../display/markup.ts")).md,
});
