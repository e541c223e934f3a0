import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readdirSync, readFileSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import type { Readable, Writable } from "node:stream";
import { UserError } from "../../errors.ts";
import { type Message, parseMessage, parseRows, type Row } from "./message.ts";

/** Code of an importer, and what it may ask for. */
export interface ConfinedCode {
  /** How the user knows it. */
  readonly name: string;
  readonly code: string;
  /** Columns of the rows that it gives. */
  readonly columns: readonly string[];
  /** Text at an address, or of a file, by what the code calls it; throws a UserError for what was not declared. */
  readonly ask: (kind: "fetch" | "file", name: string) => Promise<string>;
  readonly signal?: AbortSignal | undefined;
  /** How long it may take; five minutes unless told otherwise. */
  readonly milliseconds?: number;
}

/** Sources run under a test runner; the process takes what has been built. */
const CHILD = import.meta.url.endsWith(".ts") ? "../../../dist/pack/sandbox/child.js" : "./child.js";

const MOST_MEGABYTES = 400;
/** Longest answer: rows as JSON. */
const MOST_LETTERS = 200_000_000;
const MOST_REQUESTS = 1000;

/**
 * Parameters with which Node runs a text and may do nothing else: read or write no file, start no program, no thread, no
 * addon, make no code of texts.
 */
export function confinedParameters(text: string): string[] {
  const permission = process.allowedNodeEnvironmentFlags.has("--permission")
    ? "--permission"
    : "--experimental-permission";
  // A database would be a way around the permission model.
  const sqlite = process.allowedNodeEnvironmentFlags.has("--experimental-sqlite")
    ? ["--no-experimental-sqlite"]
    : [];
  return [
    permission,
    ...sqlite,
    "--disallow-code-generation-from-strings",
    `--max-old-space-size=${MOST_MEGABYTES}`,
    "--input-type=module",
    "--eval",
    text,
  ];
}

/**
 * Runs the code of a pack's importer in a process of its own, which has no permission, no network and nothing of our
 * environment, and gives the rows that it computes. Throws a UserError when it fails, takes too long or too much memory, or
 * gives something else than it declares.
 */
export async function runConfined(confined: ConfinedCode): Promise<Row[]> {
  const { name, signal, milliseconds = 300_000 } = confined;
  signal?.throwIfAborted();
  const child = startConfined(readFileSync(new URL(CHILD, import.meta.url), "utf8"));
  // A process that has ended takes no more answers.
  child.stdin.on("error", () => undefined);
  let end: UserError | undefined;
  const stop = (what?: string) => {
    if (what !== undefined) end = new UserError(`The importer ${name} ${what}`, { where: name });
    child.kill("SIGKILL");
  };
  const timer = setTimeout(
    () => stop(`took longer than ${milliseconds / 1000} s and was stopped`),
    milliseconds,
  );
  const abort = () => stop();
  signal?.addEventListener("abort", abort);
  try {
    child.stdin.write(`${JSON.stringify(confined.code)}\n`);
    return await converse(child, confined, stop);
  } catch (error) {
    signal?.throwIfAborted();
    throw end ?? error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
    child.kill("SIGKILL");
  }
}

/** A process with its input and output. */
type Talking = ChildProcess & { readonly stdin: Writable; readonly stdout: Readable };

/** Starts Node with nothing of ours: DuckDB does not close its files in processes that we start, so nothing takes their places. */
export function startConfined(text: string): Talking {
  const nothing = openSync(devNull, "r");
  try {
    const places = new Array<number>(mostOpen()).fill(nothing);
    const child = spawn(process.execPath, confinedParameters(text), {
      cwd: tmpdir(),
      env: {},
      stdio: ["pipe", "pipe", "pipe", ...places],
    });
    child.stderr?.resume();
    if (isTalking(child)) return child;
    throw new Error("a process without input and output");
  } finally {
    closeSync(nothing);
  }
}

const isTalking = (child: ChildProcess): child is Talking => child.stdin !== null && child.stdout !== null;

/** Files that are opened while the process is being started. */
const SOME_MORE = 32;

/** A number of descriptors that reaches beyond all that are open; Windows hands none on. */
function mostOpen(): number {
  if (!existsSync("/dev/fd")) return 0;
  return Math.max(...readdirSync("/dev/fd").map(Number)) + SOME_MORE;
}

/** Answers what the code asks until it has given its rows. */
function converse(
  child: Talking,
  { name, columns, ask }: ConfinedCode,
  stop: (what?: string) => void,
): Promise<Row[]> {
  const failed = (what: string) => new UserError(`The importer ${name} ${what}`, { where: name });
  let requests = 0;
  const answer = async ({ kind, id, name: wanted }: Extract<Message, { id: number }>): Promise<void> => {
    const told = await ask(kind, wanted).then(
      (text) => ({ id, text }),
      (error: unknown) => ({ id, error: error instanceof UserError ? error.message : "it cannot be read" }),
    );
    child.stdin.write(`${JSON.stringify(told)}\n`);
  };
  const rowsIn = (rows: unknown): Row[] => {
    try {
      return parseRows(rows, columns);
    } catch (error) {
      throw failed(`is not taken: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  /** Rows when the message has them, undefined while it asks. */
  const take = async (message: Message | undefined): Promise<Row[] | undefined> => {
    if (!message) throw failed("says what nobody understands");
    if (message.kind === "failed") throw failed(`failed: ${message.message}`);
    if (message.kind === "rows") return rowsIn(message.rows);
    if (++requests > MOST_REQUESTS) throw failed(`asks for more than ${MOST_REQUESTS} files`);
    await answer(message);
    return undefined;
  };
  return new Promise((resolve, reject) => {
    const taken = (message: Message | undefined) => {
      take(message).then((rows) => rows && resolve(rows), reject);
    };
    readLines(child, taken, () => stop("gives more than can be taken"));
    child.on("error", reject);
    child.on("close", () =>
      reject(failed("ended before it had given rows; it may have used too much memory")),
    );
  });
}

function readLines(
  { stdout }: Talking,
  take: (message: Message | undefined) => void,
  tooMuch: () => void,
): void {
  let parts: string[] = [];
  let letters = 0;
  stdout.setEncoding("utf8");
  stdout.on("data", (text: string) => {
    letters += text.length;
    if (letters > MOST_LETTERS) {
      tooMuch();
      return;
    }
    const [first = "", ...others] = text.split("\n");
    parts.push(first);
    for (const next of others) {
      take(parseMessage(parts.join("")));
      parts = [next];
    }
  });
}
