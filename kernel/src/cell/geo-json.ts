import { DISPLAY_SYMBOL, type Displayable } from "@tombolo/bundle/mime";
import { saysGeoJson } from "../engine/geo-json-geometry.ts";

/** GeoJSON as a map. Its coordinates go as a binary part, never as JSON, which would be kept in the notebook. */
export async function geoJsonView(value: object): Promise<Displayable | undefined> {
  // Told before what reads it, and Arrow with it, is loaded.
  if (DISPLAY_SYMBOL in value || !saysGeoJson(value)) return undefined;
  const { isGeoJson } = await import("../engine/geo-json.ts");
  if (!isGeoJson(value)) return undefined;
  const { map } = await import("../map/map.ts");
  return map(value);
}
