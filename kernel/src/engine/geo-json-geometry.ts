/** A shape of GeoJSON; longitude and latitude in degrees. */
export interface GeoJsonGeometry {
  readonly type: string;
  readonly coordinates?: unknown;
  readonly geometries?: readonly GeoJsonGeometry[];
}

/** The types of shapes in the order of their codes in WKB, which count from 1. */
export const GEOMETRY_TYPES = [
  "Point",
  "LineString",
  "Polygon",
  "MultiPoint",
  "MultiLineString",
  "MultiPolygon",
  "GeometryCollection",
] as const;

const TYPES: ReadonlySet<unknown> = new Set(["Feature", "FeatureCollection", ...GEOMETRY_TYPES]);

/** Whether a value calls itself GeoJSON: that is told without looking through it. */
export function saysGeoJson(value: unknown): value is { readonly type: string } {
  return typeof value === "object" && value !== null && "type" in value && TYPES.has(value.type);
}

/** Whether a value is a shape of GeoJSON, as far as its outermost level tells. */
export function isGeoJsonGeometry(value: unknown): value is GeoJsonGeometry {
  if (typeof value !== "object" || value === null || !("type" in value)) return false;
  const { type } = value;
  if (!GEOMETRY_TYPES.some((known) => known === type)) return false;
  return type === "GeometryCollection"
    ? "geometries" in value && Array.isArray(value.geometries) && value.geometries.every(isGeoJsonGeometry)
    : "coordinates" in value && Array.isArray(value.coordinates);
}
