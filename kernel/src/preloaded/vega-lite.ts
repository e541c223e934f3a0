import { definePreloaded } from "./preloaded.ts";

/** `vegaLite`: the library of charts. */
export const vegaLite = definePreloaded({
  name: "vegaLite",
  summary: "Vega-Lite: charts described by JSON; the value of a cell that is such a description is drawn.",
  load: () => import("vega-lite"),
});
