import { createHash, randomUUID } from "node:crypto";
import type { Access } from "@tombolo/bundle";

/** As many as a notebook shows; those shown longest ago go first, so that their tables can go too. */
const MOST = 100;

/** What the front end may ask the kernel about after it was shown, by name. */
export class Kept<Value> {
  readonly #values = new Map<string, Value>();

  /**
   * Keeps a value and returns its name. What is public is named by a digest of what it is made from, so that a notebook
   * that is run again stays as it was; a name tells nothing of the rest.
   */
  keep(value: Value, access: Access, madeFrom: readonly unknown[]): string {
    const text = JSON.stringify(madeFrom);
    const name =
      access === "public" ? createHash("sha256").update(text).digest("hex").slice(0, 32) : randomUUID();
    this.#values.delete(name);
    this.#values.set(name, value);
    for (const [oldest] of this.#values) if (this.#values.size > MOST) this.#values.delete(oldest);
    return name;
  }

  /** The value of that name; undefined when it was shown too long ago. */
  find(name: string): Value | undefined {
    return this.#values.get(name);
  }
}
