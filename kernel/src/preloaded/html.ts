import { definePreloaded } from "./preloaded.ts";

/** `html`: HTML in which values are text. */
export const html = definePreloaded({
  name: "html",
  summary: "html`<b>${value}</b>` shows HTML; values are escaped.",
  load: async () => (await import("../display/markup.ts")).html,
});
