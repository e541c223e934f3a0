import { type FileHandle, open } from "node:fs/promises";
import { endOfSpace, endOfText, endOfValue, NOT_YET } from "./json-bytes.ts";

const [QUOTE, COLON, COMMA, OPEN_LIST, CLOSE_LIST, OPEN, CLOSE] = [34, 58, 44, 91, 93, 123, 125] as const;
/** What may not stand in a line: in JSON these are blanks wherever they stand as they are. */
const [TAB, NEWLINE, RETURN, BLANK] = [9, 10, 13, 32] as const;

/** Stands between the fields of a line: a sign that JSON never holds as it is. */
export const FIELD_END = "\u001f";
const FIELD_SIGN = FIELD_END.charCodeAt(0);

const PIECE_BYTES = 1 << 20;
/** Most digits of a feature's number, and the signs of its line. */
const ADDED_BYTES = 20;

/** What splitting gives besides the lines. */
export interface SplitFeatures {
  /** The document as JSON text without its features. */
  readonly rest: string;
  /** Bytes of the longest line. */
  readonly longest: number;
}

/** How splitting is watched and stopped. */
export interface SplitOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told how many bytes of the document are done. */
  readonly onBytes?: ((done: number) => void) | undefined;
}

/**
 * Copies the features of a GeoJSON feature collection to another file, one in each line: its number from 0, its properties and its
 * geometry as they stand, with {@link FIELD_END} between them; what is absent or null is left empty. Nothing else is
 * looked into: that is the work of DuckDB, which then reads each number of a geometry once.
 */
export async function splitFeatures(
  path: string,
  target: string,
  { signal, onBytes }: SplitOptions = {},
): Promise<SplitFeatures> {
  const [source, lines] = [await open(path), await open(target, "w")];
  try {
    const splitter = new Splitter();
    let unread: Buffer = Buffer.alloc(0);
    let done = 0;
    for (;;) {
      signal?.throwIfAborted();
      // A feature that is longer than what was read is looked at again with twice as much of it.
      const piece = await readPiece(source, unread, Math.max(PIECE_BYTES, unread.length));
      const isLast = piece.length === unread.length;
      const used = splitter.take(piece);
      await lines.write(splitter.lines());
      done += used;
      onBytes?.(done);
      unread = piece.subarray(used);
      if (isLast) return { rest: splitter.end(unread), longest: splitter.longest };
    }
  } finally {
    await source.close();
    await lines.close();
  }
}

/** What is left over with what follows it. */
async function readPiece(file: FileHandle, before: Buffer, bytes: number): Promise<Buffer> {
  const piece = Buffer.allocUnsafe(before.length + bytes);
  before.copy(piece);
  const { bytesRead } = await file.read(piece, before.length, bytes);
  return piece.subarray(0, before.length + bytesRead);
}

/** Where something begins and ends; both are 0 when it is not there. */
type Span = readonly [from: number, to: number];
const NOTHING: Span = [0, 0];

type Part = "before" | "features" | "after";

/** Walks over a document from piece to piece. */
class Splitter {
  longest = 0;
  readonly #rest: Buffer[] = [];
  #part: Part = "before";
  #features = 0;
  #out: Buffer = Buffer.alloc(0);
  #length = 0;

