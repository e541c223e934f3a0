import { type LayerValues, type MapColumn, type MapLayer, togetherByNumber } from "@tombolo/bundle";
import type { FetchBlob } from "../output/blobs.ts";

/** Values of a column, all times one after another. */
type Values = Float32Array | Float64Array | readonly (string | null)[];

/** The columns of a layer, fetched when they are first needed. */
export class LayerColumns {
  readonly layer: MapLayer;
  readonly #fetchBlob: FetchBlob;
  readonly #values = new Map<string, Values>();
  readonly #suppressed = new Map<string, Uint8Array>();
  readonly #texts = new Map<string, Promise<(string | null)[]>>();

  constructor(layer: MapLayer, fetchBlob: FetchBlob) {
    this.layer = layer;
    this.#fetchBlob = fetchBlob;
  }

  find(name: string): MapColumn | undefined {
    return this.layer.columns.find((column) => column.name === name);
  }

  /** Fetches columns, each once. Throws a TypeError when their values are not as many as the features. */
  async fetch(names: Iterable<string>): Promise<void> {
    await Promise.all([...new Set(names)].map((name) => this.#fetchColumn(name)));
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** The features' names, fetched when they are first asked for. */
  names(): Promise<(string | null)[]> {
    return this.#text(this.layer.names);
  }

  labels(): Promise<(string | null)[]> {
    return this.#text(this.layer.labels);
  }

  /** Numbers of a column that is fetched; of a dated column at all times. */
  allNumbers(name: string): Float32Array | Float64Array {
    const values = this.#values.get(name);
    return values && !isTexts(values) ? values : new Float64Array(this.layer.count).fill(Number.NaN);
  }

  /** The values at one time. */
  at(step: number): LayerValues {
    const { count } = this.layer;
    const part = (name: string) => {
      const start = this.find(name)?.dated ? step * count : 0;
      return [start, start + count] as const;
    };
    return {
      count,
      numbers: (name) => this.allNumbers(name).subarray(...part(name)),
      texts: (name) => {
        const values = this.#values.get(name);
        return values && isTexts(values) ? values : Array.from({ length: count }, () => null);
      },
      suppressed: (name) => this.#suppressed.get(name)?.subarray(...part(name)),
    };
  }

  async #fetchColumn(name: string): Promise<void> {
    const column = this.find(name);
    if (!column || this.#values.has(name)) return;
    const values =
      column.type === "text"
        ? await this.#text(column.values)
        : await numbersOf(await this.#fetchBlob(column.values), column);
    const steps = column.dated ? (this.layer.time?.steps.length ?? 1) : 1;
    this.#check(values.length, steps);
    if (column.suppressed !== undefined) {
      const flags = await this.#fetchBlob(column.suppressed);
      this.#check(flags.length, steps);
      this.#suppressed.set(name, flags);
    }
    this.#values.set(name, values);
  }

  #check(length: number, steps: number): void {
    if (length !== steps * this.layer.count)
      throw new TypeError("its values are not as many as its features");
  }

  #text(id: string): Promise<(string | null)[]> {
    const known = this.#texts.get(id);
    if (known) return known;
    const read = this.#fetchBlob(id).then(inflateTexts);
    this.#texts.set(id, read);
    read.catch(() => this.#texts.delete(id));
    return read;
  }
}

function isTexts(values: Values): values is readonly (string | null)[] {
  return Array.isArray(values);
}

async function numbersOf(
  bytes: Uint8Array<ArrayBuffer>,
  { type, packed }: MapColumn,
): Promise<Float32Array | Float64Array> {
  const { BYTES_PER_ELEMENT } = type === "f32" ? Float32Array : Float64Array;
  const unpacked = packed
    ? togetherByNumber(new Uint8Array(await inflated(bytes).arrayBuffer()), BYTES_PER_ELEMENT)
    : bytes;
  const { buffer } = unpacked.byteOffset % 8 === 0 ? unpacked : unpacked.slice();
  return type === "f32" ? new Float32Array(buffer) : new Float64Array(buffer);
}

/** Texts from deflated JSON. */
async function inflateTexts(bytes: Uint8Array<ArrayBuffer>): Promise<(string | null)[]> {
  const texts: unknown = await inflated(bytes).json();
  if (!Array.isArray(texts)) throw new TypeError("its texts are no list");
  return texts.map((text: unknown) => (text === null ? null : String(text)));
}

function inflated(bytes: Uint8Array<ArrayBuffer>): Response {
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")));
}
