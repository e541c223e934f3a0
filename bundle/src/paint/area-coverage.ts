import { SMALLEST_DRAWN, SMALLEST_TRACED } from "./area-order.ts";
import { CoverageBuffer } from "./coverage.ts";
import { eachEdge } from "./edges.ts";
import { isVisible, type PaintFrame, type PaintLayer, type Placement, placementOf } from "./layer.ts";
import { leastDetail } from "./trace.ts";

/**
 * What the areas of a layer cover of a frame's pixels. Classes and colours have no part in it, so that it may be kept: areas in
 * other colours are painted from it in a quarter of the time.
 */
export interface AreaCoverage {
  readonly width: number;
  readonly height: number;
  /** Where the runs of each feature end. */
  readonly runEnds: Uint32Array;
  /** The pixel that each run begins with, counted row by row. */
  readonly pixels: Uint32Array;
  /** How many pixels each run covers: a part of one, or so many whole ones. */
  readonly amounts: Float32Array;
}

/** Measures the areas that are in sight. */
export function coverAreas(
  { geometry, bounds }: Pick<PaintLayer, "geometry" | "bounds">,
  frame: Pick<PaintFrame, "view" | "size" | "density">,
): AreaCoverage {
  const width = Math.max(1, Math.round(frame.size.width * frame.density));
  const height = Math.max(1, Math.round(frame.size.height * frame.density));
  const place = enlarged(placementOf(geometry, frame), frame.density);
  const least = leastDetail(place);
  const coverage = new CoverageBuffer();
  const runs = new Runs();
  const runEnds = new Uint32Array(bounds.length / 4);
  for (let feature = 0; feature < runEnds.length; feature++) {
    const box = isVisible(bounds, feature, place) && pixelBox(bounds, feature, place, frame.density);
    if (box) {
      const left = Math.max(0, Math.floor(box.left));
      const top = Math.max(0, Math.floor(box.top));
      const right = Math.min(width, Math.ceil(box.right));
      const bottom = Math.min(height, Math.ceil(box.bottom));
      if (right > left && bottom > top) {
        coverage.begin(left, top, right - left, bottom - top);
        if (box.isSmall) addBox(coverage, box);
        else
          eachEdge(geometry, feature, place, least, (fromX, fromY, x, y) =>
            coverage.addEdge(fromX, fromY, x, y),
          );
        runs.begin();
        coverage.finish((x, y, part) => runs.add(y * width + x, part));
      }
    }
    runEnds[feature] = runs.count;
  }
  return { width, height, runEnds, ...runs.arrays() };
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

/** What lacks less than a 500th of a pixel is the whole of it: no colour shows the difference. */
const WHOLE = 0.998;

/** Runs of pixels in memory that grows with them. */
class Runs {
  count = 0;
  #pixels = new Uint32Array(1024);
  #amounts = new Float32Array(1024);
  /** The pixel after a run of whole ones, which may go on. */
  #next = -1;

  /** Begins a feature: its runs are its own. */
  begin(): void {
    this.#next = -1;
  }

  add(pixel: number, part: number): void {
    const isWhole = part > WHOLE;
    if (isWhole && pixel === this.#next) {
      const last = this.count - 1;
      this.#amounts[last] = (this.#amounts[last] ?? 0) + 1;
    } else {
      if (this.count === this.#pixels.length) this.#grow();
      this.#pixels[this.count] = pixel;
      this.#amounts[this.count++] = isWhole ? 1 : part;
    }
    this.#next = isWhole ? pixel + 1 : -1;
  }

  arrays(): Pick<AreaCoverage, "pixels" | "amounts"> {
    return { pixels: this.#pixels.subarray(0, this.count), amounts: this.#amounts.subarray(0, this.count) };
  }

  #grow(): void {
    const [pixels, amounts] = [this.#pixels, this.#amounts];
    this.#pixels = new Uint32Array(2 * pixels.length);
    this.#pixels.set(pixels);
    this.#amounts = new Float32Array(2 * amounts.length);
    this.#amounts.set(amounts);
  }
}
