/** How long a download tries. */
export interface Patience {
  /** How often it is tried before it fails. */
  readonly attempts: number;
  /** Milliseconds before the second try; twice as many before each further one. */
  readonly firstWait: number;
  /** Milliseconds without {@link LEAST_BYTES} after which a connection is given up. */
  readonly stall: number;
}

/** Fewer bytes than this in the time of a stall are as good as none: a file would take for ever. */
export const LEAST_BYTES = 1024;

/** What a publisher's server can be asked to bear. */
export const PATIENCE: Patience = { attempts: 4, firstWait: 500, stall: 60_000 };

/** Longest wait that a server may ask for, in milliseconds. */
const LONGEST_WAIT = 60_000;

/** Milliseconds to wait after a failed try, as long as the server's `Retry-After` says when it says something. */
export function waitAfter(attempt: number, { firstWait }: Patience, retryAfter: string | null): number {
  const asked = retryAfter === null ? Number.NaN : secondsOf(retryAfter) * 1000;
  const usual = firstWait * 2 ** attempt * (0.75 + Math.random() / 2);
  return Math.min(LONGEST_WAIT, Number.isFinite(asked) ? Math.max(asked, usual) : usual);
}

function secondsOf(retryAfter: string): number {
  if (/^\d+$/.test(retryAfter.trim())) return Number(retryAfter);
  return (Date.parse(retryAfter) - Date.now()) / 1000;
}

/** Sleeps, unless the work is stopped. */
export function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    if (signal?.aborted) stop();
    else signal?.addEventListener("abort", stop, { once: true });
  });
}

const hosts = new Map<string, Promise<unknown>>();

/** Asks a host for one thing at a time, whatever is imported at once. */
export async function politely<Result>(address: string, work: () => Promise<Result>): Promise<Result> {
  const { host } = new URL(address);
  const before = hosts.get(host) ?? Promise.resolve();
  const result = before.then(work, work);
  const settled = result.catch(() => undefined);
  hosts.set(host, settled);
  settled.then(() => {
    if (hosts.get(host) === settled) hosts.delete(host);
  });
  return result;
}
