import { closeSync, openSync, readSync } from "node:fs";

const BYTES = 1 << 16;

/** The text that a file begins with; what is no UTF-8 comes out as it may. */
export function startOfFile(path: string): string {
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(BYTES);
    const length = readSync(file, buffer, 0, BYTES, 0);
    return buffer.toString("utf8", 0, length).replace(/^\uFEFF/, "");
  } finally {
    closeSync(file);
  }
}

/** The text that a file begins with, up to the end of its last whole line. */
export function firstLinesOf(path: string): string {
  const text = startOfFile(path);
  const isCut = Buffer.byteLength(text) > BYTES - 4;
  return isCut ? text.slice(0, text.lastIndexOf("\n") + 1) || text : text;
}
