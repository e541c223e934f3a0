import { DISPLAY_SYMBOL, type Displayable } from "@tombolo/bundle/mime";
import { GEOMETRY_TYPES } from "../engine/geo-json-geometry.ts";

/** What GeoJSON calls itself: told before what reads it, and Arrow with it, is loaded. */
const TYPES: ReadonlySet<unknown> = new Set(["Feature", "FeatureCollection", ...GEOMETRY_TYPES]);

/** GeoJSON as a map. Its coordinates go as a binary part, never as JSON, which would be kept in the notebook. */
export async function geoJsonView(value: object): Promise<Displayable | undefined> {
  if (DISPLAY_SYMBOL in value || !("type" in value) || !TYPES.has(value.type)) return undefined;
  const { isGeoJson } = await import("../engine/geo-json.ts");
  if (!isGeoJson(value)) return undefined;
  const { map } = await import("../map/map.ts");
  return map(value);
}
