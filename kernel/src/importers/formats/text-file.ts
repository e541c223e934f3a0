import { randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

const BYTE_ORDER_MARKS = [
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
] as const;

/**
 * Path of the same text in UTF-8 without a byte order mark: the file itself, or a copy in the folder. What is no UTF-8 is
 * taken as Windows-1252, in which spreadsheets of western Europe are saved.
 */
export async function utf8File(
  path: string,
  folder: string,
  signal?: AbortSignal,
  known?: string,
): Promise<string> {
  const encoding = known ?? (await encodingOf(path, signal));
  if (encoding === undefined) return path;
  const target = join(folder, `${randomUUID()}.txt`);
  const decode = async function* (chunks: AsyncIterable<Uint8Array>) {
    const decoder = new TextDecoder(encoding);
    for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  };
  await pipeline(createReadStream(path), decode, createWriteStream(target), signal ? { signal } : {});
  return target;
}

/** The encoding to decode, or undefined for plain UTF-8. */
async function encodingOf(path: string, signal: AbortSignal | undefined): Promise<string | undefined> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let first = true;
  let marked = false;
  try {
    for await (const chunk of Readable.from(createReadStream(path, signal ? { signal } : {}))) {
      if (!(chunk instanceof Uint8Array)) continue;
      if (first) {
        const mark = BYTE_ORDER_MARKS.find(([, bytes]) =>
          bytes.every((byte, index) => chunk[index] === byte),
        );
        if (mark) return mark[0];
        marked = chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf;
        first = false;
      }
      decoder.decode(chunk, { stream: true });
    }
    decoder.decode();
    return marked ? "utf-8" : undefined;
  } catch (error) {
    if (isNoUtf8(error)) return "windows-1252";
    throw error;
  }
}

function isNoUtf8(error: unknown): boolean {
  return (
    typeof error === "object" &&
    error !== null &&
    "code" in error &&
    error.code === "ERR_ENCODING_INVALID_ENCODED_DATA"
  );
}
