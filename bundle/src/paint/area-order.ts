import type { Placement } from "./layer.ts";

/** Outlines of areas narrower than this, in pixels, would hide the areas. */
const NARROWEST_OUTLINED = 6;

/** An area whose box is smaller than this, in pixels, is drawn as the box. */
export const SMALLEST_TRACED = 1.2;

/** No area is drawn smaller than this, in pixels: it would vanish. */
export const SMALLEST_DRAWN = 0.7;

/** Features in the order of their classes, those without one first, so that others lie over them. */
export function byClass(classes: Uint8Array): Uint32Array {
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

/** Whether areas are wide enough for an outline each. */
export function areOutlined(bounds: Float64Array, place: Placement): boolean {
  return medianWidth(bounds) * place.scale > NARROWEST_OUTLINED;
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
