import geodesic from "geographiclib-geodesic";
import type { Computation } from "./compute.ts";
import { isPoint } from "./near.ts";
import { countNear, type IsNear } from "./point-grid.ts";

const { WGS84 } = geodesic.Geodesic;

/** The square of the ellipsoid's eccentricity. */
const ECCENTRICITY = WGS84.f * (2 - WGS84.f);

const METRES_A_DEGREE = 111_195;
const RADIAN = Math.PI / 180;

/**
 * Number of the right points not farther than the limit in metres on the ellipsoid, for a left point. No number where the left
 * shape, or one near it, is no point.
 */
export function withinMetres(computation: Computation, row: number): void {
  const { left, right, index, entries, values, grid, limit = Number.POSITIVE_INFINITY } = computation;
  values[row] = Number.NaN;
  if (!isPoint(left, row)) return;
  const [x = 0, y = 0] = left.boxes.subarray(4 * row, 4 * row + 2);
  const [west, south] = degreesOf(limit, y);
  const isNear = nearTest(x, y, limit);
  if (grid) {
    values[row] = countNear(grid, [x, y], [west, south], isNear);
    return;
  }
  let count = 0;
  for (const found of index?.search(x - west, y - south, x + west, y + south) ?? []) {
    const other = entries[found] ?? 0;
    if (computation.stopped() || !isPoint(right, other)) return;
    if (isNear(right.boxes[4 * other] ?? 0, right.boxes[4 * other + 1] ?? 0)) count++;
  }
  values[row] = count;
}

/** Degrees from west to east, and from south to north, beyond which nothing is within so many metres of a latitude. */
export function degreesOf(metres: number, latitude: number): [west: number, south: number] {
  const south = (1.01 * metres) / METRES_A_DEGREE;
  return [south / Math.max(0.01, Math.cos(RADIAN * Math.min(89.4, Math.abs(latitude) + south))), south];
}

/**
 * Whether places are not farther from a place than a limit. Almost all are plainly so or plainly not by Gauss's formula for short
 * distances, which is a hundred times quicker than the geodesic; that decides the others.
 */
function nearTest(x: number, y: number, limit: number): IsNear {
  const sine = Math.sin(RADIAN * y);
  const cosine = Math.cos(RADIAN * y);
  // What the formula leaves out grows with the square of the angle; this is some ten times as much.
  const doubt = 1e-12 + 8 * (limit / (WGS84.a * cosine)) ** 2;
  const squared = limit * limit;
  return (otherX, otherY) => {
    const half = (RADIAN * (otherY - y)) / 2;
    // Of the latitude between the two.
    const middleSine = sine * (1 - (half * half) / 2) + cosine * half;
    const middleCosine = cosine * (1 - (half * half) / 2) - sine * half;
    const flat = 1 - ECCENTRICITY * middleSine * middleSine;
    const radius = WGS84.a / Math.sqrt(flat);
    const north = (2 * half * radius * (1 - ECCENTRICITY)) / flat;
    const east = RADIAN * (otherX - x) * radius * middleCosine;
    const distance = north * north + east * east;
    if (distance > squared * (1 + doubt)) return false;
    if (distance < squared * (1 - doubt)) return true;
    return (WGS84.Inverse(y, x, otherY, otherX, geodesic.Geodesic.DISTANCE).s12 ?? 0) <= limit;
  };
}
