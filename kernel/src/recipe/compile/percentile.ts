import type { Dialect } from "../dialects/dialect.ts";
import type { NodeId, Plan } from "../plan-types.ts";
import { join, named, type Sql, sql } from "../sql.ts";
import type { Source } from "./emit.ts";
import { type Levels, nodeAt } from "./levels.ts";
import type { Numbered } from "./relations.ts";
import { type Compiled, numeric, type Refer, type Reference } from "./scalar.ts";
import type { CheckStep } from "./types.ts";

/** A percentile with its number in the plan. */
export type Percentile = Numbered<"percentile">;

/**
 * The percentiles of a plan, by number, each with those that follow each other there and read values of the same table. What these need is
 * found at once, and in the plan's order.
 */
export function groupPercentiles(plan: Plan, levels: Levels): ReadonlyMap<NodeId, readonly Percentile[]> {
  const groups = new Map<NodeId, readonly Percentile[]>();
  const used = plan.sets.flatMap((_, set) => levels.used(set)).toSorted((one, other) => one - other);
  let group: Percentile[] = [];
  let last: string | undefined;
  for (const id of used) {
    const node = nodeAt(plan, id);
    if (node.op !== "percentile") continue;
    const key = `${nodeAt(plan, node.reference).set} ${levels.levelOf(node.reference)}`;
    if (key !== last) group = [];
    last = key;
    group.push({ id, node });
    groups.set(id, group);
  }
  return groups;
}

/** One row with the ascending bounds of the buckets of percentiles; null where there are no values. `values` are those of the reference subjects. */
export function selectBounds(
  percentiles: readonly Percentile[],
  values: Sql,
  refer: Refer,
  dialect: Dialect,
): Sql {
  const each = (columns: (percentile: Percentile) => Sql) => join(percentiles.map(columns), ", ");
  const numbers = each(
    ({ id, node }) => sql`${numeric(refer(node.reference), dialect)} AS ${named(`x${id}`)}`,
  );
  const sorted = each(({ id }) => {
    const number = named(`x${id}`);
    return sql`${dialect.list(number, number)} FILTER (WHERE ${number} IS NOT NULL) AS ${named(`sorted${id}`)}, CAST(count(${number}) AS INTEGER) AS ${named(`total${id}`)}`;
  });
  // The percentile at 100·i/k of n sorted values stands at i·(n + 1)/k, between the neighbours of that place.
  const spots = each(
    ({ id, node }) =>
      sql`bucket * CAST(${named(`total${id}`)} + 1 AS DOUBLE PRECISION) / ${node.count} AS ${named(`spot${id}`)}`,
  );
  const neighbours = each(({ id }) => {
    const [spot, total] = [named(`spot${id}`), named(`total${id}`)];
    const neighbour = (place: Sql) => sql`least(greatest(CAST(floor(${place}) AS INTEGER), 1), ${total})`;
    return sql`${neighbour(spot)} AS ${named(`lower${id}`)}, ${neighbour(sql`${spot} + 1`)} AS ${named(`upper${id}`)}`;
  });
  const bounds = each(({ id, node }) => {
    const [spot, all] = [named(`spot${id}`), named(`sorted${id}`)];
    const [lower, upper] = [named(`lower${id}`), named(`upper${id}`)];
    const bound = sql`${all}[${lower}] + CASE WHEN ${spot} < ${lower} THEN 0 ELSE (${spot} - ${lower}) * (${all}[${upper}] - ${all}[${lower}]) END`;
    return sql`${dialect.list(bound, sql`bucket`)} FILTER (WHERE bucket <= ${node.count} AND ${named(`total${id}`)} > 0) AS ${named(boundsName(id))}`;
  });
  const buckets = sql`SELECT generate_series AS bucket FROM generate_series(1, ${Math.max(...percentiles.map(({ node }) => node.count))})`;
  const all = sql`SELECT ${sorted} FROM (SELECT ${numbers} FROM ${values} v) numbers`;
  return sql`SELECT ${bounds} FROM (SELECT *, ${neighbours} FROM (SELECT *, ${spots} FROM (${buckets}) b CROSS JOIN (${all}) r) spots) places`;
}

const boundsName = (id: NodeId) => `b${id}`;

/** The column of the bounds of a percentile, from their table's one row. */
export const boundsSource = (id: NodeId, table: string): Source => ({
  name: boundsName(id),
  expression: named(`${table}.${boundsName(id)}`),
});

/** The bucket of a value among its bounds. */
export function compilePercentile({ id, node }: Percentile, inner: Reference, dialect: Dialect): Compiled {
  const bounds = named(boundsName(id));
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

/**
 * The check that every reference subject of a set has the values that percentiles need: of the first percentile that lacks some, the
 * subject of the lowest label. `values` holds them as `v`. Undefined when all percentiles do without.
 */
export function checkReference(
  percentiles: readonly Percentile[],
  set: Sql,
  values: Sql,
  refer: Refer,
  dialect: Dialect,
): CheckStep | undefined {
  const strict = percentiles.filter(({ node }) => node.missing === "refuse");
  if (strict.length === 0) return undefined;
  const references = strict.map(({ node }) => refer(node.reference));
  const isMissing = references.map((reference) => sql`${numeric(reference, dialect)} IS NULL`);
  const first = (found: (reference: Reference, place: number) => Sql) =>
    sql`CASE ${join(
      references.map(
        (reference, place) => sql`WHEN ${isMissing[place] ?? sql`false`} THEN ${found(reference, place)}`,
      ),
      " ",
    )} END`;
  return {
    kind: "check",
    stage: "Finding percentiles",
    titles: strict.map(({ node }) => node.title),
    statement: sql`SELECT s.label, s.name, ${first((_, place) => sql`${place}`)} AS place, ${first(({ reason }) => reason ?? sql`NULL`)} AS reason
      FROM ${set} s JOIN ${values} v ON v.row = s.row WHERE ${join(isMissing, " OR ")} ORDER BY place, s.label LIMIT 1`,
  };
}
