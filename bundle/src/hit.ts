import Flatbush from "flatbush";
import { featureBounds, type Geometry } from "./geometry.ts";

/** Finds the feature at a place: the last painted there, or -1. Distances are in the geometry's units. */
export type HitTest = (x: number, y: number, tolerance: number) => number;

/** An index over the features of a map; built once, asked at every move of the pointer. */
export function hitTest(geometry: Geometry): HitTest {
  const features = geometry.featureEnds.length;
  if (features === 0) return () => -1;
  const bounds = featureBounds(geometry);
  const index = new Flatbush(features);
  for (let feature = 0; feature < features; feature++) {
    const [minX = 0, minY = 0, maxX = 0, maxY = 0] = bounds.subarray(4 * feature, 4 * feature + 4);
    // A feature without points gets a box that nothing meets.
    const finite = Number.isFinite(minX);
    index.add(
      finite ? minX : Infinity,
      finite ? minY : Infinity,
      finite ? maxX : Infinity,
      finite ? maxY : Infinity,
    );
  }
  index.finish();
  return (x, y, tolerance) => {
    const near = index.search(x - tolerance, y - tolerance, x + tolerance, y + tolerance);
    near.sort((first, second) => second - first);
    const inside = geometry.kind === "polygon" ? contains : isNear;
    return near.find((feature) => inside(geometry, feature, x, y, tolerance)) ?? -1;
  };
}

function contains(geometry: Geometry, feature: number, x: number, y: number): boolean {
  let inside = false;
  eachSegment(geometry, feature, true, (ax, ay, bx, by) => {
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
  });
  return inside;
}

function isNear(geometry: Geometry, feature: number, x: number, y: number, tolerance: number): boolean {
  let near = false;
  eachSegment(geometry, feature, false, (ax, ay, bx, by) => {
    const squared = (bx - ax) ** 2 + (by - ay) ** 2;
    const along =
      squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / squared));
    near ||= Math.hypot(ax + along * (bx - ax) - x, ay + along * (by - ay) - y) <= tolerance;
  });
  return near;
}

/** Calls with each segment of a feature; a part of one point is a segment of no length. */
function eachSegment(
  { featureEnds, partEnds, coordinates }: Geometry,
  feature: number,
  closed: boolean,
  visit: (ax: number, ay: number, bx: number, by: number) => void,
): void {
  const at = (index: number) => coordinates[index] ?? 0;
  const firstPart = feature === 0 ? 0 : (featureEnds[feature - 1] ?? 0);
  for (let part = firstPart; part < (featureEnds[feature] ?? 0); part++) {
    const start = part === 0 ? 0 : (partEnds[part - 1] ?? 0);
    const end = partEnds[part] ?? 0;
    const first = closed || end - start === 1 ? start : start + 1;
    for (let point = first; point < end; point++) {
      const before = point === start ? end - 1 : point - 1;
      visit(at(2 * before), at(2 * before + 1), at(2 * point), at(2 * point + 1));
    }
  }
}
