import type { Box } from "../geometry/geometry.ts";

/** What part of the world is seen: a centre in metres of the map's coordinate system, and pixels per metre. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** A size in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What is seen around a place without extent, in metres: a view of one metre says nothing of where it is. */
const SURROUNDINGS = 1000;

/** The view in which the box fills the size, with a margin of so many pixels. */
export function fitView(box: Box, { width, height }: Size, margin: number): View {
  const extent = [box.maxX - box.minX, box.maxY - box.minY];
  const least = Math.max(...extent) < 1 ? SURROUNDINGS : 1;
  const [across = least, up = least] = extent.map((metres) => Math.max(metres, least));
  const scale = Math.min(Math.max(width - 2 * margin, 1) / across, Math.max(height - 2 * margin, 1) / up);
  return { x: (box.minX + box.maxX) / 2, y: (box.minY + box.maxY) / 2, scale };
}

/** The box that is seen. */
export function viewBox({ x, y, scale }: View, { width, height }: Size): Box {
  const [halfX, halfY] = [width / 2 / scale, height / 2 / scale];
  return { minX: x - halfX, minY: y - halfY, maxX: x + halfX, maxY: y + halfY };
}

/** Where a point of the world is in the picture. */
export function toPixels(view: View, size: Size, x: number, y: number): [number, number] {
  return [(x - view.x) * view.scale + size.width / 2, size.height / 2 - (y - view.y) * view.scale];
}

/** What point of the world is at a pixel. */
export function toWorld(view: View, size: Size, pixelX: number, pixelY: number): [number, number] {
  return [(pixelX - size.width / 2) / view.scale + view.x, (size.height / 2 - pixelY) / view.scale + view.y];
}

/** The view moved by pixels. */
export function pan(view: View, pixelsX: number, pixelsY: number): View {
  return { ...view, x: view.x - pixelsX / view.scale, y: view.y + pixelsY / view.scale };
}

/** The view enlarged by a factor so that the point under the pixel stays where it is. */
export function zoomAt(view: View, size: Size, factor: number, pixelX: number, pixelY: number): View {
  const [x, y] = toWorld(view, size, pixelX, pixelY);
  const scale = view.scale * factor;
  return { x: x - (x - view.x) / factor, y: y - (y - view.y) / factor, scale };
}

/** A round length for a scale bar, at most so many pixels wide: its metres, its pixels and its text. */
export function scaleBar(
  pixelsPerMetre: number,
  mostPixels: number,
): { metres: number; pixels: number; text: string } {
  const most = mostPixels / pixelsPerMetre;
  const power = 10 ** Math.floor(Math.log10(most));
  const metres = power * ([5, 2, 1].find((digit) => digit * power <= most) ?? 1);
  const text = metres >= 1000 ? `${metres / 1000} km` : metres >= 1 ? `${metres} m` : `${metres * 100} cm`;
  return { metres, pixels: metres * pixelsPerMetre, text };
}
