import type { LoadedGeometry, PainterAnswer, PainterQuestion, PaintRequest } from "./protocol.ts";
import { Studio } from "./studio.ts";

/** Paints maps, in a thread of its own where the browser allows. Geometry is given once and kept while a map uses it. */
export interface Painter {
  load(key: string, bytes: Uint8Array): Promise<LoadedGeometry>;
  paint(request: PaintRequest): Promise<CanvasImageSource>;
  drop(key: string): void;
}

/** The page's painter: all maps share it, and with it the geometry that they have in common. */
let shared: Painter | undefined;

/** The painter of this page. */
export function pagePainter(): Painter {
  shared ??= new SharingPainter(startThread() ?? new PagePainter());
  return shared;
}

function startThread(): Painter | undefined {
  if (typeof Worker !== "function" || typeof OffscreenCanvas !== "function") return undefined;
  try {
    return new ThreadPainter();
  } catch {
    // A site's rules may forbid threads; maps are then painted on the page.
    return undefined;
  }
}

/** Counts who uses a geometry: it is loaded for the first and dropped after the last. */
class SharingPainter implements Painter {
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
class PagePainter implements Painter {
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

type Question<Type extends PainterQuestion["type"]> = Omit<
  Extract<PainterQuestion, { type: Type }>,
  "number"
>;

/** Asks a thread; paints on the page when the thread does not start, as where a site's rules forbid it. */
class ThreadPainter implements Painter {
  readonly #thread: Worker;
  readonly #waiting = new Map<
    number,
    { resolve: (answer: PainterAnswer) => void; reject: (error: Error) => void }
  >();
  readonly #given = new Map<string, Uint8Array>();
  #fallback: PagePainter | undefined;
  #asked = 0;

  constructor() {
    this.#thread = new Worker(new URL("./painter.worker.js", import.meta.url));
    this.#thread.onmessage = ({ data }: MessageEvent<PainterAnswer>) => {
      const waiting = this.#waiting.get(data.number);
      this.#waiting.delete(data.number);
      if (data.type === "failed") waiting?.reject(new RangeError(data.message));
      else waiting?.resolve(data);
    };
    this.#thread.onerror = () => this.#fallBack();
  }

  async load(key: string, bytes: Uint8Array): Promise<LoadedGeometry> {
    if (this.#fallback) return this.#fallback.load(key, bytes);
    this.#given.set(key, bytes);
    const answer = await this.#ask({ type: "load", key, bytes }).catch((error: Error) => this.#orElse(error));
    if (answer?.type === "loaded") return answer.loaded;
    return this.#inPage().load(key, bytes);
  }

  async paint(request: PaintRequest): Promise<CanvasImageSource> {
    if (this.#fallback) return this.#fallback.paint(request);
    const answer = await this.#ask({ type: "paint", request }).catch((error: Error) => this.#orElse(error));
    if (answer?.type === "painted") return answer.image;
    return this.#inPage().paint(request);
  }

  drop(key: string): void {
    this.#given.delete(key);
    if (this.#fallback) this.#fallback.drop(key);
    else this.#ask({ type: "drop", key }).catch(() => undefined);
  }

  #ask(question: Question<"load"> | Question<"paint"> | Question<"drop">): Promise<PainterAnswer> {
    const number = this.#asked++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
      this.#thread.postMessage({ ...question, number });
    });
  }

  /** A question that failed because there is no thread is answered on the page; any other failure is told. */
  #orElse(error: Error): undefined {
    if (!this.#fallback) throw error;
    return undefined;
  }

  #inPage(): PagePainter {
    this.#fallback ??= new PagePainter();
    return this.#fallback;
  }

  #fallBack(): void {
    const page = this.#inPage();
    for (const [key, bytes] of this.#given) void page.load(key, bytes);
    for (const { reject } of this.#waiting.values()) reject(new Error("there is no painting thread"));
    this.#waiting.clear();
  }
}
