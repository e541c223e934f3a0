import type { GeoRelation, NearestRule, Statistic } from "../plan-types.ts";
import { type Sql, sql } from "../sql.ts";

/** How an engine's SQL says what recipes need: all that differs between engines, in one short table. */
export interface Dialect {
  readonly name: string;
  /** Makes a temporary table of a query's rows. */
  createTable(table: Sql, select: Sql): Sql;
  /**
   * Area, or length of the lines, of a shape in a coordinate system; null when there is no way to that system. Undefined for an
   * area where a set operator of ours is quicker.
   */
  measure(measure: "area" | "length", shape: Sql, crs: number): Sql | undefined;
  /** Ends a query that must be computed before the one around it, which reads its columns more than once. */
  readonly fence: Sql;
  /** A shape in longitude and latitude, in a coordinate system. */
  transform(shape: Sql, crs: number): Sql;
  /** Whether the shapes lie to each other so. */
  relation(relation: GeoRelation, shape: Sql, other: Sql): Sql;
  /** All shapes of a group merged into one. */
  merge(shape: Sql): Sql;
  /** The box around all shapes of a group. */
  box(shape: Sql): Sql;
  /** Whether a shape has an extent, so that something can lie within it. */
  isArea(shape: Sql): Sql;
  /** A shape as WKB bytes. */
  wkb(shape: Sql): Sql;
  /** Text as a number; null when it is none. */
  number(text: Sql): Sql;
  /** Whether a text is like a pattern, whatever the case. */
  like(text: Sql, pattern: Sql): Sql;
  /** A number as text. */
  text(number: Sql): Sql;
  /** The value of the row with the greatest time of a group. */
  latest(value: Sql, time: Sql): Sql;
  /** The rows of a group that pass a `FILTER`, as JSON text: a list of timestamp and value in order of time. */
  series(time: Sql, value: Sql, filter: Sql): Sql;
  /** A statistic over values of one row, nulls left out; null when it is not defined. */
  statistic(statistic: Statistic, values: readonly Sql[]): Sql;
  /** The values of a column of a query as one list, in order. */
  list(value: Sql, order: Sql): Sql;
  /** How many numbers of an ascending list, which has so many, are less than a value. */
  countBelow(list: Sql, value: Sql, length: number): Sql;
  /** Median of a group. */
  median(value: Sql): Sql;
  // The relations of shapes below are left undefined where a set operator of ours is quicker than the engine's SQL.

  /** The rows `row`, `other`, `distance`: for each shape of a set the nearest of another, not farther than the limit. */
  nearest?(from: Sql, to: Sql, rule: Pick<NearestRule, "limit" | "unit" | "crs">): Sql | undefined;
  /** A shape that is a point, else null; only where set operators of ours relate points quicker than the engine's SQL. */
  point?(shape: Sql): Sql;
  /** Pairs of rows of two sets no farther from each other than so many metres: `row`, `other`. */
  near?(from: Sql, to: Sql, metres: number, crs: number | undefined): Sql | undefined;
  /** The rows `row`, `value`: length or area of the others inside each shape. */
  overlap?(measure: "length" | "area", of: Sql, others: Sql, crs: number): Sql | undefined;
  /** The rows `outer_row`, `member_row`: for each member the shape that shares most area with it. */
  largestOverlap?(outer: Sql, members: Sql): Sql | undefined;
}

/** A shape that can be merged with others: one that crosses itself is mended, as engines stop at it. */
export function mended(shape: Sql): Sql {
  return sql`CASE WHEN ST_IsValid(${shape}) THEN ${shape} ELSE ST_MakeValid(${shape}) END`;
}
