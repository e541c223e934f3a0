import type { StatementQueue } from "./statement-queue.ts";

/**
 * How many threads DuckDB takes: all, or half of them while others need the processors too. Its first thread waits at full speed for
 * the others, often with a processor that these are waiting for.
 */
export class ThreadShare {
  readonly #statements: StatementQueue;
  /** How many things are done that need processors besides. */
  #others = 0;
  /** How many threads there are to take; undefined where the settings must not be changed. */
  #all: number | undefined;

  constructor(statements: StatementQueue) {
    this.#statements = statements;
  }

  /** Does something during which statements take half of the threads. */
  async halve<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#others++;
    if (this.#others === 1) await this.#takeHalf();
    try {
      return await work();
    } finally {
      this.#others--;
      if (this.#others === 0) await this.#takeAll();
    }
  }

  #takeHalf(): Promise<void> {
    return this.#statements.add({}, async (connection) => {
      const read = await connection.runAndReadAll(
        "SELECT current_setting('threads'), current_setting('lock_configuration')",
      );
      const [threads, isLocked] = read.getRows()[0] ?? [];
      this.#all = isLocked === true ? undefined : Number(threads);
      if (this.#all !== undefined) await connection.run(`SET threads = ${Math.max(1, this.#all >> 1)}`);
    });
  }

  #takeAll(): Promise<void> {
    return this.#statements.add({}, async (connection) => {
      if (this.#all !== undefined) await connection.run(`SET threads = ${this.#all}`);
    });
  }
}
