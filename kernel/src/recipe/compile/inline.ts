import { named, type Sql, sql } from "../sql.ts";
import type { SqlStep, Step } from "./types.ts";

/** Steps, and the query that comes after them. */
interface Steps {
  readonly steps: readonly Step[];
  readonly result: Sql;
}

/**
 * The steps without those tables of values that the result alone reads, and only once: they become part of its query, and what they hold need
 * not be written and read again. Beside a set operator they stay, for they are made while it runs.
 */
export function inlineTables({ steps, result }: Steps): Steps {
  if (steps.some(({ kind }) => kind === "operator")) return { steps, result };
  const inlined = steps.filter((step): step is SqlStep & { readonly inline: Sql } => {
    if (step.kind !== "sql" || step.inline === undefined) return false;
    return (
      timesRead(step.table, result) === 1 &&
      !steps.some((other) => other !== step && reads(other, step.table))
    );
  });
  if (inlined.length === 0) return { steps, result };
  const tables = inlined.map(({ table, inline }) => sql`${named(table)} AS (${inline})`);
  return {
    steps: steps.filter((step) => !inlined.some((other) => other === step)),
    result: sql`WITH ${tables.reduce((before, next) => sql`${before}, ${next}`)} ${result}`,
  };
}

const timesRead = (table: string, { sql: text }: { readonly sql: string }): number =>
  text.match(new RegExp(`\\b${table}\\b`, "g"))?.length ?? 0;

const reads = (step: Step, table: string): boolean =>
  step.kind !== "operator" && timesRead(table, step.statement) > 0;
