import type { Dialect } from "../dialects/dialect.ts";
import type { Node, NodeId, SetId } from "../plan-types.ts";
import { named, type Sql, sql } from "../sql.ts";
import { columnNames, type Leaf, reasonWhere, type Source, storedReference } from "./emit.ts";
import type { Lookups } from "./lookups.ts";
import type { Numbered } from "./relations.ts";
import { finite, type Reference } from "./scalar.ts";

/** Where leaves are found: the tables that have been made for them, by the names under which a query joins them. */
export interface LeafTables {
  readonly dialect: Dialect;
  /** Whether the times of values are read. */
  readonly times: boolean;
  lookupsOf(set: SetId): Lookups;
  relationOf(id: NodeId, node: Numbered<"aggregate" | "containing" | "nearest">["node"]): string;
  nearestOf(node: Numbered<"nearest-distance">["node"]): string;
  /** The table of measures, where the engine leaves them to a set operator. */
  measureOf(node: Numbered<"area" | "length">["node"]): string;
  isConstant(id: NodeId): boolean;
  /** How the value that another subject lends is read in its own table. */
  innerOf(id: NodeId): Reference;
}

const SHAPELESS = "shapeless";

/** A node that the subjects themselves or tables joined to them give; undefined for one that is computed from operands. */
export function readLeaf(id: NodeId, node: Node, tables: LeafTables): Leaf | undefined {
  switch (node.op) {
    case "name":
    case "label":
      return leafOf(id, { type: "text", value: named(`s.${node.op}`), reason: undefined });
    case "coordinate": {
      const centre = sql`ST_Centroid(s.shape)`;
      const value = node.axis === "x" ? sql`ST_X(${centre})` : sql`ST_Y(${centre})`;
      return leafOf(id, { type: "number", value, reason: undefined }, node.missing);
    }
    case "area":
    case "length": {
      const own = tables.dialect.measure(node.op, sql`s.shape`, node.crs);
      // The set operators know no empty shape; its area is 0, as that of a point.
      const value =
        own ??
        sql`COALESCE(${named(`${tables.measureOf(node)}.value`)}, CASE WHEN ST_IsEmpty(s.shape) THEN 0 END)`;
      const shapeless = { name: SHAPELESS, expression: sql`s.shape IS NULL` };
      const reason = sql`CASE WHEN ${named(columnNames(id).value)} IS NULL THEN CASE WHEN ${named(SHAPELESS)} THEN ${node.missing} ELSE ${node.unknown} END END`;
      return leafOf(id, { type: "number", value: finite(value), reason: undefined }, reason, [shapeless]);
    }
    case "fixed": {
      const column = tables.lookupsOf(node.set).fixed.numberOf(node);
      return leafOf(
        id,
        { type: "text", value: named(`fixed${node.set}.f${column}`), reason: undefined },
        node.missing,
      );
    }
    case "latest": {
      const column = tables.lookupsOf(node.set).latest.numberOf(node);
      const time = tables.times ? named(`latest${node.set}.a${column}`) : undefined;
      return leafOf(
        id,
        { type: "number", value: named(`latest${node.set}.l${column}`), reason: undefined, time },
        node.missing,
      );
    }
    case "series": {
      const column = tables.lookupsOf(node.set).series.numberOf(node);
      const series = named(`series${node.set}.j${column}`);
      return leafOf(
        id,
        { type: "number", value: named(`series${node.set}.m${column}`), reason: undefined, series },
        node.missing,
      );
    }
    default:
      return readRelated(id, node, tables);
  }
}

function readRelated(id: NodeId, node: Node, tables: LeafTables): Leaf | undefined {
  switch (node.op) {
    case "aggregate": {
      const column = named(`${tables.relationOf(id, node)}.${columnNames(id).value}`);
      const sums = node.function === "sum" || node.function === "count";
      const value = finite(sums ? sql`COALESCE(${column}, 0)` : column);
      const leftOut = tables.isConstant(node.of)
        ? undefined
        : named(`${tables.relationOf(id, node)}.${columnNames(id).leftOut}`);
      return leafOf(
        id,
        { type: "number", value, reason: undefined, leftOut },
        sums ? node.infinite : node.empty,
      );
    }
    case "containing":
    case "nearest": {
      const inner = tables.innerOf(node.of);
      return leafOf(
        id,
        storedReference(id, tables.relationOf(id, node), {
          ...inner,
          reason: inner.value,
          onlyReason: undefined,
        }),
      );
    }
    case "nearest-distance": {
      const table = tables.nearestOf(node);
      return leafOf(id, { type: "number", value: named(`${table}.value`), reason: undefined }, node.none);
    }
    case "count-near": {
      const value = zeroWhereNone(`near${id}`, node.crs, tables.dialect);
      return leafOf(id, { type: "number", value, reason: undefined }, node.missing);
    }
    case "overlap": {
      const value = zeroWhereNone(`overlap${id}`, node.crs, tables.dialect);
      return leafOf(id, { type: "number", value, reason: undefined }, node.missing);
    }
    case "cluster":
      return leafOf(
        id,
        { type: "number", value: named(`cluster${id}.value`), reason: undefined },
        node.missing,
      );
    default:
      return undefined;
  }
}

/**
 * What a table of measures has for a subject, and 0 where it has none. A shape that the system of coordinates cannot take has no
 * measure: set operators say so, an engine's own measures leave it out.
 */
function zeroWhereNone(table: string, crs: number | undefined, dialect: Dialect): Sql {
  const value = named(`${table}.value`);
  const lacks = dialect.overlap
    ? sql`${dialect.transform(sql`s.shape`, crs ?? 4326)} IS NULL`
    : sql`(${named(`${table}.row`)} IS NOT NULL AND ${value} IS NULL AND NOT ST_IsEmpty(s.shape))`;
  return sql`CASE WHEN s.shape IS NULL THEN NULL WHEN ${lacks} THEN NULL ELSE COALESCE(${value}, 0) END`;
}

/** A node that is read from tables; above the innermost query its columns have names of their own. */
export function leafOf(
  id: NodeId,
  { type, value, reason, time, series, leftOut }: Reference,
  missing?: Sql | number,
  others: readonly Source[] = [],
): Leaf {
  const names = columnNames(id);
  const sources: Source[] = [{ name: names.value, expression: value }, ...others];
  if (reason) sources.push({ name: names.reason, expression: reason });
  if (time) sources.push({ name: names.time, expression: time });
  if (series) sources.push({ name: names.series, expression: series });
  if (leftOut) sources.push({ name: names.leftOut, expression: leftOut });
  const only = typeof missing === "number" ? missing : undefined;
  return {
    sources,
    reference: {
      type,
      value: named(names.value),
      reason: reason
        ? named(names.reason)
        : typeof missing === "number"
          ? reasonWhere(names.value, missing)
          : missing,
      onlyReason: only,
      time: time && named(names.time),
      series: series && named(names.series),
      leftOut: leftOut && named(names.leftOut),
    },
  };
}
