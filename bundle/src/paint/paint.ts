import { partsOf } from "../geometry/geometry.ts";
import { type AreaCoverage, coverAreas } from "./area-coverage.ts";
import { drawAreas, outlineAreas } from "./areas.ts";
import { areasImage } from "./areas-image.ts";
import type { PaintContext } from "./context.ts";
import { densityImage } from "./density.ts";
import { type LayerImage, type PaintFrame, type PaintLayer, placementOf } from "./layer.ts";
import { paintLines } from "./lines.ts";
import { dotRadius, paintPoints } from "./points.ts";
import { leastDetail, traceDots, traceFeature } from "./trace.ts";

/** Puts an image of the frame's size on a context; each canvas has its own way. */
export type PutImage = (image: LayerImage) => void;

const PAINTERS = { line: paintLines, point: paintPoints } as const;

/** What a layer's areas cover of a frame: measured anew, or known from before. */
export type CoverAreas = (layer: PaintLayer, frame: PaintFrame) => AreaCoverage;

/** Paints a layer. The ground is left as it is. A document takes no image: each feature is drawn by itself in it. */
export function paintLayer(
  context: PaintContext,
  layer: PaintLayer,
  frame: PaintFrame,
  putImage: PutImage | undefined,
  cover: CoverAreas = coverAreas,
): void {
  const { kind } = layer.geometry;
  if (layer.density) {
    putImage?.(densityImage(layer, frame));
    return;
  }
  if (kind === "polygon") putImage?.(areasImage(layer, frame, cover(layer, frame)));
  context.globalAlpha = layer.opacity;
  if (kind !== "polygon") PAINTERS[kind](context, layer, frame);
  else if (putImage) outlineAreas(context, layer, frame);
  else drawAreas(context, layer, frame);
  context.endFeatures?.();
  context.globalAlpha = 1;
}

/** Outlines features of a layer in a colour: the one pointed at, or those selected. */
export function paintOutlines(
  context: PaintContext,
  { geometry, sizes, classes }: PaintLayer,
  frame: PaintFrame,
  features: Iterable<number>,
  { colour, width }: { readonly colour: string; readonly width: number },
): void {
  const place = placementOf(geometry, frame);
  const least = leastDetail(place);
  context.strokeStyle = colour;
  context.lineJoin = "round";
  for (const feature of features) {
    const [firstPart, lastPart] = partsOf(geometry, feature);
    if (firstPart >= lastPart) continue;
    const size = sizes?.[feature];
    context.lineWidth = geometry.kind === "line" ? Math.max(width, (size ?? 0) + 2) : width;
    context.beginPath();
    if (geometry.kind === "point")
      traceDots(context, geometry, feature, place, (size ?? dotRadius(classes.length)) + 1);
    else traceFeature(context, geometry, feature, place, least);
    context.stroke();
  }
}
