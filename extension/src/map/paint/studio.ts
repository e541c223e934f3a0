import {
  buildIndex,
  coverAreas,
  decodeGeometry,
  featureBounds,
  type LayerImage,
  type PaintContext,
  type PaintFrame,
  type PaintLayer,
  paintLayer,
  paintOutlines,
} from "@tombolo/bundle";
import { KeptCoverages } from "./kept-coverages.ts";
import type { LoadedGeometry, PaintRequest } from "./protocol.ts";

/** A canvas of the page or of a painting thread. */
type AnyCanvas = HTMLCanvasElement | OffscreenCanvas;

/** Keeps geometries by name and paints them; the same on the page and in a thread. */
export class Studio {
  readonly #geometries = new Map<string, Omit<LoadedGeometry, "index">>();
  readonly #coverages = new KeptCoverages();
  readonly #makeCanvas: (width: number, height: number) => AnyCanvas;

  constructor(makeCanvas: (width: number, height: number) => AnyCanvas) {
    this.#makeCanvas = makeCanvas;
  }

  load(key: string, bytes: Uint8Array): LoadedGeometry {
    const geometry = decodeGeometry(bytes);
    const bounds = featureBounds(geometry);
    this.#geometries.set(key, { geometry, bounds });
    return { geometry, bounds, index: buildIndex(bounds) };
  }

  drop(key: string): void {
    this.#geometries.delete(key);
    this.#coverages.drop(key);
  }

  paint({ layers, view, size, theme, density }: PaintRequest): AnyCanvas {
    const canvas = this.#makeCanvas(
      Math.max(1, Math.round(size.width * density)),
      Math.max(1, Math.round(size.height * density)),
    );
    const context = contextOf(canvas);
    context.setTransform(density, 0, 0, density, 0, 0);
    const frame: PaintFrame = { view, size, theme, density };
    const outlined: (() => void)[] = [];
    for (const { key, selected, ...layer } of layers) {
      const loaded = this.#geometries.get(key);
      if (!loaded) continue;
      const whole: PaintLayer = { ...layer, ...loaded };
      const style = { colour: theme.selected, width: 1.6 };
      if (selected) outlined.push(() => paintOutlines(context, whole, frame, selected, style));
      const putImage = ({ width, height, pixels }: LayerImage) => {
        // Through a canvas of its own: pixels that are put directly do not mix with what is below them.
        const image = this.#makeCanvas(width, height);
        contextOf(image).putImageData(new ImageData(pixels, width, height), 0, 0);
        context.drawImage(image, 0, 0, size.width, size.height);
      };
      paintLayer(context, whole, frame, putImage, () =>
        this.#coverages.get(key, frame, () => coverAreas(whole, frame)),
      );
    }
    for (const outline of outlined) outline();
    return canvas;
  }
}

function contextOf(canvas: AnyCanvas): PaintContext & CanvasTransform & CanvasDrawImage & CanvasImageData {
  const context = canvas.getContext("2d");
  if (!context) throw new Error("the browser gives no canvas to draw on");
  return context;
}
