import { createHash } from "node:crypto";
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { UserError } from "../errors.ts";
import type { Work } from "../progress.ts";
import type { ImporterSource } from "./importer.ts";

/** A raw file on this machine, and what identifies its content. */
export interface FetchedFile {
  readonly path: string;
  /** SHA-256 of the content in hexadecimal digits. */
  readonly digest: string;
  readonly bytes: number;
}

/** Brings a publisher's file to this machine: from its npm package, from the cache, or from its address. */
export async function fetchSource(source: ImporterSource, cache: string, work: Work): Promise<FetchedFile> {
  const path = source.package ? packageFile(source.package) : await download(source.address, cache, work);
  return describe(path);
}

/** A file of the user's own. */
export async function fetchFile(path: string): Promise<FetchedFile> {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats)
    throw new UserError(`There is no file ${path}`, {
      where: path,
      hint: "The path starts at the notebook's folder.",
    });
  if (!stats.isFile()) throw new UserError(`${path} is a folder, not a file`, { where: path });
  return describe(resolve(path));
}

/**
 * Downloads an address into the cache, unless it is there. The file appears under its name when it is complete, so a cut
 * connection or an interrupt leaves nothing behind.
 */
export async function download(address: string, cache: string, work: Work): Promise<string> {
  const target = join(
    cache,
    createHash("sha256").update(address).digest("hex").slice(0, 32),
    nameIn(address),
  );
  if (existsSync(target)) return target;
  mkdirSync(dirname(target), { recursive: true });
  const partial = `${target}.${process.pid}.partial`;
  try {
    const response = await request(address, work.signal);
    const total = Number(response.headers.get("content-length") ?? Number.NaN);
    const received = await save(response, partial, total, work);
    // A length counts the bytes on the wire, so it says nothing about a body that was compressed on its way.
    if (Number.isFinite(total) && received !== total && !response.headers.has("content-encoding")) {
      throw new UserError(`The download of ${address} ended after ${received} of ${total} bytes`, {
        hint: "Run the cell again.",
      });
    }
    renameSync(partial, target);
    return target;
  } finally {
    rmSync(partial, { force: true });
  }
}

async function request(address: string, signal: AbortSignal | undefined): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(address, signal ? { signal } : {});
  } catch (cause) {
    signal?.throwIfAborted();
    throw new UserError(`${address} cannot be reached`, {
      hint: "Check the address and the network.",
      cause,
    });
  }
  if (response.ok) return response;
  throw new UserError(`${address} answered ${response.status} ${response.statusText}`.trimEnd());
}

async function save(
  response: Response,
  path: string,
  total: number,
  { signal, onProgress }: Work,
): Promise<number> {
  if (!response.body) throw new UserError(`${response.url} gave an empty answer`);
  let done = 0;
  const stage = `Downloading ${nameIn(response.url)}`;
  const count = async function* (chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      done += chunk.length;
      onProgress?.({ stage, done, unit: "bytes", ...(Number.isFinite(total) && { total }) });
      yield chunk;
    }
  };
  try {
    await pipeline(Readable.fromWeb(response.body), count, createWriteStream(path), signal ? { signal } : {});
  } catch (cause) {
    signal?.throwIfAborted();
    throw new UserError(`The download of ${response.url} broke off after ${done} bytes`, {
      hint: "Run the cell again.",
      cause,
    });
  }
  return done;
}

function nameIn(address: string): string {
  const name = basename(new URL(address).pathname).replace(/[^\w.-]/g, "_");
  return /^\.*$/.test(name) ? "download" : name.slice(-80);
}

function packageFile({ name, path }: { readonly name: string; readonly path: string }): string {
  const entry = createRequire(import.meta.url).resolve(name);
  const marker = join("node_modules", ...name.split("/"));
  const root = entry.slice(0, entry.lastIndexOf(marker) + marker.length);
  return join(root, path);
}

async function describe(path: string): Promise<FetchedFile> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return { path, digest: hash.digest("hex"), bytes: statSync(path).size };
}
