import { PagePainter, type Painter, SharingPainter } from "./page-painter.ts";
import type { LoadedGeometry, PainterAnswer, PainterQuestion, PaintRequest } from "./protocol.ts";

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
