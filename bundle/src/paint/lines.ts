import type { PaintContext } from "./context.ts";
import { colourTable, isVisible, type PaintFrame, type PaintLayer, placementOf } from "./layer.ts";
import { leastDetail, traceFeature } from "./trace.ts";

/** Width of a line that has no size of its own, in pixels. */
const WIDTH = 1.6;

/** Paints lines, each as wide as its size. */
export function paintLines(context: PaintContext, layer: PaintLayer, frame: PaintFrame): void {
  const { geometry, bounds, classes, sizes } = layer;
  const place = placementOf(geometry, frame);
  const table = colourTable(layer, frame.theme);
  const least = leastDetail(place);
  context.lineJoin = "round";
  context.lineCap = "round";
  for (let feature = 0; feature < classes.length; feature++) {
    const colour = table[classes[feature] ?? 0];
    const width = sizes ? (sizes[feature] ?? 0) : WIDTH;
    if (colour === undefined || !(width > 0) || !isVisible(bounds, feature, place)) continue;
    if (layer.describe) context.beginFeature?.(layer.describe(feature));
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    traceFeature(context, geometry, feature, place, least);
    context.stroke();
  }
}
