import Flatbush from "flatbush";
import { type Box, type Geometry, partsOf, pointsOf } from "./geometry.ts";

/** Finds features by place. Places and distances are in the geometry's units. */
export interface FeatureIndex {
  /** The feature painted last at a place that is accepted, or -1. */
  at(x: number, y: number, tolerance: number, accept?: (feature: number) => boolean): number;
  /** Features whose middle is in a box. */
  inBox(box: Box): number[];
  /** Features whose middle is inside a closed line of x, y pairs. */
  inLasso(line: ArrayLike<number>): number[];
}

const FAR = 2 ** 31 - 1;

/** The index of features as bytes, which `openIndex` takes; made off the main thread. Undefined for no features. */
export function buildIndex(bounds: Float64Array): ArrayBuffer | undefined {
  const features = bounds.length / 4;
  if (features === 0) return undefined;
  const index = new Flatbush(features, 16, Int32Array);
  for (let feature = 0; feature < features; feature++) {
    const at = 4 * feature;
    // A feature without points gets a box that nothing meets.
    const finite = Number.isFinite(bounds[at]);
    const corner = (offset: number) => (finite ? (bounds[at + offset] ?? FAR) : FAR);
    index.add(corner(0), corner(1), corner(2), corner(3));
  }
  index.finish();
  return index.data instanceof ArrayBuffer ? index.data : undefined;
}

/** Opens what `buildIndex` made for the same features. */
export function openIndex(
  geometry: Geometry,
  bounds: Float64Array,
  data: ArrayBuffer | undefined,
): FeatureIndex {
  if (!data) return { at: () => -1, inBox: () => [], inLasso: () => [] };
  const index = Flatbush.from(data);
  const isAt = geometry.kind === "polygon" ? contains : isNear;
  const inBox = (box: Box) =>
    index.search(box.minX, box.minY, box.maxX, box.maxY, (feature) => {
      const [x, y] = middleOf(bounds, feature);
      return x >= box.minX && x <= box.maxX && y >= box.minY && y <= box.maxY;
    });
  return {
    at(x, y, tolerance, accept = () => true) {
      const near = index.search(x - tolerance, y - tolerance, x + tolerance, y + tolerance, accept);
      near.sort((first, second) => second - first);
      return near.find((feature) => isAt(geometry, feature, x, y, tolerance)) ?? -1;
    },
    inBox,
    inLasso: (line) => inBox(boxOf(line)).filter((feature) => isInside(line, ...middleOf(bounds, feature))),
  };
}

function middleOf(bounds: Float64Array, feature: number): [number, number] {
  const at = 4 * feature;
  return [
    ((bounds[at] ?? 0) + (bounds[at + 2] ?? 0)) / 2,
    ((bounds[at + 1] ?? 0) + (bounds[at + 3] ?? 0)) / 2,
  ];
}

function boxOf(line: ArrayLike<number>): Box {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let index = 0; index < line.length; index += 2) {
    minX = Math.min(minX, line[index] ?? Infinity);
    maxX = Math.max(maxX, line[index] ?? -Infinity);
    minY = Math.min(minY, line[index + 1] ?? Infinity);
    maxY = Math.max(maxY, line[index + 1] ?? -Infinity);
  }
  return { minX, minY, maxX, maxY };
}

function isInside(line: ArrayLike<number>, x: number, y: number): boolean {
  let inside = false;
  const points = line.length / 2;
  for (let point = 0; point < points; point++) {
    const before = (point + points - 1) % points;
    const [ax, ay] = [line[2 * before] ?? 0, line[2 * before + 1] ?? 0];
    const [bx, by] = [line[2 * point] ?? 0, line[2 * point + 1] ?? 0];
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
  }
  return inside;
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
  geometry: Geometry,
  feature: number,
  closed: boolean,
  visit: (ax: number, ay: number, bx: number, by: number) => void,
): void {
  const { coordinates } = geometry;
  const at = (index: number) => coordinates[index] ?? 0;
  const [firstPart, lastPart] = partsOf(geometry, feature);
  for (let part = firstPart; part < lastPart; part++) {
    const [start, end] = pointsOf(geometry, part);
    const first = geometry.kind === "point" || closed || end - start === 1 ? start : start + 1;
    for (let point = first; point < end; point++) {
      const before = geometry.kind === "point" ? point : point === start ? end - 1 : point - 1;
      visit(at(2 * before), at(2 * before + 1), at(2 * point), at(2 * point + 1));
    }
  }
}
