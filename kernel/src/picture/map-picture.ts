import { paintPage } from "@tombolo/bundle/map/page";
import type { MapSpec } from "@tombolo/bundle/map/spec";
import type { PaintLayer } from "@tombolo/bundle/paint/layer";
import { LIGHT_THEME } from "@tombolo/bundle/paint/theme";
import { FONT, openCanvas } from "./canvas.ts";
import { encodeIndexedPng } from "./indexed-png.ts";

/** Pixels of the picture for each of its own: sharp enough on dense screens, and small enough to be saved. */
const DENSITY = 1.5;

/** The picture of a map as a PNG: title, map, legend, scale bar and source line, on white, without a browser. */
export async function drawMap(spec: MapSpec, layers: readonly PaintLayer[]): Promise<Buffer> {
  const { createCanvas, ImageData } = await import("@napi-rs/canvas");
  const { canvas, context } = await openCanvas(spec.width * DENSITY, spec.height * DENSITY);
  context.scale(DENSITY, DENSITY);
  const shown = layers.map((layer, index) => (spec.layers[index]?.visible ? layer : undefined));
  paintPage(context, {
    ...{ spec, layers: shown, theme: LIGHT_THEME, font: FONT, density: DENSITY },
    putImage({ width, height, pixels }) {
      // Through a canvas of its own: pixels that are put directly do not mix with what is below them.
      const image = createCanvas(width, height);
      image.getContext("2d").putImageData(new ImageData(pixels, width, height), 0, 0);
      context.drawImage(image, 0, 0, width / DENSITY, height / DENSITY);
    },
  });
  const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
  return encodeIndexedPng(data, width, height);
}
