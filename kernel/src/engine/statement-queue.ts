import type { DuckDBConnection } from "@duckdb/node-api";
import type { QueryOptions } from "./engine.ts";
import { explainSql } from "./explain-sql.ts";

/** Milliseconds between two looks at how far a statement is. */
const INTERVAL = 100;

/** A connection of DuckDB. It runs one statement at a time, so those that are asked for wait for each other here. */
export class StatementQueue {
  readonly #connection: DuckDBConnection;
  #last: Promise<unknown> = Promise.resolve();

  constructor(connection: DuckDBConnection) {
    this.#connection = connection;
  }

  /** Does something with the connection after all that was asked for before. Aborting stops what runs then. */
  add<Result>(
    options: QueryOptions,
    work: (connection: DuckDBConnection) => Promise<Result>,
  ): Promise<Result> {
    const run = async () => {
      const { signal } = options;
      signal?.throwIfAborted();
      const interrupt = () => this.#connection.interrupt();
      signal?.addEventListener("abort", interrupt);
      const counting = options.onRows && setInterval(() => this.#tellRows(options), INTERVAL);
      try {
        return await work(this.#connection);
      } catch (error) {
        signal?.throwIfAborted();
        throw options.byUser ? explainSql(error) : error;
      } finally {
        clearInterval(counting);
        signal?.removeEventListener("abort", interrupt);
      }
    };
    const result = this.#last.then(run, run);
    this.#last = result;
    return result;
  }

  close(): void {
    this.#connection.closeSync();
  }

  #tellRows({ onRows }: QueryOptions): void {
    const { percentage, rows_processed, total_rows_to_process } = this.#connection.progress;
    // Before the first rows are through, the percentage is negative.
    if (percentage >= 0) onRows?.(Number(rows_processed), Number(total_rows_to_process));
  }
}
