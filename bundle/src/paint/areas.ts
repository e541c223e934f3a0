import type { PaintContext } from "./context.ts";
import {
  colourTable,
  isVisible,
  type PaintFrame,
  type PaintLayer,
  type Placement,
  placementOf,
} from "./layer.ts";
import { leastDetail, traceFeature } from "./trace.ts";

/** Outlines of areas narrower than this, in pixels, would hide the areas. */
const NARROWEST_OUTLINED = 6;

/** An area whose box is smaller than this, in pixels, is drawn as the box. */
const SMALLEST_TRACED = 1.2;

/** No area is drawn smaller than this, in pixels: it would vanish. */
const SMALLEST_DRAWN = 0.7;

/** Paints areas. One path a feature: a path of thousands is slow to build. */
export function paintAreas(context: PaintContext, layer: PaintLayer, frame: PaintFrame): void {
  const { geometry, bounds, classes } = layer;
  const place = placementOf(geometry, frame);
  const table = colourTable(layer.colours, frame.theme);
  const outlined = medianWidth(bounds) * place.scale > NARROWEST_OUTLINED;
  const least = leastDetail(place);
  context.lineJoin = "round";
  // Without outlines a hairline of the same colour closes the seams between neighbours.
  context.lineWidth = outlined ? 0.5 : 0.35;
  let before: string | undefined;
  for (const feature of byClass(classes)) {
    const colour = table[classes[feature] ?? 0];
    if (colour === undefined || !isVisible(bounds, feature, place)) continue;
    if (layer.describe) context.beginFeature?.(layer.describe(feature));
    if (colour !== before) {
      context.fillStyle = colour;
      context.strokeStyle = outlined ? frame.theme.outline : colour;
      before = colour;
    }
    if (paintSmall(context, bounds, feature, place)) continue;
    context.beginPath();
    traceFeature(context, geometry, feature, place, least);
    context.fill("evenodd");
    context.stroke();
  }
}

/** Draws an area that is hardly larger than a pixel as its box; false for a larger one. */
function paintSmall(context: PaintContext, bounds: Float64Array, feature: number, place: Placement): boolean {
  const [left, bottom] = [bounds[4 * feature] ?? 0, bounds[4 * feature + 1] ?? 0];
  const [right, top] = [bounds[4 * feature + 2] ?? 0, bounds[4 * feature + 3] ?? 0];
  const [width, height] = [(right - left) * place.scale, (top - bottom) * place.scale];
  if (width >= SMALLEST_TRACED || height >= SMALLEST_TRACED) return false;
  const [x, y] = [left * place.scale + place.offsetX, place.offsetY - top * place.scale];
  context.fillRect(x, y, Math.max(width, SMALLEST_DRAWN), Math.max(height, SMALLEST_DRAWN));
  return true;
}

/** Features in the order of their classes, those without one first: a change of colour costs more than a feature. */
function byClass(classes: Uint8Array): Uint32Array {
  const starts = new Uint32Array(257);
  // Turned round, so that 255 comes first.
  const rank = (value: number) => (value >= 253 ? 255 - value : value + 3);
  for (const value of classes) starts[rank(value) + 1] = (starts[rank(value) + 1] ?? 0) + 1;
  for (let index = 1; index < starts.length; index++)
    starts[index] = (starts[index] ?? 0) + (starts[index - 1] ?? 0);
  const order = new Uint32Array(classes.length);
  classes.forEach((value, feature) => {
    const at = starts[rank(value)] ?? 0;
    order[at] = feature;
    starts[rank(value)] = at + 1;
  });
  return order;
}

/** Median width of at most a thousand features, taken evenly. */
function medianWidth(bounds: Float64Array): number {
  const features = bounds.length / 4;
  const step = Math.max(1, Math.floor(features / 1000));
  const widths: number[] = [];
  for (let feature = 0; feature < features; feature += step) {
    const width = (bounds[4 * feature + 2] ?? 0) - (bounds[4 * feature] ?? 0);
    if (Number.isFinite(width)) widths.push(width);
  }
  widths.sort((first, second) => first - second);
  return widths[widths.length >> 1] ?? 0;
}
