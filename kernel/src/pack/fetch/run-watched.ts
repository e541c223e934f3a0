import { execFile } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { UserError } from "../../errors.ts";
import { MOST_FETCHED, MOST_FETCHED_FILES } from "../limits.ts";

/** How a program is run whose writing is watched. */
export interface WatchedRun {
  /** The folder that it works in and writes to. */
  readonly folder: string;
  readonly signal?: AbortSignal | undefined;
  readonly variables?: Readonly<Record<string, string>>;
}

/** How often the folder is measured, in milliseconds. */
const PERIOD = 100;

/**
 * Runs a program and gives what it prints. It is ended, and a UserError thrown, as soon as its folder holds more than a pack
 * may bring: neither a registry nor a repository can be trusted to say beforehand how much there is.
 */
export async function runWatched(
  program: string,
  parameters: readonly string[],
  { folder, signal, variables = {} }: WatchedRun,
): Promise<string> {
  const tooMuch = new AbortController();
  const watch = setInterval(() => {
    const found = measured(folder);
    if (found !== undefined) tooMuch.abort(found);
  }, PERIOD);
  const signals = [tooMuch.signal, ...(signal ? [signal] : [])];
  try {
    const { stdout } = await promisify(execFile)(program, [...parameters], {
      cwd: folder,
      env: { ...process.env, ...variables },
      signal: AbortSignal.any(signals),
      maxBuffer: MOST_FETCHED,
    });
    const found = measured(folder);
    if (found !== undefined) throw found;
    return stdout;
  } catch (cause) {
    if (tooMuch.signal.aborted && !signal?.aborted) throw tooMuch.signal.reason;
    throw cause;
  } finally {
    clearInterval(watch);
  }
}

/** Why the folder holds too much; undefined while it does not. */
function measured(folder: string): UserError | undefined {
  let [bytes, files] = [0, 0];
  for (const size of sizesIn(folder)) {
    bytes += size;
    files++;
    if (bytes > MOST_FETCHED) return refused(`it brings more than ${MOST_FETCHED / 1e6} MB`);
    if (files > MOST_FETCHED_FILES) return refused(`it brings more than ${MOST_FETCHED_FILES} files`);
  }
  return undefined;
}

const refused = (what: string) => new UserError(`The pack is not taken: ${what}`);

function* sizesIn(folder: string): Generator<number> {
  let entries: ReturnType<typeof listed>;
  try {
    entries = listed(folder);
  } catch {
    // The program has removed it in the meantime.
    return;
  }
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sizesIn(path);
    yield statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  }
}

const listed = (folder: string) => readdirSync(folder, { withFileTypes: true });
