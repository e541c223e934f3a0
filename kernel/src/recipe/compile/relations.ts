import type { Dialect } from "../dialects/dialect.ts";
import type { Node, NodeId } from "../plan-types.ts";
import { join, named, type Sql, sql } from "../sql.ts";
import { columnNames } from "./emit.ts";
import { numeric, type Reference } from "./scalar.ts";

type NodeOf<Op extends Node["op"]> = Extract<Node, { op: Op }>;

/** A node with its number in the plan. */
export interface Numbered<Op extends Node["op"]> {
  readonly id: NodeId;
  readonly node: NodeOf<Op>;
}

/** What of a member must lie within the outer subject. */
export const placeOf = (shape: Sql, rule: "within" | "centroid"): Sql =>
  rule === "centroid" ? sql`ST_Centroid(${shape})` : shape;

/** Which rows of one set lie in which of another: `outer_row`, `member_row`. */
export function selectPairs(outer: Sql, members: Sql, rule: "within" | "centroid", dialect: Dialect): Sql {
  return sql`SELECT o.row AS outer_row, m.row AS member_row
    FROM ${outer} o JOIN ${members} m ON ${dialect.relation("within", placeOf(sql`m.shape`, rule), sql`o.shape`)}`;
}

/** The rows `row` and one column for each aggregate over the same members. */
export function selectAggregates(
  nodes: readonly Numbered<"aggregate">[],
  pairs: Sql,
  values: Sql | undefined,
  refer: (node: NodeId) => Reference,
  dialect: Dialect,
): Sql {
  const columns = nodes.map(({ id, node }) => {
    const value = numeric(refer(node.of), dialect);
    const weight = node.weight === undefined ? undefined : numeric(refer(node.weight), dialect);
    const names = columnNames(id);
    const leftOut = values ? sql`, count(*) - count(${value}) AS ${named(names.leftOut)}` : sql``;
    return sql`${aggregate(node, value, weight, dialect)} AS ${named(names.value)}${leftOut}`;
  });
  const joined = values ? sql` JOIN ${values} v ON v.row = p.member_row` : sql``;
  return sql`SELECT p.outer_row AS row, ${join(columns, ", ")} FROM ${pairs} p${joined} GROUP BY p.outer_row`;
}

function aggregate(node: NodeOf<"aggregate">, value: Sql, weight: Sql | undefined, dialect: Dialect): Sql {
  if (weight)
    return sql`sum(${value} * ${weight}) / NULLIF(sum(CASE WHEN ${value} IS NOT NULL THEN ${weight} END), 0)`;
  switch (node.function) {
    case "sum":
      return sql`sum(${value})`;
    case "mean":
      return sql`avg(${value})`;
    case "max":
      return sql`max(${value})`;
    case "min":
      return sql`min(${value})`;
    case "median":
      return dialect.median(value);
    case "stdev":
      return sql`stddev_samp(${value})`;
    case "count":
      return sql`CAST(count(${value}) AS DOUBLE PRECISION)`;
  }
}

/** The rows `row` and the columns of the values that each subject takes from the one that contains it. */
export function selectContaining(
  nodes: readonly Numbered<"containing">[],
  set: Sql,
  pairs: Sql,
  values: Sql | undefined,
  refer: (node: NodeId) => Reference,
): Sql {
  const columns = nodes.flatMap(({ id, node }) => {
    const { none, several } = node;
    const inner = refer(node.of);
    const reason = sql`CASE WHEN c.number IS NULL THEN ${none} WHEN c.number > 1 THEN ${several} ELSE ${inner.reason ?? sql`NULL`} END`;
    return takenColumns(id, inner, sql`c.number = 1`, reason);
  });
  const counted = sql`SELECT member_row AS row, count(*) AS number, min(outer_row) AS other FROM ${pairs} pairs GROUP BY member_row`;
  const joined = values ? sql` LEFT JOIN ${values} v ON v.row = c.other` : sql``;
  return sql`SELECT s.row, ${join(columns, ", ")} FROM ${set} s LEFT JOIN (${counted}) c ON c.row = s.row${joined}`;
}

/** The rows `row` and the columns of the values that each subject takes from the nearest of others. */
export function selectNearest(
  nodes: readonly Numbered<"nearest">[],
  set: Sql,
  nearest: Sql,
  values: Sql | undefined,
  refer: (node: NodeId) => Reference,
): Sql {
  const columns = nodes.flatMap(({ id, node }) => {
    const inner = refer(node.of);
    const reason = sql`CASE WHEN n.other IS NULL THEN ${node.none} ELSE ${inner.reason ?? sql`NULL`} END`;
    return takenColumns(id, inner, sql`n.other IS NOT NULL`, reason);
  });
  const joined = values ? sql` LEFT JOIN ${values} v ON v.row = n.other` : sql``;
  return sql`SELECT s.row, ${join(columns, ", ")} FROM ${set} s LEFT JOIN ${nearest} n ON n.row = s.row${joined}`;
}

function takenColumns(id: NodeId, { value, time, series }: Reference, found: Sql, reason: Sql): Sql[] {
  const names = columnNames(id);
  const taken = (piece: Sql, name: string) => sql`CASE WHEN ${found} THEN ${piece} END AS ${named(name)}`;
  return [
    taken(value, names.value),
    sql`${reason} AS ${named(names.reason)}`,
    ...(time ? [taken(time, names.time)] : []),
    ...(series ? [taken(series, names.series)] : []),
  ];
}
