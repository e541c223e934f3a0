import { type HistoryFile, type PastInput, SESSION_NOW } from "./history-file.ts";

/** A cell that was run. */
export interface HistoryEntry {
  /** Number of the kernel's run; the present one has the greatest. */
  readonly session: number;
  readonly line: number;
  readonly input: string;
  /** Only of the present run: what cells gave is not kept in the file. */
  readonly output: string | null;
}

/** Which entries are wanted; see the messaging specification, `history_request`. */
export interface HistoryQuery {
  readonly access: "tail" | "range" | "search";
  readonly count?: number;
  /** For `range`: 0 is the present run, -1 the one before. */
  readonly session?: number;
  readonly start?: number;
  readonly stop?: number;
  /** With `*` and `?` as in file names. */
  readonly pattern?: string;
  readonly unique?: boolean;
}

/** The cells of this run of the kernel and of those before it, in order. */
export class History {
  readonly #file: HistoryFile | undefined;
  readonly #present: { line: number; input: string; output: string | null }[] = [];

  constructor(file?: HistoryFile) {
    this.#file = file;
  }

  /** Adds a cell; it is kept for later runs when it may be. */
  add(line: number, input: string, output: string | null, keeps: boolean): void {
    this.#present.push({ line, input, output });
    if (keeps) this.#file?.add(line, input);
  }

  find(query: HistoryQuery): HistoryEntry[] {
    const { access, count, session = 0, start = 1, stop, pattern = "*", unique = false } = query;
    const entries = this.#all();
    if (access === "tail") return lastOf(entries, count);
    if (access === "range") {
      const present = entries.at(-1)?.session ?? SESSION_NOW;
      const wanted = session > 0 ? session : present + session;
      const end = stop ?? Number.POSITIVE_INFINITY;
      return entries.filter((entry) => entry.session === wanted && entry.line >= start && entry.line < end);
    }
    const matches = globPattern(pattern);
    const matching = entries.filter(({ input }) => matches.test(input));
    return lastOf(
      unique ? [...new Map(matching.map((entry) => [entry.input, entry])).values()] : matching,
      count,
    );
  }

  #all(): HistoryEntry[] {
    const past: readonly PastInput[] = this.#file?.past() ?? [];
    const session = (past.at(-1)?.session ?? 0) + SESSION_NOW;
    return [
      ...past.map((entry) => ({ ...entry, output: null })),
      ...this.#present.map((entry) => ({ session, ...entry })),
    ];
  }
}

function lastOf(entries: readonly HistoryEntry[], count: number | undefined): HistoryEntry[] {
  return count === undefined || count >= entries.length
    ? [...entries]
    : entries.slice(entries.length - count);
}

function globPattern(pattern: string): RegExp {
  const source = pattern
    .replace(/[\\^$.|+()[\]{}]/g, "\\$&")
    .replaceAll("*", "[\\s\\S]*")
    .replaceAll("?", "[\\s\\S]");
  return new RegExp(`^${source}$`, "u");
}
