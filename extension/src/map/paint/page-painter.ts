import type { LoadedGeometry, PaintRequest } from "./protocol.ts";
import { Studio } from "./studio.ts";

/** Paints maps, in a thread of its own where the browser allows. Geometry is given once and kept while a map uses it. */
export interface Painter {
  load(key: string, bytes: Uint8Array): Promise<LoadedGeometry>;
  paint(request: PaintRequest): Promise<CanvasImageSource>;
  drop(key: string): void;
}

/** Counts who uses a geometry: it is loaded for the first and dropped after the last. */
export class SharingPainter implements Painter {
  readonly #inner: Painter;
  readonly #users = new Map<string, { count: number; loaded: Promise<LoadedGeometry> }>();

  constructor(inner: Painter) {
    this.#inner = inner;
  }

  load(key: string, bytes: Uint8Array): Promise<LoadedGeometry> {
    const known = this.#users.get(key);
    if (known) {
      known.count++;
      return known.loaded;
    }
    const loaded = this.#inner.load(key, bytes);
    this.#users.set(key, { count: 1, loaded });
    loaded.catch(() => this.#users.delete(key));
    return loaded;
  }

  paint(request: PaintRequest): Promise<CanvasImageSource> {
    return this.#inner.paint(request);
  }

  drop(key: string): void {
    const known = this.#users.get(key);
    if (!known) return;
    known.count--;
    if (known.count > 0) return;
    this.#users.delete(key);
    this.#inner.drop(key);
  }
}

/** Paints on the page itself. */
export class PagePainter implements Painter {
  readonly #studio = new Studio((width, height) => {
    const canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = height;
    return canvas;
  });

  async load(key: string, bytes: Uint8Array): Promise<LoadedGeometry> {
    return this.#studio.load(key, bytes);
  }

  async paint(request: PaintRequest): Promise<CanvasImageSource> {
    return this.#studio.paint(request);
  }

  drop(key: string): void {
    this.#studio.drop(key);
  }
}
