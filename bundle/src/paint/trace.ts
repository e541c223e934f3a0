import { detailLevel } from "../geometry/detail.ts";
import type { Geometry } from "../geometry/geometry.ts";
import { partsOf, pointsOf } from "../geometry/geometry.ts";
import type { PaintContext } from "./context.ts";
import type { Placement } from "./layer.ts";

/** Points that move a line by less than this, in pixels, are left out. */
const FINEST = 0.35;

/** The level that a point needs to be drawn at a scale. */
export function leastDetail({ scale }: Placement): number {
  return detailLevel(FINEST / scale);
}

/** Adds the rings or lines of a feature to the path. Written without a call for each point: here a large map's time goes. */
export function traceFeature(
  context: PaintContext,
  geometry: Geometry,
  feature: number,
  place: Placement,
  least: number,
): void {
  const closed = geometry.kind === "polygon";
  const [firstPart, lastPart] = partsOf(geometry, feature);
  for (let part = firstPart; part < lastPart; part++) {
    const [start, end] = pointsOf(geometry, part);
    traceRun(context, geometry, start, end, place, least);
    if (closed) context.closePath();
  }
}

function traceRun(
  context: PaintContext,
  { coordinates, detail }: Geometry,
  start: number,
  end: number,
  { scale, offsetX, offsetY }: Placement,
  least: number,
): void {
  let first = true;
  for (let point = start; point < end; point++) {
    if (detail && (detail[point] ?? 0) < least) continue;
    const x = (coordinates[2 * point] ?? 0) * scale + offsetX;
    const y = offsetY - (coordinates[2 * point + 1] ?? 0) * scale;
    if (first) context.moveTo(x, y);
    else context.lineTo(x, y);
    first = false;
  }
}

/** Adds dots for the points of a feature to the path. */
export function traceDots(
  context: PaintContext,
  geometry: Geometry,
  feature: number,
  { scale, offsetX, offsetY }: Placement,
  radius: number,
): void {
  const [firstPart, lastPart] = partsOf(geometry, feature);
  const [start] = firstPart < lastPart ? pointsOf(geometry, firstPart) : [0];
  const end = firstPart < lastPart ? pointsOf(geometry, lastPart - 1)[1] : 0;
  for (let point = start; point < end; point++) {
    const x = (geometry.coordinates[2 * point] ?? 0) * scale + offsetX;
    const y = offsetY - (geometry.coordinates[2 * point + 1] ?? 0) * scale;
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
  }
}
