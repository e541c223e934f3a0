import type { Dialect } from "../dialects/dialect.ts";
import { type Sql, sql } from "../sql.ts";
import type { Numbered } from "./relations.ts";
import { type Compiled, numeric, type Reference } from "./scalar.ts";
import type { CheckStep } from "./types.ts";

type Percentile = Numbered<"percentile">["node"];

/** The bucket of a value among `bounds`, a query of their list. */
export function compilePercentile(
  node: Percentile,
  inner: Reference,
  bounds: Sql,
  dialect: Dialect,
): Compiled {
  const value = numeric(inner, dialect);
  const bucket = sql`least(${node.count}, 1 + ${dialect.countBelow(bounds, value, node.count)})`;
  const number = node.inverse ? sql`${node.count + 1} - ${bucket}` : bucket;
  const own = sql`CASE WHEN ${value} IS NULL THEN ${node.notNumeric} WHEN ${bounds} IS NULL THEN ${node.empty} END`;
  return {
    type: "number",
    value: sql`CASE WHEN ${value} IS NOT NULL AND ${bounds} IS NOT NULL THEN CAST(${number} AS DOUBLE PRECISION) END`,
    reason: inner.reason ? sql`COALESCE(${inner.reason}, ${own})` : own,
  };
}

/** The check that every reference subject of a set has a value; `values` holds them as `v`. */
export function checkReference(
  { title }: Percentile,
  set: Sql,
  values: Sql,
  inner: Reference,
  dialect: Dialect,
): CheckStep {
  return {
    kind: "check",
    stage: "Finding percentiles",
    title,
    statement: sql`SELECT s.label, s.name, ${inner.reason ?? sql`NULL`} AS reason FROM ${set} s JOIN ${values} v ON v.row = s.row
      WHERE ${numeric(inner, dialect)} IS NULL ORDER BY s.label LIMIT 1`,
  };
}
