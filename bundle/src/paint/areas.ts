import { HIDDEN, SUPPRESSED } from "../classify/classify.ts";
import { areOutlined, byClass, SMALLEST_DRAWN, SMALLEST_TRACED } from "./area-order.ts";
import type { PaintContext } from "./context.ts";
import {
  colourTable,
  isVisible,
  type PaintFrame,
  type PaintLayer,
  type Placement,
  placementOf,
} from "./layer.ts";
import { STRIPE, traceStripes } from "./stripes.ts";
import { leastDetail, traceFeature } from "./trace.ts";

const OUTLINE = 0.5;

/** Without outlines a hairline of the same colour closes the seams between neighbours. */
const HAIRLINE = 0.35;

/** Outlines areas that are wide enough for it. */
export function outlineAreas(context: PaintContext, layer: PaintLayer, frame: PaintFrame): void {
  const { geometry, bounds, classes } = layer;
  const place = placementOf(geometry, frame);
  if (!areOutlined(bounds, place)) return;
  const least = leastDetail(place);
  context.lineJoin = "round";
  context.lineWidth = OUTLINE;
  context.strokeStyle = frame.theme.outline;
  for (let feature = 0; feature < classes.length; feature++) {
    if (classes[feature] === HIDDEN || !isVisible(bounds, feature, place)) continue;
    context.beginPath();
    traceFeature(context, geometry, feature, place, least);
    context.stroke();
  }
}

/**
 * Draws areas in a document: each by itself, so that it can be told from the others. Those whose values were taken out are striped,
 * so that nobody takes them for areas without data.
 */
export function drawAreas(context: PaintContext, layer: PaintLayer, frame: PaintFrame): void {
  const { geometry, bounds, classes } = layer;
  const place = placementOf(geometry, frame);
  const table = colourTable(layer, frame.theme);
  const outlined = areOutlined(bounds, place);
  const least = leastDetail(place);
  context.lineJoin = "round";
  const lineWidth = outlined ? OUTLINE : HAIRLINE;
  context.lineWidth = lineWidth;
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
    if (classes[feature] !== SUPPRESSED) continue;
    context.lineWidth = STRIPE;
    context.strokeStyle = frame.theme.noData;
    context.beginPath();
    traceStripes(context, geometry, feature, place, least);
    context.stroke();
    context.lineWidth = lineWidth;
    before = undefined;
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
