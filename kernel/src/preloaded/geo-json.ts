import { definePreloaded } from "./preloaded.ts";

/** `geoJson`: the shapes of a table for libraries that take GeoJSON, such as Turf. */
export const geoJson = definePreloaded({
  name: "geoJson",
  summary:
    "geoJson(table) gives a table, or a list of its rows, as GeoJSON: a FeatureCollection for Turf and others.",
  load: async () => (await import("../export/feature-collection.ts")).featureCollection,
});
