import type { PaintLayer } from "../paint/layer.ts";
import type { PutImage } from "../paint/paint.ts";
import type { MapTheme } from "../paint/theme.ts";
import type { View } from "../paint/view.ts";
import type { MapSpec } from "./spec.ts";

/** A map on a page: title, map, insets, legend, scale bar and source line. */
export interface MapPage {
  readonly spec: MapSpec;
  /** As they are painted; undefined for a layer that is hidden. */
  readonly layers: readonly (PaintLayer | undefined)[];
  /** What is seen; everything unless told otherwise. */
  readonly view?: View | undefined;
  readonly theme: MapTheme;
  readonly font: string;
  readonly density: number;
  /** Draws an image at the context's origin, so many device pixels large; undefined in a document. */
  readonly putImage: PutImage | undefined;
}

/** Pixels between the page's edge and what is on it. */
export const MARGIN = 16;

/** Pixels that the legend takes at the right. */
export const LEGEND_WIDTH = 190;

/** Pixels that the title takes at the top. */
export const TITLE_HEIGHT = 40;
