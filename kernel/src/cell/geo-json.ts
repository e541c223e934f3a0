import { DISPLAY_SYMBOL, type MimeBundle } from "@tombolo/bundle";

const TYPES = /^(?:Feature|FeatureCollection|(?:Multi)?(?:Point|LineString|Polygon)|GeometryCollection)$/;

/** GeoJSON as a map. Its coordinates go as a binary part, never as JSON, which would be kept in the notebook. */
export async function geoJson(value: object): Promise<MimeBundle | undefined> {
  if (!("type" in value) || typeof value.type !== "string" || !TYPES.test(value.type)) return undefined;
  const { tableFromGeoJson } = await import("../engine/geo-json.ts");
  const table = tableFromGeoJson(value);
  if (!table) return undefined;
  const { map } = await import("../map/map.ts");
  const { withColumnMetadata } = await import("../engine/columns.ts");
  // What stands in an object of the notebook's own is in the user's hands already.
  return map(withColumnMetadata(table, () => ({ access: "public" })))[DISPLAY_SYMBOL]();
}
