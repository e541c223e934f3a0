import { HIDDEN, NO_CLASS, SUPPRESSED } from "../classify/classify.ts";
import { colourOnGround, isDarkGround } from "../contrast.ts";
import type { Geometry } from "../geometry/geometry.ts";
import type { MapTheme } from "./theme.ts";
import type { Size, View } from "./view.ts";

/** A layer as it is painted. */
export interface PaintLayer {
  readonly geometry: Geometry;
  /** Boxes of the features, from `featureBounds`. */
  readonly bounds: Float64Array;
  /** Class of each feature; {@link NO_CLASS}, {@link SUPPRESSED} and {@link HIDDEN} besides. */
  readonly classes: Uint8Array;
  /** Colour of each class. */
  readonly colours: readonly string[];
  /** Colour of each class on a dark ground, where it is another. */
  readonly turned?: readonly string[] | undefined;
  /** Radius of each point or width of each line, in pixels; without it all are alike. */
  readonly sizes?: Float32Array | undefined;
  /** Whether points are counted by pixel instead of drawn one by one; `colours` go from few to many. */
  readonly density?: boolean | undefined;
  /** 0 to 1. */
  readonly opacity: number;
  /** A feature in words, for documents that can be read. */
  readonly describe?: ((feature: number) => string) | undefined;
}

/** Pixels of a layer: red, green, blue, opacity. */
export interface LayerImage {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
}

/** Where and how layers are painted. */
export interface PaintFrame {
  readonly view: View;
  readonly size: Size;
  readonly theme: MapTheme;
  /** Device pixels for each pixel. */
  readonly density: number;
}

/** A frame in the units of one geometry: pixel = coordinate × scale + offset, downwards with the sign changed. */
export interface Placement {
  readonly scale: number;
  readonly offsetX: number;
  readonly offsetY: number;
  /** The box that is seen, a little larger, in the geometry's units. */
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

const MARGIN_PIXELS = 24;

/** How a geometry's coordinates become pixels of a frame. */
export function placementOf(
  { originX, originY, scale: metres }: Geometry,
  { view, size }: Pick<PaintFrame, "view" | "size">,
): Placement {
  const scale = view.scale * metres;
  const [centreX, centreY] = [(view.x - originX) / metres, (view.y - originY) / metres];
  const halfX = (size.width / 2 + MARGIN_PIXELS) / scale;
  const halfY = (size.height / 2 + MARGIN_PIXELS) / scale;
  return {
    scale,
    offsetX: size.width / 2 - centreX * scale,
    offsetY: size.height / 2 + centreY * scale,
    minX: centreX - halfX,
    minY: centreY - halfY,
    maxX: centreX + halfX,
    maxY: centreY + halfY,
  };
}

/** Whether a feature's box is in sight. */
export function isVisible(bounds: Float64Array, feature: number, place: Placement): boolean {
  const at = 4 * feature;
  return (
    (bounds[at] ?? Infinity) <= place.maxX &&
    (bounds[at + 2] ?? -Infinity) >= place.minX &&
    (bounds[at + 1] ?? Infinity) <= place.maxY &&
    (bounds[at + 3] ?? -Infinity) >= place.minY
  );
}

/** The colours of a layer's classes as they are seen on the theme's ground. */
export function layerColours(
  { colours, turned }: Pick<PaintLayer, "colours" | "turned">,
  { background }: MapTheme,
): string[] {
  return colourOnGround((isDarkGround(background) && turned) || colours, background);
}

/** Colours by class: a table of 256, undefined for what is not drawn. */
export function colourTable(
  layer: Pick<PaintLayer, "colours" | "turned">,
  theme: MapTheme,
): (string | undefined)[] {
  const table = new Array<string | undefined>(256).fill(undefined);
  layerColours(layer, theme).forEach((colour, index) => {
    table[index] = colour;
  });
  table[NO_CLASS] = theme.noData;
  table[SUPPRESSED] = theme.suppressed;
  table[HIDDEN] = undefined;
  return table;
}
