import { appendFileSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StreamPart } from "./streams.ts";

const MOST_CELLS = 1000;

/** Keeps what a cell prints below a number of characters; the rest goes into a file that is named. */
export class OutputLimit {
  readonly #most: () => number;
  readonly #folder = join(tmpdir(), `tombolo-output-${process.pid}`);
  readonly #counts = new Map<string, number>();

  constructor(most: () => number) {
    this.#most = most;
  }

  /** The parts that may be sent of what a cell has printed. */
  take(part: StreamPart): StreamPart[] {
    const before = this.#counts.get(part.parent) ?? 0;
    const most = this.#most();
    this.#counts.set(part.parent, before + part.text.length);
    const [oldest] = this.#counts;
    if (oldest && this.#counts.size > MOST_CELLS) this.#counts.delete(oldest[0]);
    if (before + part.text.length <= most) return [part];
    const file = join(this.#folder, `${part.parent.replace(/[^\w-]/g, "_")}.txt`);
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    if (before > most) {
      appendFileSync(file, part.text, { mode: 0o600 });
      return [];
    }
    appendFileSync(file, part.text.slice(most - before), { mode: 0o600 });
    const note = `\nMore than ${(most / 1e6).toLocaleString("en")} MB are printed; the rest goes to ${file} (%config output-limit changes the limit).\n`;
    return [
      { ...part, text: part.text.slice(0, most - before) },
      { parent: part.parent, name: "stderr", text: note },
    ];
  }
}
