import { SUPPRESSED } from "../classify/classify.ts";
import { type Rgb, rgbOf } from "../contrast.ts";
import { byClass, SMALLEST_DRAWN, SMALLEST_TRACED } from "./area-order.ts";
import { CoverageBuffer } from "./coverage.ts";
import { eachEdge } from "./edges.ts";
import {
  colourTable,
  isVisible,
  type LayerImage,
  type PaintFrame,
  type PaintLayer,
  type Placement,
  placementOf,
} from "./layer.ts";
import { STRIPE } from "./stripes.ts";
import { leastDetail } from "./trace.ts";

/**
 * Areas as an image of the frame's size, without outlines. Those whose values were taken out are striped, so that nobody takes
 * them for areas without data. Each pixel has the colours of the areas in it by the part that
 * each covers, so that there is no seam between neighbours, and the layer's opacity once. Twice as quick as a canvas,
 * for which each area is a path to be prepared.
 */
export function areasImage(layer: PaintLayer, frame: PaintFrame): LayerImage {
  const { geometry, bounds, classes } = layer;
  const width = Math.max(1, Math.round(frame.size.width * frame.density));
  const height = Math.max(1, Math.round(frame.size.height * frame.density));
  const place = enlarged(placementOf(geometry, frame), frame.density);
  const least = leastDetail(place);
  const table = colourTable(layer, frame.theme).map((colour) => colour && rgbOf(colour));
  const coverage = new CoverageBuffer();
  const mixed = new MixedPixels(width, height);
  const gap = rgbOf(frame.theme.noData);
  const stripes: Stripes | undefined = gap && { colour: gap, width: STRIPE * frame.density };
  // From the uppermost down, so that what is hidden costs little.
  for (const feature of byClass(classes).reverse()) {
    const colour = table[classes[feature] ?? 0];
    if (!colour || !isVisible(bounds, feature, place)) continue;
    const box = pixelBox(bounds, feature, place, frame.density);
    const left = Math.max(0, Math.floor(box.left));
    const top = Math.max(0, Math.floor(box.top));
    const right = Math.min(width, Math.ceil(box.right));
    const bottom = Math.min(height, Math.ceil(box.bottom));
    if (right <= left || bottom <= top) continue;
    coverage.begin(left, top, right - left, bottom - top);
    if (box.isSmall) addBox(coverage, box);
    else
      eachEdge(geometry, feature, place, least, (fromX, fromY, x, y) => coverage.addEdge(fromX, fromY, x, y));
    mixed.add(coverage, colour, classes[feature] === SUPPRESSED ? stripes : undefined);
  }
  return { width, height, pixels: mixed.pixels(layer.opacity) };
}

function enlarged(place: Placement, density: number): Placement {
  const { scale, offsetX, offsetY } = place;
  return { ...place, scale: scale * density, offsetX: offsetX * density, offsetY: offsetY * density };
}

interface PixelBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Whether the area is hardly larger than a pixel of the page, so that its box stands for it. */
  readonly isSmall: boolean;
}

function pixelBox(bounds: Float64Array, feature: number, place: Placement, density: number): PixelBox {
  const left = (bounds[4 * feature] ?? 0) * place.scale + place.offsetX;
  const bottom = place.offsetY - (bounds[4 * feature + 1] ?? 0) * place.scale;
  const right = (bounds[4 * feature + 2] ?? 0) * place.scale + place.offsetX;
  const top = place.offsetY - (bounds[4 * feature + 3] ?? 0) * place.scale;
  if (right - left >= SMALLEST_TRACED * density || bottom - top >= SMALLEST_TRACED * density)
    return { left, top, right, bottom, isSmall: false };
  const smallest = SMALLEST_DRAWN * density;
  return {
    left,
    top,
    right: Math.max(right, left + smallest),
    bottom: Math.max(bottom, top + smallest),
    isSmall: true,
  };
}

function addBox(coverage: CoverageBuffer, { left, top, right, bottom }: PixelBox): void {
  coverage.addEdge(left, top, left, bottom);
  coverage.addEdge(right, bottom, right, top);
}

/** Stripes from the lower left to the upper right, in pixels of the image. */
interface Stripes {
  readonly colour: Rgb;
  readonly width: number;
}

/** Pixels that several areas share. */
class MixedPixels {
  readonly #width: number;
  /** Red, green and blue of each pixel, times the part that is covered; and that part. */
  readonly #sums: Float32Array;

  constructor(width: number, height: number) {
    this.#width = width;
    this.#sums = new Float32Array(4 * width * height);
  }

  /** Mixes an area in, below those that are there: it takes what room they leave. */
  add(coverage: CoverageBuffer, colour: Rgb, stripes?: Stripes): void {
    const sums = this.#sums;
    const width = this.#width;
    coverage.finish((x, y, part) => {
      const at = 4 * (y * width + x);
      const room = 1 - (sums[at + 3] ?? 0);
      if (room <= 0) return;
      const taken = Math.min(part, room);
      const isOther = stripes !== undefined && (x + y) % (2 * stripes.width) < stripes.width;
      const mixed = isOther ? stripes.colour : colour;
      sums[at] = (sums[at] ?? 0) + mixed[0] * taken;
      sums[at + 1] = (sums[at + 1] ?? 0) + mixed[1] * taken;
      sums[at + 2] = (sums[at + 2] ?? 0) + mixed[2] * taken;
      sums[at + 3] = (sums[at + 3] ?? 0) + taken;
    });
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
