import { randomUUID } from "node:crypto";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";

/** A cell of an earlier run of a kernel. */
export interface PastInput {
  readonly session: number;
  readonly line: number;
  readonly input: string;
}

/** By how much the number of the present run is greater than that of the last one. */
export const SESSION_NOW = 1;

const MOST_BYTES = 4_000_000;

/**
 * Cells of all kernels of a user, one JSON line each: `{"run": id, "line": 3, "input": "…"}`. Only what was typed is kept,
 * never what it gave, which may be data that must not be saved.
 */
export class HistoryFile {
  readonly #path: string;
  readonly #run = randomUUID();
  #past: PastInput[] | undefined;
  /** Where the file ended before the first cell of this run: what stands before it is the past. */
  #end: number | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** Appends a cell. One write of one line: several kernels can share the file. */
  add(line: number, input: string): void {
    mkdirSync(dirname(this.#path), { recursive: true });
    this.#end ??= this.#begin();
    appendFileSync(this.#path, `${JSON.stringify({ run: this.#run, line, input })}\n`, { mode: 0o600 });
  }

  /** The cells of the runs before this one, read once, and not before somebody asks. */
  past(): readonly PastInput[] {
    this.#past ??= this.#read();
    return this.#past;
  }

  /** How long the file is; of one that is too long the newer half stays. */
  #begin(): number {
    if (!existsSync(this.#path)) return 0;
    const { size } = statSync(this.#path);
    if (size <= MOST_BYTES) return size;
    const bytes = readFileSync(this.#path);
    const kept = bytes.subarray(bytes.indexOf("\n", size - MOST_BYTES / 2) + 1);
    const shorter = `${this.#path}.${this.#run}`;
    writeFileSync(shorter, kept, { mode: 0o600 });
    renameSync(shorter, this.#path);
    return kept.length;
  }

  #read(): PastInput[] {
    if (!existsSync(this.#path)) return [];
    const text = readFileSync(this.#path).subarray(0, this.#end).toString();
    const sessions = new Map<string, number>();
    return text.split("\n").flatMap((line) => {
      const entry = parsed(line);
      if (!entry) return [];
      if (!sessions.has(entry.run)) sessions.set(entry.run, sessions.size + 1);
      return [{ session: sessions.get(entry.run) ?? 0, line: entry.line, input: entry.input }];
    });
  }
}

function parsed(line: string): { run: string; line: number; input: string } | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== "object" || value === null) return undefined;
    if (!("run" in value && "line" in value && "input" in value)) return undefined;
    return { run: String(value.run), line: Number(value.line), input: String(value.input) };
  } catch (error) {
    // A kernel that was killed may have left half a line.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
