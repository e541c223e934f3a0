import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { UserError } from "../../errors.ts";
import type { Work } from "../../progress.ts";
import { isRunning } from "../../store/processes.ts";
import { type Answer, askAddress, RedirectLoop } from "./http.ts";
import { LEAST_BYTES, PATIENCE, type Patience, politely, sleep, waitAfter } from "./wait.ts";

/** Statuses after which another try may help. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Publishers refuse what does not look like a browser. */
const AGENT = "Mozilla/5.0 (compatible; Tombolo)";

/** Largest download; a country of OpenStreetMap has a few gigabytes. */
const LARGEST_BYTES = 20e9;

/** What is downloaded. */
export interface DownloadRequest {
  readonly address: string;
  /** What is added to the address and appears in no message. */
  readonly secret?: string | undefined;
  readonly accept?: string | undefined;
  /** What an earlier answer said of itself: with it the server may say that nothing has changed. */
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}

/** What a server said of the file that it gave. */
export interface Downloaded {
  readonly etag?: string;
  readonly lastModified?: string;
}

/** Where a broken download stands. */
interface Half {
  bytes: number;
  /** ETag or date of the answer that it began with: the rest must come from the same one. */
  validator: string | undefined;
}

/** A failure after which another try may help. */
class Passing extends Error {
  readonly retryAfter: string | null;

  constructor(message: string, retryAfter: string | null = null, cause?: unknown) {
    super(message, { cause });
    this.retryAfter = retryAfter;
  }
}

/**
 * Downloads an address to a path, which appears when the file is complete. A cut connection is taken up where it broke off.
 * Resolves to undefined when the server says that nothing has changed. Throws a UserError in one sentence when it fails.
 */
export async function downloadTo(
  target: string,
  request: DownloadRequest,
  work: Work,
  patience: Patience = PATIENCE,
): Promise<Downloaded | undefined> {
  mkdirSync(dirname(target), { recursive: true });
  clearHalves(dirname(target));
  const partial = `${target}.${process.pid}.${Math.random().toString(36).slice(2, 8)}.partial`;
  const half: Half = { bytes: 0, validator: undefined };
  try {
    for (let attempt = 0; ; attempt++) {
      try {
        const got = await politely(request.address, () => once(partial, request, half, work, patience));
        if (got) renameSync(partial, target);
        return got;
      } catch (error) {
        work.signal?.throwIfAborted();
        if (!(error instanceof Passing)) throw error;
        if (attempt + 1 >= patience.attempts)
          throw new UserError(error.message, { hint: "Try again later.", cause: error.cause });
        const wait = waitAfter(attempt, patience, error.retryAfter);
        work.onProgress?.({ stage: `${error.message}; trying again in ${Math.ceil(wait / 1000)} s` });
        await sleep(wait, work.signal);
      }
    }
  } finally {
    rmSync(partial, { force: true });
  }
}

/** Removes what processes that were killed have left half done. */
function clearHalves(folder: string): void {
  for (const name of readdirSync(folder)) {
    const [, pid] = /\.(\d+)\.\w+\.partial$/.exec(name) ?? [];
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(folder, name), { force: true });
  }
}

async function once(
  partial: string,
  request: DownloadRequest,
  half: Half,
  work: Work,
  patience: Patience,
): Promise<Downloaded | undefined> {
  const stall = new AbortController();
  const signal = AbortSignal.any([stall.signal, ...(work.signal ? [work.signal] : [])]);
  let timer = setTimeout(() => stall.abort(), patience.stall);
  let fresh = 0;
  const alive = (bytes: number) => {
    fresh += bytes;
    if (fresh < LEAST_BYTES) return;
    fresh = 0;
    clearTimeout(timer);
    timer = setTimeout(() => stall.abort(), patience.stall);
  };
  try {
    const response = await ask(request, half, signal);
    if (response.status === 304) {
      response.body.destroy();
      return undefined;
    }
    if (response.status !== 206) half.bytes = 0;
    await save(response, partial, request, half, { ...work, signal }, alive);
    const etag = response.headers.get("etag");
    const lastModified = response.headers.get("last-modified");
    return { ...(etag && { etag }), ...(lastModified && { lastModified }) };
  } catch (cause) {
    if (!stall.signal.aborted) throw cause;
    const seconds = Math.round(patience.stall / 1000);
    throw new Passing(
      `${request.address} has sent ${fresh === 0 ? "nothing" : "next to nothing"} for ${seconds} seconds`,
    );
  } finally {
    clearTimeout(timer);
  }
}

