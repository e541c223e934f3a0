import type { NodeId } from "../plan-types.ts";
import { bound, join, named, sql } from "../sql.ts";
import type { Source } from "./emit.ts";
import type { Lookups } from "./lookups.ts";
import type { Numbered } from "./relations.ts";
import type { Compiled, Refer } from "./scalar.ts";

type Match = Numbered<"match">["node"];

/** The column that says whether a subject passes one of the tests of a node. */
export function matchSource(id: NodeId, { tests, set }: Match, lookups: Lookups): Source {
  const passed = tests.map((test) => {
    const column = named(`fixed${set}.f${lookups.fixed.numberOf(test)}`);
    if (!test.values) return sql`${column} IS NOT NULL`;
    return sql`${column} IN (${join(test.values.map(bound), ", ")})`;
  });
  return { name: `m${id}`, expression: passed.length === 0 ? sql`false` : sql`(${join(passed, " OR ")})` };
}

/** The value of the inner field where a test is passed, and 0 elsewhere. */
export function compileMatch(id: NodeId, { type, of }: Match, refer: Refer): Compiled {
  const inner = refer(of);
  const matches = sql`COALESCE(${named(`m${id}`)}, false)`;
  const zero = inner.type === "number" ? sql`0` : sql`'0'`;
  return {
    type,
    value: sql`CASE WHEN ${matches} THEN ${inner.value} ELSE ${zero} END`,
    reason: inner.reason && sql`CASE WHEN ${matches} THEN ${inner.reason} END`,
  };
}
