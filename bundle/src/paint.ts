import { NO_CLASS } from "./classify.ts";
import type { Geometry } from "./geometry.ts";
import type { MapTheme } from "./theme.ts";
import { type Size, toPixels, type View } from "./view.ts";

/** What the painter needs of a Canvas 2D context: the browser's and the kernel's both have it. */
export interface PaintContext {
  fillStyle: unknown;
  strokeStyle: unknown;
  lineWidth: number;
  lineJoin: unknown;
  beginPath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  closePath(): void;
  arc(x: number, y: number, radius: number, start: number, end: number): void;
  fill(rule: "evenodd"): void;
  stroke(): void;
}

/** What is painted. */
export interface MapPicture {
  readonly geometry: Geometry;
  /** Boxes of the features, from `featureBounds`. */
  readonly bounds: Float64Array;
  /** Class of each feature; {@link NO_CLASS} for none. */
  readonly classes: Uint8Array;
  /** Colour of each class. */
  readonly colours: readonly string[];
  readonly view: View;
  readonly size: Size;
  readonly theme: MapTheme;
  /** Feature to be outlined. */
  readonly highlighted?: number | undefined;
}

/** Outlines of areas narrower than this, in pixels, would hide the areas. */
const NARROWEST_OUTLINED = 6;

/** Points nearer to the last one than this, in pixels, are left out. */
const NEAREST_POINT = 0.4;

const DOT_RADIUS = 3;

/** Paints the features of a map. The ground is left as it is. One path a feature: a path of thousands is slow to build. */
export function paintMap(context: PaintContext, picture: MapPicture): void {
  const { geometry, bounds, colours, view, theme } = picture;
  const outlined = geometry.kind === "polygon" && medianWidth(bounds) * view.scale > NARROWEST_OUTLINED;
  context.lineJoin = "round";
  // Without outlines a hairline of the same colour closes the seams between neighbours.
  context.lineWidth = geometry.kind === "line" ? 2 : outlined ? 0.8 : 0.4;
  paintClass(context, picture, NO_CLASS, theme.noData, outlined);
  colours.forEach((colour, group) => {
    paintClass(context, picture, group, colour, outlined);
  });
  if (picture.highlighted !== undefined) paintHighlight(context, picture, picture.highlighted);
}

function paintClass(
  context: PaintContext,
  picture: MapPicture,
  group: number,
  colour: string,
  outlined: boolean,
): void {
  const { bounds, classes, theme } = picture;
  context.fillStyle = colour;
  context.strokeStyle = outlined ? theme.outline : colour;
  for (let feature = 0; feature < classes.length; feature++) {
    if (classes[feature] === group && isVisible(bounds, feature, picture))
      paintFeature(context, picture, feature);
  }
}

function paintFeature(context: PaintContext, picture: MapPicture, feature: number): void {
  context.beginPath();
  tracePath(context, picture, feature);
  if (picture.geometry.kind !== "line") context.fill("evenodd");
  if (picture.geometry.kind !== "point") context.stroke();
}

function paintHighlight(context: PaintContext, picture: MapPicture, feature: number): void {
  if (feature < 0 || feature >= picture.classes.length) return;
  context.strokeStyle = picture.theme.highlight;
  context.lineWidth = 2;
  context.beginPath();
  tracePath(context, picture, feature);
  context.stroke();
}

function tracePath(context: PaintContext, picture: MapPicture, feature: number): void {
  const { featureEnds, partEnds, kind } = picture.geometry;
  const firstPart = feature === 0 ? 0 : (featureEnds[feature - 1] ?? 0);
  const lastPart = featureEnds[feature] ?? 0;
  for (let part = firstPart; part < lastPart; part++) {
    const start = part === 0 ? 0 : (partEnds[part - 1] ?? 0);
    const end = partEnds[part] ?? 0;
    if (kind === "point") traceDots(context, picture, start, end);
    else traceRun(context, picture, start, end);
    if (kind === "polygon") context.closePath();
  }
}

function traceDots(
  context: PaintContext,
  { geometry: { coordinates }, view, size }: MapPicture,
  start: number,
  end: number,
): void {
  for (let point = start; point < end; point++) {
    const [x, y] = toPixels(view, size, coordinates[2 * point] ?? 0, coordinates[2 * point + 1] ?? 0);
    context.moveTo(x + DOT_RADIUS, y);
    context.arc(x, y, DOT_RADIUS, 0, 2 * Math.PI);
  }
}

/** A ring or a line. Written without a call for each point: this is where a large map's time goes. */
function traceRun(
  context: PaintContext,
  { geometry: { coordinates }, view, size }: MapPicture,
  start: number,
  end: number,
): void {
  const offsetX = size.width / 2 - view.x * view.scale;
  const offsetY = size.height / 2 + view.y * view.scale;
  let lastX = Number.POSITIVE_INFINITY;
  let lastY = Number.POSITIVE_INFINITY;
  for (let point = start; point < end; point++) {
    const x = (coordinates[2 * point] ?? 0) * view.scale + offsetX;
    const y = offsetY - (coordinates[2 * point + 1] ?? 0) * view.scale;
    const near = Math.abs(x - lastX) < NEAREST_POINT && Math.abs(y - lastY) < NEAREST_POINT;
    if (near && point < end - 1) continue;
    if (point === start) context.moveTo(x, y);
    else context.lineTo(x, y);
    lastX = x;
    lastY = y;
  }
}

function isVisible(bounds: Float64Array, feature: number, { view, size }: MapPicture): boolean {
  const halfWidth = size.width / 2 / view.scale;
  const halfHeight = size.height / 2 / view.scale;
  const margin = 8 / view.scale;
  return (
    (bounds[4 * feature] ?? Infinity) <= view.x + halfWidth + margin &&
    (bounds[4 * feature + 2] ?? -Infinity) >= view.x - halfWidth - margin &&
    (bounds[4 * feature + 1] ?? Infinity) <= view.y + halfHeight + margin &&
    (bounds[4 * feature + 3] ?? -Infinity) >= view.y - halfHeight - margin
  );
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
