import { politely } from "../importers/fetch/wait.ts";
import type { Work } from "../progress.ts";
import type { SourceAddress } from "./addresses.ts";

/** What became of an address. */
export type SourceState =
  | "as expected"
  | "moved"
  | "gone"
  | "refused"
  | "a web page"
  | "server error"
  | "unreachable";

/** What an address answered. */
export interface SourceReport extends SourceAddress {
  readonly state: SourceState;
  /** Status, new address or reason, in words. */
  readonly detail: string;
  /** Size that the server tells, in bytes. */
  readonly bytes?: number;
}

/** How long and how an address is asked. */
export interface CheckOptions extends Work {
  /** Milliseconds after which an answer is given up. */
  readonly patience?: number;
  /** Milliseconds between two questions to one host. */
  readonly pause?: number;
}

const AGENT = "Mozilla/5.0 (compatible; Tombolo)";
const MOST_REDIRECTS = 10;
/** Servers that do not answer HEAD say so with one of these. */
const NO_HEAD = new Set([400, 403, 404, 405, 406, 501]);

/**
 * Asks each address whether it still gives what an importer expects, by its head alone or by its first byte; each host gets one question
 * at a time. Hosts are asked beside each other.
 */
export async function checkSources(
  addresses: readonly SourceAddress[],
  options: CheckOptions = {},
): Promise<readonly SourceReport[]> {
  let done = 0;
  return Promise.all(
    addresses.map(async (source) => {
      const report = await politely(source.address, async () => {
        options.signal?.throwIfAborted();
        const answer = await checkSource(source, options);
        await new Promise((resolve) => setTimeout(resolve, options.pause ?? 250));
        return answer;
      });
      options.onProgress?.({ stage: "Asking publishers", done: ++done, total: addresses.length });
      return report;
    }),
  );
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly bytes: number | undefined;
  /** Where redirects led. */
  readonly address: string;
}

async function checkSource(source: SourceAddress, options: CheckOptions): Promise<SourceReport> {
  try {
    let answer = await ask(source.address, "HEAD", options);
    if (NO_HEAD.has(answer.status)) answer = await ask(source.address, "GET", options);
    return {
      ...source,
      ...judge(source, answer),
      ...(answer.bytes !== undefined && { bytes: answer.bytes }),
    };
  } catch (error) {
    options.signal?.throwIfAborted();
    return { ...source, state: "unreachable", detail: reasonOf(error) };
  }
}

/** Follows redirects by itself, so as to see where they lead. */
async function ask(
  address: string,
  method: "HEAD" | "GET",
  { signal, patience = 20_000 }: CheckOptions,
): Promise<Answer> {
  let place = address;
  for (let step = 0; step <= MOST_REDIRECTS; step++) {
    const limit = AbortSignal.timeout(patience);
    const response = await fetch(place, {
      method,
      redirect: "manual",
      headers: { "user-agent": AGENT, ...(method === "GET" && { range: "bytes=0-0" }) },
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    await response.body?.cancel();
    const next = response.headers.get("location");
    if (response.status >= 300 && response.status < 400 && next !== null) {
      place = new URL(next, place).href;
      continue;
    }
    const range = /\/(\d+)$/.exec(response.headers.get("content-range") ?? "")?.[1];
    const length = range ?? response.headers.get("content-length");
    const bytes = length === null ? Number.NaN : Number(length);
    return {
      status: response.status,
      type: response.headers.get("content-type") ?? "",
      bytes: Number.isFinite(bytes) && (range !== undefined || method === "HEAD") ? bytes : undefined,
      address: place,
    };
  }
  throw new Error(`more than ${MOST_REDIRECTS} redirects`);
}

function judge({ address, suffix }: SourceAddress, answer: Answer): Pick<SourceReport, "state" | "detail"> {
  const { status, type } = answer;
  if (status === 404 || status === 410) return { state: "gone", detail: `status ${status}` };
  if (status === 401 || status === 403 || status === 429)
    return { state: "refused", detail: `status ${status}` };
  if (status >= 500) return { state: "server error", detail: `status ${status}` };
  if (status >= 400) return { state: "refused", detail: `status ${status}` };
  if (/text\/html/i.test(type) && !/\.html?$/i.test(suffix))
    return { state: "a web page", detail: answer.address };
  // A change of scheme, or a redirect to where a file is kept on the same host, is no move.
  const [from, to] = [new URL(address), new URL(answer.address)];
  if (from.host !== to.host && !/redirect/.test(from.search))
    return { state: "moved", detail: answer.address };
  return { state: "as expected", detail: type.split(";")[0] ?? "" };
}

/** The words of a failure; the reason of `fetch` stands behind its error. */
function reasonOf(error: unknown): string {
  const { name, message, cause } = partsOf(error);
  if (name === "TimeoutError") return "no answer in time";
  return cause === undefined ? (message ?? String(error)) : reasonOf(cause);
}

function partsOf(error: unknown): { name?: string; message?: string; cause?: unknown } {
  if (typeof error !== "object" || error === null) return {};
  return {
    ...("name" in error && { name: String(error.name) }),
    ...("message" in error && { message: String(error.message) }),
    ...("cause" in error && { cause: error.cause }),
  };
}
