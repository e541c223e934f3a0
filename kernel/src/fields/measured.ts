import type { FieldRecipe } from "../recipe/recipe.ts";
import type { PropertyDeclaration } from "./field.ts";
import { optionalNumber } from "./parameters.ts";

/** The coordinate system in which a field measures. */
export const CRS_PROPERTY: PropertyDeclaration = {
  type: "integer",
  doc: "EPSG code of the coordinate system; 27700 is the British National Grid",
  default: 27700,
  minimum: 1,
  maximum: 999_999,
};

/** The plane in which a distance is measured instead of on the ellipsoid. */
export const PLANE_PROPERTY: PropertyDeclaration = {
  type: "integer",
  doc: "EPSG code of a projected system in whose plane is measured, such as 27700: much quicker than on the ellipsoid where there are many",
  optional: true,
  minimum: 1,
  maximum: 999_999,
};

/** The plane that a field chooses, as a node names it. */
export function planeOf(parameters: FieldRecipe): { readonly crs?: number } {
  const crs = optionalNumber(parameters, "targetCRSCode");
  return crs === undefined ? {} : { crs };
}

/** The plane in words, for messages; nothing for the ellipsoid. */
export function inPlane(parameters: FieldRecipe): string {
  const { crs } = planeOf(parameters);
  return crs === undefined ? "" : ` in EPSG:${crs}`;
}

/** Why a measure in a plane is missing. */
export function noShapeIn(crs: number | undefined): string {
  return crs === undefined ? "the subject has no shape" : `the subject has no shape, or none in EPSG:${crs}`;
}

/** Unit of areas in a coordinate system: degrees have no size in metres. */
export function isGeographic(crs: number): boolean {
  return crs === 4326 || crs === 4258 || crs === 4277;
}
