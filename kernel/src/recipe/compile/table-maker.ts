import type { Dialect } from "../dialects/dialect.ts";
import { named, type Sql } from "../sql.ts";
import type { OperatorStep, Step } from "./types.ts";

/** Collects the steps of a plan: each table is made once. */
export class TableMaker {
  readonly steps: Step[] = [];
  readonly #dialect: Dialect;
  readonly #prefix: string;
  readonly #made = new Set<string>();

  constructor(dialect: Dialect, prefix: string) {
    this.#dialect = dialect;
    this.#prefix = prefix;
  }

  /** The part of a table's name after the prefix, which stands for it in a query. */
  alias(table: string): string {
    return table.slice(this.#prefix.length + 1);
  }

  /** A table of a query's rows; making the query may make the tables that it reads. `isLight` is one that may be part of another query. */
  table(name: string, stage: string, select: () => Sql, isLight = false): Sql {
    const table = `${this.#prefix}_${name}`;
    if (!this.#made.has(table)) {
      const query = select();
      const statement = this.#dialect.createTable(named(table), query);
      this.#add(table, { kind: "sql", table, stage, statement, ...(isLight && { inline: query }) });
    }
    return named(table);
  }

  /** A table of a set operator's answer. */
  operate(name: string, step: Omit<OperatorStep, "kind" | "table">): Sql {
    const table = `${this.#prefix}_${name}`;
    if (!this.#made.has(table)) this.#add(table, { kind: "operator", table, ...step });
    return named(table);
  }

  #add(table: string, step: Step): void {
    this.#made.add(table);
    this.steps.push(step);
  }
}
