import { randomUUID } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** A cell of an earlier run of a kernel. */
export interface PastInput {
  readonly session: number;
  readonly line: number;
  readonly input: string;
}

/** By how much the number of the present run is greater than that of the last one. */
export const SESSION_NOW = 1;

const MOST_CHARACTERS = 4_000_000;

/**
 * Cells of all kernels of a user, one JSON line each: `{"run": id, "line": 3, "input": "…"}`. Only what was typed is kept,
 * never what it gave, which may be data that must not be saved.
 */
export class HistoryFile {
  readonly #path: string;
  readonly #run = randomUUID();
  #past: PastInput[] | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** Appends a cell. One write of one line: several kernels can share the file. */
  add(line: number, input: string): void {
    // What is there before the first cell of this run is the past.
    this.past();
    mkdirSync(dirname(this.#path), { recursive: true });
    appendFileSync(this.#path, `${JSON.stringify({ run: this.#run, line, input })}\n`, { mode: 0o600 });
  }

  /** The cells of the runs before this one, read once. */
  past(): readonly PastInput[] {
    this.#past ??= this.#read();
    return this.#past;
  }

  #read(): PastInput[] {
    if (!existsSync(this.#path)) return [];
    let text = readFileSync(this.#path, "utf8");
    if (text.length > MOST_CHARACTERS) {
      text = text.slice(text.indexOf("\n", text.length - MOST_CHARACTERS / 2) + 1);
      const shorter = `${this.#path}.${this.#run}`;
      writeFileSync(shorter, text, { mode: 0o600 });
      renameSync(shorter, this.#path);
    }
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
