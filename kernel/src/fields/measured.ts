import type { PropertyDeclaration } from "./field.ts";

/** The coordinate system in which a field measures. */
export const CRS_PROPERTY: PropertyDeclaration = {
  type: "integer",
  doc: "EPSG code of the coordinate system; 27700 is the British National Grid",
  default: 27700,
  minimum: 1,
  maximum: 999_999,
};

/** Unit of areas in a coordinate system: degrees have no size in metres. */
export function isGeographic(crs: number): boolean {
  return crs === 4326 || crs === 4258 || crs === 4277;
}
