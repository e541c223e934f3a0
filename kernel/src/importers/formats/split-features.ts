import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";

const [QUOTE, BACKSLASH, COMMA, OPEN_LIST, CLOSE_LIST, OPEN, CLOSE] = [...'"\\,[]{}'].map((sign) =>
  sign.charCodeAt(0),
);
const [NEWLINE, RETURN, BLANK] = [10, 13, 32];
const LINE_END = Buffer.from("\n");

/**
 * Copies the features of a GeoJSON feature collection to another file, one in each line, and resolves to the rest of the
 * document as JSON text. What a line holds is not looked into: that is the work of DuckDB's reader of JSON, which takes lines
 * in any number with little memory, but a document only as a whole.
 */
export async function splitFeatures(path: string, target: string, signal?: AbortSignal): Promise<string> {
  const splitter = new Splitter();
  const split = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) yield splitter.take(chunk);
  };
  const source = createReadStream(path, { highWaterMark: 1 << 20 });
  await pipeline(source, split, createWriteStream(target), signal ? { signal } : {});
  return Buffer.concat(splitter.rest).toString("utf8");
}

/** Walks over the bytes of a document: it knows texts from brackets and nothing else of JSON. */
class Splitter {
  /** What lies outside the features. */
  readonly rest: Buffer[] = [];
  #lines: Buffer[] = [];
  /** Where in the chunk that begins which is to be copied. */
  #start = 0;
  #depth = 0;
  #inText = false;
  #isEscaped = false;
  #isInFeatures = false;
  /** Bytes of the last text of the document's own object, which may be the name of a member. */
  #name: number[] = [];

  /** The lines of a chunk, with blanks for line breaks inside a feature. */
  take(chunk: Buffer): Buffer {
    this.#lines = [];
    this.#start = 0;
    for (let index = 0; index < chunk.length; index++) {
      const byte = chunk[index] ?? 0;
      if (this.#inText) this.#readText(byte);
      else this.#readSign(byte, chunk, index);
    }
    if (!this.#isInFeatures) this.rest.push(Buffer.from(chunk.subarray(this.#start)));
    else if (this.#depth > 2) this.#lines.push(chunk.subarray(this.#start));
    return Buffer.concat(this.#lines);
  }

  #readSign(byte: number, chunk: Buffer, index: number): void {
    if (byte === QUOTE) this.#beginText();
    else if (byte === OPEN || byte === OPEN_LIST) this.#open(chunk, index);
    else if (byte === CLOSE || byte === CLOSE_LIST) this.#close(chunk, index);
    else if (byte === COMMA && this.#depth === 2 && this.#isInFeatures) this.#start = index + 1;
    else if (byte === NEWLINE || byte === RETURN) chunk[index] = BLANK;
  }

  #open(chunk: Buffer, index: number): void {
    this.#depth++;
    if (this.#isInFeatures) {
      if (this.#depth === 3) this.#start = index;
    } else if (this.#depth === 2 && chunk[index] === OPEN_LIST && this.#isNamed("features")) {
      this.#isInFeatures = true;
      this.rest.push(Buffer.from(chunk.subarray(this.#start, index + 1)));
    }
  }

  #close(chunk: Buffer, index: number): void {
    this.#depth--;
    if (!this.#isInFeatures) return;
    if (this.#depth === 2) this.#lines.push(chunk.subarray(this.#start, index + 1), LINE_END);
    if (this.#depth > 1) return;
    this.#isInFeatures = false;
    this.#start = index;
  }

  #beginText(): void {
    this.#inText = true;
    if (this.#depth === 1) this.#name = [];
  }

  #readText(byte: number): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (byte === BACKSLASH) this.#isEscaped = true;
    else if (byte === QUOTE) this.#inText = false;
    if (this.#depth === 1 && this.#inText) this.#name.push(byte);
  }

  #isNamed(name: string): boolean {
    return Buffer.from(this.#name).toString("utf8") === name;
  }
}
