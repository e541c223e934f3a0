import { DISPLAY_SYMBOL, type Displayable } from "@tombolo/bundle/mime";

const TYPES = /^(?:Feature|FeatureCollection|(?:Multi)?(?:Point|LineString|Polygon)|GeometryCollection)$/;

/** GeoJSON as a map. Its coordinates go as a binary part, never as JSON, which would be kept in the notebook. */
export async function geoJsonView(value: object): Promise<Displayable | undefined> {
  if (DISPLAY_SYMBOL in value || !isGeoJson(value)) return undefined;
  const { tableFromGeoJson } = await import("../engine/geo-json.ts");
  if (!tableFromGeoJson(value)) return undefined;
  const { map } = await import("../map/map.ts");
  return map(value);
}

function isGeoJson(value: object): value is { readonly type: string } {
  return "type" in value && typeof value.type === "string" && TYPES.test(value.type);
}
