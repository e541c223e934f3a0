import { definePreloaded } from "./preloaded.ts";

/** `id`: a name in SQL. */
export const id = definePreloaded({
  name: "id",
  summary: "id(name) stands for the name of a table or column in SQL, where a value would be bound.",
  load: async () => (await import("../engine/quote.ts")).id,
});