async function ask(request: DownloadRequest, half: Half, signal: AbortSignal): Promise<Answer> {
  const { address, secret = "", accept, etag, lastModified } = request;
  const resumed = half.bytes > 0 && half.validator !== undefined;
  const headers = {
    "user-agent": AGENT,
    ...(accept !== undefined && { accept }),
    ...(resumed && { range: `bytes=${half.bytes}-`, "if-range": half.validator ?? "" }),
    ...(!resumed && etag !== undefined && { "if-none-match": etag }),
    ...(!resumed && lastModified !== undefined && { "if-modified-since": lastModified }),
  };
  let response: Answer;
  try {
    response = await askAddress(address + secret, { headers, signal });
  } catch (cause) {
    throw unreachable(address, cause);
  }
  const isGood = response.status >= 200 && response.status < 300;
  if (isGood || response.status === 304) return response;
  response.body.destroy();
  const sentence = `${address} answered ${response.status} ${response.statusText}`.trimEnd();
  if (response.status === 416) half.bytes = 0;
  if (PASSING.has(response.status) || response.status === 416)
    throw new Passing(sentence, response.headers.get("retry-after"));
  throw new UserError(sentence);
}

function unreachable(address: string, cause: unknown): Error {
  if (cause instanceof RedirectLoop)
    return new UserError(`${address} sends from one address to the next without end`, { cause });
  return new Passing(`${address} cannot be reached`, null, cause);
}

async function save(
  response: Answer,
  path: string,
  { address }: DownloadRequest,
  half: Half,
  { signal, onProgress }: Work,
  alive: (bytes: number) => void,
): Promise<void> {
  const packed = response.headers.has("content-encoding");
  const length = Number(response.headers.get("content-length") ?? Number.NaN);
  // A length counts the bytes on the wire, so it says nothing about a body that was compressed on its way.
  const total = packed ? Number.NaN : length + half.bytes;
  if (total > LARGEST_BYTES) throw new UserError(`${address} has ${total} bytes, more than can be meant`);
  half.validator = packed ? undefined : validatorOf(response);
  const stage = `Downloading ${nameOf(address)}`;
  const told = () =>
    onProgress?.({ stage, done: half.bytes, unit: "bytes", ...(Number.isFinite(total) && { total }) });
  try {
    await receive(response.body, path, half, (bytes) => {
      alive(bytes);
      told();
    });
  } catch (cause) {
    signal?.throwIfAborted();
    const got = half.bytes;
    if (half.validator === undefined) half.bytes = 0;
    if (got > LARGEST_BYTES) throw new UserError(`${address} does not end`);
    if (packed && /header check|invalid|unexpected end/i.test(reasonOf(cause)))
      throw new UserError(`${address} sent something that is not compressed as it says`, { cause });
    throw new Passing(`The download of ${address} broke off after ${got} bytes`, null, cause);
  }
  if (!Number.isFinite(total) || half.bytes === total) return;
  const got = half.bytes;
  half.bytes = 0;
  throw new Passing(`The download of ${address} ended after ${got} of ${total} bytes`);
}

/** Written chunk by chunk: what counts is on the disk, so that a resumed download begins where the file ends. */
async function receive(
  body: AsyncIterable<Uint8Array>,
  path: string,
  half: Half,
  arrived: (bytes: number) => void,
): Promise<void> {
  const file = await open(path, half.bytes > 0 ? "a" : "w");
  try {
    for await (const chunk of body) {
      await file.writeFile(chunk);
      half.bytes += chunk.length;
      arrived(chunk.length);
      if (half.bytes > LARGEST_BYTES) throw new Error("too large");
    }
  } finally {
    await file.close();
  }
}

/** A weak ETag does not promise the same bytes, so a resumed download cannot rely on it. */
function validatorOf(response: Answer): string | undefined {
  if (response.status === 206)
    return response.headers.get("etag") ?? response.headers.get("last-modified") ?? undefined;
  const etag = response.headers.get("etag");
  if (etag !== null && !etag.startsWith("W/")) return etag;
  return response.headers.get("last-modified") ?? undefined;
}

/** Messages of an error and of what caused it. */
function reasonOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return String(error);
  const message = "message" in error ? String(error.message) : "";
  return "cause" in error && error.cause ? `${message}: ${reasonOf(error.cause)}` : message;
}

/** Name of the file at an address, fit for a message; some services have it in the query. */
export function nameOf(address: string): string {
  const { pathname, search, host } = new URL(address);
  const parts = [pathname, search.split("&")[0] ?? ""].map((part) => basename(decodeURIComponent(part)));
  const name = (parts.find((part) => /\.\w{2,8}$/.test(part)) ?? parts[0] ?? "").replace(/[^\w .,()-]/g, "_");
  if (/^[._]*$/.test(name)) return host;
  // What an interface answers has no name of its own: its last word alone would say little.
  return /\.\w{2,8}$/.test(name) ? name.slice(-80) : `${host}/…/${name.slice(-80)}`;
}
