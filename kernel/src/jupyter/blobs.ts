/** Keeps the binary parts of displayed objects up to a size; what was asked for longest ago goes first. */
export class Blobs {
  readonly #mostBytes: number;
  readonly #blobs = new Map<string, Uint8Array>();
  #bytes = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  get(id: string): Uint8Array | undefined {
    const bytes = this.#blobs.get(id);
    if (bytes) this.#keep(id, bytes);
    return bytes;
  }

  set(id: string, bytes: Uint8Array): void {
    this.#keep(id, bytes);
    for (const [oldest] of this.#blobs) {
      if (this.#bytes <= this.#mostBytes || oldest === id) return;
      this.#drop(oldest);
    }
  }

  #keep(id: string, bytes: Uint8Array): void {
    this.#drop(id);
    this.#blobs.set(id, bytes);
    this.#bytes += bytes.byteLength;
  }

  #drop(id: string): void {
    this.#bytes -= this.#blobs.get(id)?.byteLength ?? 0;
    this.#blobs.delete(id);
  }
}
