import { randomUUID } from "node:crypto";
import { closeSync, createReadStream, createWriteStream, openSync, readSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { Transform, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { crc32, createGunzip } from "node:zlib";
import { UserError } from "../../errors.ts";
import type { FetchedFile } from "../fetch/fetch.ts";
import type { SourceFile } from "../importer.ts";
import type { Piece } from "./read.ts";

/** What an archive may grow to: a bomb grows a thousandfold. */
export interface UnpackLimits {
  readonly bytes: number;
  /** Most bytes that one byte of the archive may become, once there are more than a few megabytes of them. */
  readonly ratio: number;
  readonly entries: number;
}

const LIMITS: UnpackLimits = { bytes: 8e9, ratio: 250, entries: 20_000 };
const HARMLESS_BYTES = 32e6;

/** An archive: where it is, and how people know it. */
export interface Archive {
  readonly path: string;
  readonly name: string;
}

/** An unpacked entry. */
export interface Unpacked {
  readonly path: string;
  /** Its name inside the archive. */
  readonly entry: string;
}

/**
 * Unpacks those entries of a zip archive whose name, or whose end, is wanted, in the order wanted. They get names of their
 * own in the folder, the same stem for the same stem, so no archive chooses where its files go. Throws a UserError when the
 * archive is damaged, tries to leave its folder, grows without measure, or lacks an entry.
 */
export async function unpackZip(
  archive: Archive,
  wanted: readonly string[],
  folder: string,
  signal?: AbortSignal,
  limits: UnpackLimits = LIMITS,
): Promise<Unpacked[]> {
  const found = new Map<string, Unpacked>();
  const names: string[] = [];
  const stems = new Map<string, string>();
  const choose = (entry: string) => {
    names.push(entry);
    if (entry.startsWith("__MACOSX/")) return undefined;
    const want = wanted.find((name) => entry.endsWith(name));
    if (want === undefined || found.has(want)) return undefined;
    const stem = entry.slice(0, entry.length - extname(entry).length);
    const name = stems.get(stem) ?? randomUUID();
    stems.set(stem, name);
    const target = join(folder, `${name}${extname(entry).toLowerCase()}`);
    found.set(want, { path: target, entry });
    return createWriteStream(target);
  };
  await walkZip(archive, choose, limits, signal);
  return wanted.map((want) => {
    const unpacked = found.get(want);
    if (unpacked) return unpacked;
    throw new UserError(`${archive.name} does not hold ${want}, so nothing was imported`, {
      where: archive.path,
      hint: `It holds ${names.slice(0, 8).join(", ")}.`,
    });
  });
}

/** The files that a download holds: itself, or the entries of an archive that are wanted. */
export async function piecesOf(
  source: SourceFile,
  { path, name }: FetchedFile,
  folder: string,
  signal?: AbortSignal,
): Promise<Piece[]> {
  if (source.read) return [{ path, name, source }];
  if (source.entries) {
    const unpacked = await unpackZip({ path, name }, source.entries, folder, signal);
    const [first] = unpacked;
    // A shapefile is several files of one stem, of which the first wanted is read.
    const read = source.format === "geo" && first ? [first] : unpacked;
    return read.map((each) => ({ path: each.path, name: basename(each.entry), source }));
  }
  const start = readStart(path);
  if (source.format === "spreadsheet" && start === "504b") await checkZip({ path, name }, signal);
  if (source.format === "lines" && start === "1f8b")
    return [{ path: await unpackGzip({ path, name }, folder, signal), name, source }];
  return [{ path, name, source }];
}

/** The first two bytes of a file in hexadecimal digits. */
function readStart(path: string): string {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(2);
    readSync(file, bytes, 0, 2, 0);
    return bytes.toString("hex");
  } finally {
    closeSync(file);
  }
}

/** Names of the files inside a zip archive, in their order. */
export async function zipEntries(archive: Archive, signal?: AbortSignal): Promise<string[]> {
  const names: string[] = [];
  const list = (entry: string) => {
    names.push(entry);
    return undefined;
  };
  await walkZip(archive, list, LIMITS, signal);
  return names;
}

/** Reads a whole zip archive, such as a spreadsheet, to see that it is sound and no bomb before another program reads it. */
export async function checkZip(
  archive: Archive,
  signal?: AbortSignal,
  limits: UnpackLimits = LIMITS,
): Promise<void> {
  await walkZip(archive, () => new Writable({ write: (_chunk, _encoding, done) => done() }), limits, signal);
}

/** Unpacks a gzip file into the folder. */
export async function unpackGzip(
  archive: Archive,
  folder: string,
  signal?: AbortSignal,
  limits: UnpackLimits = LIMITS,
): Promise<string> {
  const target = join(folder, randomUUID());
  const measure = measured(archive, limits);
  try {
    const packed = counted(measure.packed);
    const streams = [
      createReadStream(archive.path),
      packed,
      createGunzip(),
      counted(measure.unpacked),
    ] as const;
    await pipeline(...streams, createWriteStream(target), signal ? { signal } : {});
  } catch (cause) {
    throw retold(archive, cause, signal);
  }
  return target;
}

async function walkZip(
  archive: Archive,
  choose: (entry: string) => Writable | undefined,
  limits: UnpackLimits,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { openPromise } = await import("yauzl");
  const measure = measured(archive, limits);
  try {
    const zip = await openPromise(archive.path);
    try {
      if (zip.entryCount > limits.entries) throw bomb(archive);
      for await (const entry of zip.eachEntry()) {
        if (entry.fileName.endsWith("/")) continue;
        const target = choose(entry.fileName);
        if (!target) continue;
        measure.packed(entry.compressedSize);
        const content = await zip.openReadStreamPromise(entry);
        const sum = { crc: 0 };
        await pipeline(content, counted(measure.unpacked, sum), target, signal ? { signal } : {});
        if (sum.crc !== entry.crc32) throw new Error(`${entry.fileName} has another checksum`);
      }
    } finally {
      zip.close();
    }
  } catch (cause) {
    throw retold(archive, cause, signal);
  }
}

/** Counts what goes in and what comes out, and throws when it is out of all proportion. */
function measured(archive: Archive, { bytes, ratio }: UnpackLimits) {
  let packed = 0;
  let unpacked = 0;
  return {
    packed(length: number) {
      packed += length;
    },
    unpacked(length: number) {
      unpacked += length;
      if (unpacked > bytes || (unpacked > HARMLESS_BYTES && unpacked > ratio * packed)) throw bomb(archive);
    },
  };
}

function counted(count: (length: number) => void, sum?: { crc: number }): Transform {
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      try {
        count(chunk.length);
        if (sum) sum.crc = crc32(chunk, sum.crc);
        done(null, chunk);
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
      }
    },
  });
}

function bomb({ path, name }: Archive): UserError {
  return new UserError(`${name} unpacks to far more than an honest archive would, so it was not read`, {
    where: path,
  });
}

function retold({ path, name }: Archive, cause: unknown, signal: AbortSignal | undefined): unknown {
  signal?.throwIfAborted();
  if (cause instanceof UserError) return cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  if (/relative path|absolute path|invalid characters in fileName/i.test(reason))
    return new UserError(
      `${name} holds a file that would be written outside its folder, so it was not unpacked`,
      {
        where: path,
        cause,
      },
    );
  return new UserError(`${name} cannot be unpacked: it is damaged or cut short`, {
    where: path,
    cause,
  });
}
