/** A cell that was run. */
export interface HistoryEntry {
  readonly line: number;
  readonly input: string;
  readonly output: string | null;
}

/** Which entries are wanted; see the messaging specification, `history_request`. */
export interface HistoryQuery {
  readonly access: "tail" | "range" | "search";
  readonly count?: number;
  readonly start?: number;
  readonly stop?: number;
  /** With `*` and `?` as in file names. */
  readonly pattern?: string;
  readonly unique?: boolean;
}

/** The cells of this run of the kernel, in order. */
export class History {
  readonly #entries: HistoryEntry[] = [];

  add(entry: HistoryEntry): void {
    this.#entries.push(entry);
  }

  find({ access, count, start = 1, stop, pattern = "*", unique = false }: HistoryQuery): HistoryEntry[] {
    if (access === "tail") return lastOf(this.#entries, count);
    if (access === "range") {
      return this.#entries.filter(({ line }) => line >= start && line < (stop ?? Number.POSITIVE_INFINITY));
    }
    const matching = this.#entries.filter(({ input }) => globPattern(pattern).test(input));
    return lastOf(
      unique ? [...new Map(matching.map((entry) => [entry.input, entry])).values()] : matching,
      count,
    );
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
