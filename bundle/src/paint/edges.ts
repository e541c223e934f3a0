import { type Geometry, partsOf, pointsOf } from "../geometry/geometry.ts";
import type { Placement } from "./layer.ts";

/** Gives the edges of a feature's rings, in pixels, without the points that are not needed at this scale. */
export function eachEdge(
  geometry: Geometry,
  feature: number,
  { scale, offsetX, offsetY }: Placement,
  least: number,
  take: (fromX: number, fromY: number, x: number, y: number) => void,
): void {
  const { coordinates, detail } = geometry;
  const isKept = (point: number) => !detail || (detail[point] ?? 0) >= least;
  const [firstPart, lastPart] = partsOf(geometry, feature);
  for (let part = firstPart; part < lastPart; part++) {
    const [start, end] = pointsOf(geometry, part);
    let before = end - 1;
    while (before > start && !isKept(before)) before--;
    let fromX = (coordinates[2 * before] ?? 0) * scale + offsetX;
    let fromY = offsetY - (coordinates[2 * before + 1] ?? 0) * scale;
    for (let point = start; point <= before; point++) {
      if (!isKept(point)) continue;
      const x = (coordinates[2 * point] ?? 0) * scale + offsetX;
      const y = offsetY - (coordinates[2 * point + 1] ?? 0) * scale;
      take(fromX, fromY, x, y);
      fromX = x;
      fromY = y;
    }
  }
}
