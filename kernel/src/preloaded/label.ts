import { definePreloaded } from "./preloaded.ts";

/** `label`: who may see what was made by hand. */
export const label = definePreloaded({
  name: "label",
  summary: 'label(rows, { access: "public", reason }) says who may see a list or GeoJSON made by hand.',
  load: async () => (await import("../engine/label.ts")).label,
});
