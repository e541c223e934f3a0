import { contrast } from "../contrast.ts";
import type { PaintContext } from "./context.ts";
import { colourTable, isVisible, type PaintFrame, type PaintLayer, placementOf } from "./layer.ts";
import { leastDetail, traceFeature } from "./trace.ts";

/** Width of a line that has no size of its own, in pixels. */
const WIDTH = 1.6;

/** Lines that stand out less than this from the ground are seen by their edges. */
const LEAST_CONTRAST = 1.25;

/** How far an edge reaches beyond a line, in pixels. */
const EDGE = 0.6;

/** Paints lines, each as wide as its size. Pale ones have an edge, which lies below all lines. */
export function paintLines(context: PaintContext, layer: PaintLayer, frame: PaintFrame): void {
  const { background, outline } = frame.theme;
  const table = colourTable(layer, frame.theme);
  const edges = table.map((colour) =>
    colour !== undefined && contrast(colour, background) < LEAST_CONTRAST ? outline : undefined,
  );
  context.lineJoin = "round";
  context.lineCap = "round";
  if (edges.some((edge) => edge !== undefined))
    strokeLines(context, { ...layer, describe: undefined }, frame, edges, 2 * EDGE);
  strokeLines(context, layer, frame, table, 0);
}

function strokeLines(
  context: PaintContext,
  { geometry, bounds, classes, sizes, describe }: PaintLayer,
  frame: PaintFrame,
  colours: readonly (string | undefined)[],
  wider: number,
): void {
  const place = placementOf(geometry, frame);
  const least = leastDetail(place);
  for (let feature = 0; feature < classes.length; feature++) {
    const colour = colours[classes[feature] ?? 0];
    const width = sizes ? (sizes[feature] ?? 0) : WIDTH;
    if (colour === undefined || !(width > 0) || !isVisible(bounds, feature, place)) continue;
    if (describe) context.beginFeature?.(describe(feature));
    context.strokeStyle = colour;
    context.lineWidth = width + wider;
    context.beginPath();
    traceFeature(context, geometry, feature, place, least);
    context.stroke();
  }
}
