import { SUPPRESSED } from "../classify/classify.ts";
import { type Rgb, rgbOf } from "../contrast.ts";
import { type AreaCoverage, coverAreas } from "./area-coverage.ts";
import { byClass } from "./area-order.ts";
import { colourTable, type LayerImage, type PaintFrame, type PaintLayer } from "./layer.ts";
import { STRIPE } from "./stripes.ts";

/**
 * Areas as an image of the frame's size, without outlines. Those whose values were taken out are striped, so that nobody takes
 * them for areas without data. Each pixel has the colours of the areas in it by the part that
 * each covers, so that there is no seam between neighbours, and the layer's opacity once. Twice as quick as a canvas,
 * for which each area is a path to be prepared.
 */
export function areasImage(
  layer: PaintLayer,
  frame: PaintFrame,
  coverage: AreaCoverage = coverAreas(layer, frame),
): LayerImage {
  const { classes } = layer;
  const { width, height, runEnds } = coverage;
  const table = colourTable(layer, frame.theme).map((colour) => colour && rgbOf(colour));
  const mixed = new MixedPixels(coverage);
  const gap = rgbOf(frame.theme.noData);
  const stripes: Stripes | undefined = gap && { colour: gap, width: STRIPE * frame.density };
  // From the uppermost down, so that what is hidden costs little.
  for (const feature of byClass(classes).reverse()) {
    const colour = table[classes[feature] ?? 0];
    const [start, end] = [runEnds[feature - 1] ?? 0, runEnds[feature] ?? 0];
    if (!colour || start === end) continue;
    mixed.add(start, end, colour, classes[feature] === SUPPRESSED ? stripes : undefined);
  }
  return { width, height, pixels: mixed.pixels(layer.opacity) };
}

/** Stripes from the lower left to the upper right, in pixels of the image. */
interface Stripes {
  readonly colour: Rgb;
  readonly width: number;
}

/** Pixels that several areas share. */
class MixedPixels {
  readonly #coverage: AreaCoverage;
  /** Red, green and blue of each pixel, times the part that is covered; and that part. */
  readonly #sums: Float32Array;

  constructor(coverage: AreaCoverage) {
    this.#coverage = coverage;
    this.#sums = new Float32Array(4 * coverage.width * coverage.height);
  }

  /** Mixes the runs of an area in, below those that are there: it takes what room they leave. */
  add(start: number, end: number, colour: Rgb, stripes?: Stripes): void {
    const { pixels, amounts } = this.#coverage;
    const sums = this.#sums;
    for (let run = start; run < end; run++) {
      const amount = amounts[run] ?? 0;
      const first = pixels[run] ?? 0;
      const part = Math.min(amount, 1);
      for (let pixel = first; pixel < first + amount; pixel++) {
        const at = 4 * pixel;
        const room = 1 - (sums[at + 3] ?? 0);
        if (room <= 0) continue;
        const taken = Math.min(part, room);
        const [red, green, blue] = stripes && this.#isStriped(pixel, stripes) ? stripes.colour : colour;
        sums[at] = (sums[at] ?? 0) + red * taken;
        sums[at + 1] = (sums[at + 1] ?? 0) + green * taken;
        sums[at + 2] = (sums[at + 2] ?? 0) + blue * taken;
        sums[at + 3] = (sums[at + 3] ?? 0) + taken;
      }
    }
  }

  #isStriped(pixel: number, { width }: Stripes): boolean {
    const x = pixel % this.#coverage.width;
    const y = (pixel - x) / this.#coverage.width;
    return (x + y) % (2 * width) < width;
  }

  pixels(opacity: number): Uint8ClampedArray<ArrayBuffer> {
    const sums = this.#sums;
    const pixels = new Uint8ClampedArray(sums.length);
    for (let at = 0; at < sums.length; at += 4) {
      const covered = sums[at + 3] ?? 0;
      if (covered === 0) continue;
      pixels[at] = (sums[at] ?? 0) / covered;
      pixels[at + 1] = (sums[at + 1] ?? 0) / covered;
      pixels[at + 2] = (sums[at + 2] ?? 0) / covered;
      pixels[at + 3] = 255 * opacity * covered;
    }
    return pixels;
  }
}
