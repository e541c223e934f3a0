import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { murmur2 } from "./murmur2.ts";

const MOST_SOURCES = 2000;

/**
 * The text of cells under the paths by which front ends know them: a prefix, the hash of the text, a suffix. The paths
 * look like those of files, as the protocol has it, but nothing is written to the disk.
 */
export class Sources {
  readonly hash = { method: "Murmur2", seed: 0xc70f6907 } as const;
  readonly prefix = join(tmpdir(), `tombolo-${process.pid}`) + sep;
  readonly suffix = ".ts";
  readonly #texts = new Map<string, string>();

  /** Keeps the text of a cell and returns its path. */
  add(text: string): string {
    const path = `${this.prefix}${murmur2(text, this.hash.seed)}${this.suffix}`;
    // What was used last goes last.
    this.#texts.delete(path);
    this.#texts.set(path, text);
    const [oldest] = this.#texts;
    if (oldest && this.#texts.size > MOST_SOURCES) this.#texts.delete(oldest[0]);
    return path;
  }

  /** The text of a cell. */
  get(path: string): string | undefined {
    return this.#texts.get(path);
  }

  /** Whether the path is one of a cell, known or not. */
  isCell(path: string): boolean {
    return path.startsWith(this.prefix);
  }
}
