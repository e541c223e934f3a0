import { type IncomingMessage, request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import { pipeline, type Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";

/** What a server answered. */
export interface Answer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  /** Its content, without the compression of the way. */
  readonly body: Readable;
}

/** How an address is asked. */
export interface AskOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** Thrown when a server sends from one address to the next without end. */
export class RedirectLoop extends Error {}

const MOST_REDIRECTS = 20;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const UNPACKERS: Readonly<Record<string, () => ReturnType<typeof createGunzip>>> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/**
 * Asks an address and follows where it sends. Not `fetch`: that one undoes compression so leniently that a body which was cut short passes for
 * whole.
 */
export async function askAddress(address: string, options: AskOptions): Promise<Answer> {
  let place = new URL(address);
  for (let step = 0; step <= MOST_REDIRECTS; step++) {
    const message = await askOnce(place, options);
    const status = message.statusCode ?? 0;
    const { location } = message.headers;
    if (!REDIRECTS.has(status) || location === undefined) {
      const headers = headersOf(message);
      return {
        status,
        statusText: message.statusMessage ?? "",
        headers,
        body: unpacked(message, headers.get("content-encoding")),
      };
    }
    message.resume();
    place = new URL(location, place);
  }
  throw new RedirectLoop(`more than ${MOST_REDIRECTS} redirects`);
}

function askOnce(place: URL, { headers, signal }: AskOptions): Promise<IncomingMessage> {
  if (!/^https?:$/.test(place.protocol)) throw new Error(`${place.protocol} is no way to ask`);
  const ask = place.protocol === "https:" ? secureRequest : plainRequest;
  return new Promise((resolve, reject) => {
    const request = ask(place, { headers: { "accept-encoding": "gzip, deflate, br", ...headers }, signal });
    request.on("response", resolve);
    request.on("error", reject);
    request.end();
  });
}

function headersOf({ headers }: IncomingMessage): Headers {
  const made = new Headers();
  for (const [name, value] of Object.entries(headers))
    for (const each of [value ?? []].flat()) made.append(name, each);
  return made;
}

/** Undoes encodings, the last first; one that is cut short is an error. */
function unpacked(message: IncomingMessage, encoding: string | null): Readable {
  const names = (encoding ?? "")
    .toLowerCase()
    .split(",")
    .map((name) => name.trim());
  return names.reverse().reduce<Readable>((body, name) => {
    const unpack = UNPACKERS[name];
    // A failure reaches whoever reads what comes out.
    return unpack ? pipeline(body, unpack(), () => undefined) : body;
  }, message);
}
