import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";

const [QUOTE, BACKSLASH, COMMA, OPEN_LIST, CLOSE_LIST, OPEN, CLOSE] = [34, 92, 44, 91, 93, 123, 125] as const;
const [NEWLINE, RETURN, BLANK] = [10, 13, 32] as const;
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

/** What a byte means outside a text; most bytes of a document are numbers, which mean nothing here. */
const PLAIN = 0;
const MEANINGS = new Uint8Array(256);
for (const sign of [QUOTE, COMMA, OPEN_LIST, CLOSE_LIST, OPEN, CLOSE, NEWLINE, RETURN]) MEANINGS[sign] = sign;

/** Walks over the bytes of a document: it knows texts from brackets and nothing else of JSON. */
class Splitter {
  /** What lies outside the features. */
  readonly rest: Buffer[] = [];
  #lines: Buffer[] = [];
  /** Where in the chunk that begins which is to be copied. */
  #start = 0;
  #depth = 0;
  #inText = false;
  #isInFeatures = false;
  /** Beginning of a text that the end of the last chunk has cut, from its quote on. */
  #cut: Buffer | undefined;
  /** Last text of the document's own object, which may be the name of a member. */
  #name = "";

  /** The lines of a chunk, with blanks for line breaks inside a feature. */
  take(chunk: Buffer): Buffer {
    this.#lines = [];
    this.#start = 0;
    let index = this.#inText ? this.#readText(chunk, 0) : 0;
    while (index < chunk.length) {
      const sign = MEANINGS[chunk[index] ?? 0] ?? PLAIN;
      if (sign === PLAIN) index++;
      else if (sign === QUOTE) index = this.#readText(chunk, index + 1);
      else this.#readSign(sign, chunk, index++);
    }
    if (!this.#isInFeatures) this.rest.push(Buffer.from(chunk.subarray(this.#start)));
    else if (this.#depth > 2) this.#lines.push(chunk.subarray(this.#start));
    return Buffer.concat(this.#lines);
  }

  #readSign(sign: number, chunk: Buffer, index: number): void {
    if (sign === OPEN || sign === OPEN_LIST) this.#open(chunk, index);
    else if (sign === CLOSE || sign === CLOSE_LIST) this.#close(chunk, index);
    else if (sign !== COMMA) chunk[index] = BLANK;
    else if (this.#depth === 2 && this.#isInFeatures) this.#start = index + 1;
  }

  #open(chunk: Buffer, index: number): void {
    this.#depth++;
    if (this.#isInFeatures) {
      if (this.#depth === 3) this.#start = index;
    } else if (this.#depth === 2 && chunk[index] === OPEN_LIST && this.#name === "features") {
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

  /** Reads a text from the byte after its quote, or on where the last chunk ended; the index after it. */
  #readText(chunk: Buffer, from: number): number {
    const before = this.#cut;
    this.#cut = undefined;
    let index = from;
    // A backslash at the very end of the last chunk takes the first byte of this one.
    if (before && endsEscaped(before)) index++;
    while (index < chunk.length && chunk[index] !== QUOTE) index += chunk[index] === BACKSLASH ? 2 : 1;
    this.#inText = index >= chunk.length;
    if (this.#inText) this.#cut = joined(before, chunk.subarray(from));
    else if (this.#depth === 1) this.#name = joined(before, chunk.subarray(from, index)).toString("utf8");
    return Math.min(index + 1, chunk.length);
  }
}

const joined = (before: Buffer | undefined, piece: Buffer) =>
  before ? Buffer.concat([before, piece]) : Buffer.from(piece);

function endsEscaped(text: Buffer): boolean {
  let backslashes = 0;
  while (text[text.length - 1 - backslashes] === BACKSLASH) backslashes++;
  return backslashes % 2 === 1;
}
