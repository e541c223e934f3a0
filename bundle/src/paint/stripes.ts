import type { Geometry } from "../geometry/geometry.ts";
import type { PaintContext } from "./context.ts";
import { eachEdge } from "./edges.ts";
import type { Placement } from "./layer.ts";

/** Width of a stripe of an area whose value was taken out, in pixels of the page. */
export const STRIPE = 2.5;

/** From one stripe to the next along x, as along y. */
export const STRIPE_STEP = 2 * Math.SQRT2 * STRIPE;

/** Traces the middles of an area's stripes, from the lower left to the upper right: lines on which x + y is the same. */
export function traceStripes(
  context: PaintContext,
  geometry: Geometry,
  feature: number,
  place: Placement,
  least: number,
): void {
  const crossings = new Map<number, number[]>();
  eachEdge(geometry, feature, place, least, (fromX, fromY, x, y) => {
    const [from, to] = [(fromX + fromY) / STRIPE_STEP, (x + y) / STRIPE_STEP];
    // Each end belongs to one of the two edges that meet there.
    for (let line = Math.ceil(Math.min(from, to)); line < Math.max(from, to); line++) {
      const at = fromX + ((line - from) / (to - from)) * (x - fromX);
      const known = crossings.get(line);
      if (known) known.push(at);
      else crossings.set(line, [at]);
    }
  });
  for (const [line, found] of crossings) {
    const ordered = found.sort((a, b) => a - b);
    for (let index = 0; index + 1 < ordered.length; index += 2) {
      const [left = 0, right = 0] = [ordered[index], ordered[index + 1]];
      context.moveTo(left, line * STRIPE_STEP - left);
      context.lineTo(right, line * STRIPE_STEP - right);
    }
  }
}
