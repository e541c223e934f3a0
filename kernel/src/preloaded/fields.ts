import { definePreloaded } from "./preloaded.ts";

/** `fields`: the fields of recipes as functions. */
export const fields = definePreloaded({
  name: "fields",
  summary: "The fields of recipes as typed functions, such as fields.area().",
  load: async () => (await import("../fields/build.ts")).fields,
});