  /** Goes as far as a piece is complete; returns how far that is. */
  take(piece: Buffer): number {
    this.#length = 0;
    let at = 0;
    if (this.#part === "before") at = this.#openFeatures(piece);
    if (this.#part === "features") at = this.#readFeatures(piece, at);
    return at;
  }

  /** The lines of the piece that was taken last. */
  lines(): Buffer {
    return this.#out.subarray(0, this.#length);
  }

  /** The document without its features; `unread` is its end. */
  end(unread: Buffer): string {
    if (this.#part === "features") throw new SyntaxError("The list of features does not end");
    return Buffer.concat([...this.#rest, unread]).toString("utf8");
  }

  /** Looks for the list of features among the members of the document. */
  #openFeatures(piece: Buffer): number {
    let at = endOfSpace(piece, piece[0] === 0xef ? 3 : 0);
    if (piece[at] !== OPEN) return 0;
    at = endOfSpace(piece, at + 1);
    while (piece[at] === QUOTE) {
      const member = readMember(piece, at);
      if (!member) return 0;
      const { name, value } = member;
      if (name === "features" && piece[value] === OPEN_LIST) {
        this.#rest.push(Buffer.from(piece.subarray(0, value + 1)));
        this.#part = "features";
        return value + 1;
      }
      const end = endOfValue(piece, value);
      if (end === NOT_YET) return 0;
      at = endOfSpace(piece, end);
      if (piece[at] === COMMA) at = endOfSpace(piece, at + 1);
    }
    return 0;
  }

  #readFeatures(piece: Buffer, from: number): number {
    blankLineEnds(piece, from);
    let at = from;
    for (;;) {
      const begin = endOfSpace(piece, at);
      const sign = piece[begin];
      if (sign === CLOSE_LIST) {
        this.#part = "after";
        return begin;
      }
      if (sign === COMMA) {
        at = begin + 1;
        continue;
      }
      if (sign === undefined) return at;
      if (sign !== OPEN) throw new SyntaxError("The list of features holds something else");
      const end = this.#readFeature(piece, begin);
      if (end === NOT_YET) return at;
      at = end;
    }
  }

  #readFeature(piece: Buffer, from: number): number {
    let properties = NOTHING;
    let geometry = NOTHING;
    let at = endOfSpace(piece, from + 1);
    while (piece[at] === QUOTE) {
      const member = readMember(piece, at);
      if (!member) return NOT_YET;
      const { name, value } = member;
      const end = endOfValue(piece, value);
      if (end === NOT_YET) return NOT_YET;
      if (name === "geometry") geometry = [value, end];
      if (name === "properties") properties = [value, end];
      at = endOfSpace(piece, end);
      if (piece[at] === COMMA) at = endOfSpace(piece, at + 1);
    }
    if (at >= piece.length) return NOT_YET;
    if (piece[at] !== CLOSE) throw new SyntaxError(`Feature ${this.#features} is not well-formed`);
    this.#writeLine(piece, properties, geometry);
    return at + 1;
  }

  #writeLine(piece: Buffer, properties: Span, geometry: Span): void {
    const start = this.#length;
    this.#makeRoom(piece, properties[1] - properties[0] + geometry[1] - geometry[0] + ADDED_BYTES);
    this.#length += this.#out.write(String(this.#features++), this.#length, "latin1");
    for (const [from, to] of [properties, geometry]) {
      this.#out[this.#length++] = FIELD_SIGN;
      if (piece[from] === OPEN) this.#length += piece.copy(this.#out, this.#length, from, to);
    }
    this.#out[this.#length++] = NEWLINE;
    this.longest = Math.max(this.longest, this.#length - start);
  }

  #makeRoom({ length }: Buffer, bytes: number): void {
    if (this.#out.length >= this.#length + bytes) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#length + bytes, length, 2 * this.#out.length));
    this.#out.copy(larger, 0, 0, this.#length);
    this.#out = larger;
  }
}

/** The name of a member that begins at a quote, and where its value begins; undefined when the piece ends before. */
function readMember(piece: Buffer, at: number): { name: string; value: number } | undefined {
  const end = endOfText(piece, at);
  const colon = end === NOT_YET ? piece.length : endOfSpace(piece, end);
  const value = endOfSpace(piece, colon + 1);
  if (value >= piece.length) return undefined;
  if (piece[colon] !== COLON) throw new SyntaxError("A member has no value");
  return { name: piece.toString("latin1", at + 1, end - 1), value };
}

/** Line breaks and tabs become blanks. */
function blankLineEnds(piece: Buffer, from: number): void {
  for (const sign of [TAB, NEWLINE, RETURN])
    for (let at = piece.indexOf(sign, from); at !== -1; at = piece.indexOf(sign, at + 1)) piece[at] = BLANK;
}
