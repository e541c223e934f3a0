import type { PaintContext } from "./context.ts";
import {
  colourTable,
  isVisible,
  type PaintFrame,
  type PaintLayer,
  type Placement,
  placementOf,
} from "./layer.ts";
import { traceDots } from "./trace.ts";

/** Radius of points that have no size of their own, in pixels; many points are drawn smaller. */
export function dotRadius(points: number): number {
  return points > 20_000 ? 1.5 : points > 2000 ? 2.2 : points > 200 ? 3.5 : 5;
}

/** Points from this number on are squares, which are quicker to paint than circles and look alike when small. */
const MOST_ROUND = 20_000;

/** Paints points as dots or as symbols of their sizes, the largest first so that none hides another. */
export function paintPoints(context: PaintContext, layer: PaintLayer, frame: PaintFrame): void {
  const { geometry, bounds, classes, sizes } = layer;
  const place = placementOf(geometry, frame);
  const table = colourTable(layer, frame.theme);
  const radius = dotRadius(classes.length);
  const square = !sizes && classes.length > MOST_ROUND;
  context.lineWidth = 0.5;
  context.strokeStyle = frame.theme.outline;
  for (const feature of sizes ? byRadius(sizes) : numbersTo(classes.length)) {
    const colour = table[classes[feature] ?? 0];
    const size = sizes ? (sizes[feature] ?? 0) : radius;
    if (colour === undefined || !(size > 0) || !isVisible(bounds, feature, place)) continue;
    if (layer.describe) context.beginFeature?.(layer.describe(feature));
    context.fillStyle = colour;
    if (square) {
      paintSquare(context, bounds, feature, place, radius);
      continue;
    }
    context.beginPath();
    traceDots(context, geometry, feature, place, size);
    context.fill("nonzero");
    if (classes.length <= MOST_ROUND) context.stroke();
  }
}

function paintSquare(
  context: PaintContext,
  bounds: Float64Array,
  feature: number,
  place: Placement,
  radius: number,
): void {
  const x = (bounds[4 * feature] ?? 0) * place.scale + place.offsetX;
  const y = place.offsetY - (bounds[4 * feature + 1] ?? 0) * place.scale;
  context.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
}

function* numbersTo(count: number): Generator<number> {
  for (let index = 0; index < count; index++) yield index;
}

function byRadius(sizes: Float32Array): Uint32Array {
  const order = new Uint32Array(sizes.length).map((_, index) => index);
  return order.sort((one, other) => (sizes[other] ?? 0) - (sizes[one] ?? 0));
}
