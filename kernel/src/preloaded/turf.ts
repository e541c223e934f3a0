import { definePreloaded } from "./preloaded.ts";

/** `turf`: geometry in JavaScript. */
export const turf = definePreloaded({
  name: "turf",
  summary: "Turf: measures and changes GeoJSON shapes.",
  load: () => import("@turf/turf"),
});
