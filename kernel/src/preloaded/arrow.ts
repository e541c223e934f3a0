import { definePreloaded, type Preloaded } from "./preloaded.ts";

/** `arrow`: Apache Arrow, the form of every table. */
export const arrow: Preloaded<typeof import("apache-arrow")> = definePreloaded({
  name: "arrow",
  summary: "Apache Arrow: the library of tables that recipes, SQL and importers give.",
  load: () => import("apache-arrow"),
});
