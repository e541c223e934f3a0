import type { GeoRelation, Statistic } from "../plan-types.ts";
import { double, join, type Sql, sql } from "../sql.ts";
import { type Dialect, mended } from "./dialect.ts";

const RELATIONS: Readonly<Record<GeoRelation, (shape: Sql, other: Sql) => Sql>> = {
  within: (shape, other) => sql`ST_Within(${shape}, ${other})`,
  equals: (shape, other) => sql`ST_Equals(${shape}, ${other})`,
  disjoint: (shape, other) => sql`NOT ST_Intersects(${shape}, ${other})`,
  intersects: (shape, other) => sql`ST_Intersects(${shape}, ${other})`,
  touches: (shape, other) => sql`ST_Touches(${shape}, ${other})`,
  crosses: (shape, other) => sql`ST_Crosses(${shape}, ${other})`,
  contains: (shape, other) => sql`ST_Contains(${shape}, ${other})`,
  overlaps: (shape, other) => sql`ST_Overlaps(${shape}, ${other})`,
};

/** Whether powers of the numbers in `v` stay finite: engines stop where they do not. */
const below = (limit: number) => sql`greatest(abs(list_min(v)), abs(list_max(v))) < ${double(limit)}`;

/** Statistics of a list without nulls, `v`. */
const STATISTICS: Readonly<Record<Statistic, Sql>> = {
  mean: sql`list_avg(v)`,
  sum: sql`COALESCE(list_sum(v), 0)`,
  product: sql`COALESCE(list_product(v), 1)`,
  min: sql`list_min(v)`,
  max: sql`list_max(v)`,
  median: sql`list_median(v)`,
  geometricmean: sql`CASE WHEN list_min(v) = 0 THEN 0 WHEN list_min(v) > 0 THEN exp(list_avg(list_transform(v, lambda x: ln(x)))) END`,
  variance: sql`CASE WHEN len(v) = 1 THEN 0 WHEN ${below(1e150)} THEN list_var_samp(v) END`,
  stdev: sql`CASE WHEN len(v) = 1 THEN 0 WHEN ${below(1e150)} THEN list_stddev_samp(v) END`,
  kurtosis: sql`CASE WHEN len(v) > 3 AND list_min(v) < list_max(v) AND ${below(1e70)} THEN list_kurtosis(v) END`,
  sumoflogs: sql`CASE WHEN len(v) = 0 THEN 0 WHEN list_min(v) > 0 THEN list_sum(list_transform(v, lambda x: ln(x))) END`,
  sumofsquares: sql`COALESCE(list_sum(list_transform(v, lambda x: x * x)), 0)`,
};

const METRES_A_DEGREE = 111_195;

/** The box around a shape `f`, grown by so many degrees; an index finds what meets it. */
function grown(west: Sql | number, south: Sql | number): Sql {
  return sql`ST_MakeEnvelope(ST_XMin(f.shape) - ${west}, ST_YMin(f.shape) - ${south}, ST_XMax(f.shape) + ${west}, ST_YMax(f.shape) + ${south})`;
}

/**
 * Pairs no farther apart than so many metres, on the ellipsoid. Which points of two shapes are nearest is found on shapes
 * stretched by the cosine of the latitude; the distance between these two is then geodesic.
 */
function pairsInMetres(from: Sql, to: Sql, metres: number): Sql {
  const south = (1.01 * metres) / METRES_A_DEGREE;
  const west = sql`(${south} / greatest(0.01, cos(radians(least(89.4, abs(ST_Y(ST_Centroid(f.shape))) + ${south})))))`;
  const line = sql`ST_ShortestLine(${stretched(sql`f.shape`)}, ${stretched(sql`t.shape`)})`;
  const point = (end: Sql) => sql`ST_Point2D(ST_Y(${end}), ST_X(${end}) / stretch)`;
  const ends = sql`SELECT row, other, label, stretch, ST_StartPoint(line) AS start, ST_EndPoint(line) AS stop FROM (
    SELECT f.row AS row, t.row AS other, t.label AS label, cos(radians(ST_Y(ST_Centroid(f.shape)))) AS stretch, ${line} AS line
    FROM ${from} f JOIN ${to} t ON ST_Intersects(${grown(west, south)}, t.shape))`;
  const distance = sql`CASE WHEN start IS NULL OR ST_Equals(start, stop) THEN 0 ELSE ST_Distance_Spheroid(${point(sql`start`)}, ${point(sql`stop`)}) END`;
  return sql`SELECT * FROM (SELECT row, other, label, ${distance} AS distance FROM (${ends})) WHERE distance <= ${metres}`;
}

/** Shapes stretched so that a degree is as long from west to east as from south to north at the latitude of the first. */
const stretched = (shape: Sql) =>
  sql`ST_Affine(${shape}, cos(radians(ST_Y(ST_Centroid(f.shape)))), 0, 0, 1, 0, 0)`;

/** Where a search by halves in an ascending list begins, 0, and how far each of its steps may go. */
function strides(length: number): Sql[] {
  const steps = Math.floor(Math.log2(Math.max(1, length)));
  return [sql`0`, ...Array.from({ length: steps + 1 }, (_, step) => sql`${2 ** (steps - step)}`)];
}

/** DuckDB with its spatial extension. */
export const duckdbDialect: Dialect = {
  name: "duckdb",
  createTable: (table, select) => sql`CREATE OR REPLACE TEMP TABLE ${table} AS ${select}`,
  measure: (measure, shape, crs) =>
    measure === "area" ? undefined : sql`TRY(ST_Length(${duckdbDialect.transform(shape, crs)}))`,
  fence: sql``,
  // Without always_xy PROJ takes the axes of EPSG:4326 in their official order, latitude first.
  transform: (shape, crs) =>
    crs === 4326
      ? shape
      : sql`ST_Transform(${shape}, 'OGC:CRS84', 'EPSG:${Math.trunc(crs)}', always_xy := true)`,
  relation: (relation, shape, other) => RELATIONS[relation](shape, other),
  merge: (shape) => sql`ST_Union_Agg(${mended(shape)})`,
  box: (shape) => sql`ST_Extent_Agg(${shape})`,
  isArea: (shape) => sql`ST_Dimension(${shape}) = 2`,
  wkb: (shape) => sql`ST_AsWKB(${shape})`,
  // DuckDB also takes 1_000 and +-1 for numbers. The text is named once: expressions of many are put into each other.
  number: (text) => sql`TRY_CAST(trim(replace(replace(${text}, '_', '?'), '+-', '?')) AS DOUBLE)`,
  like: (text, pattern) => sql`lower(${text}) LIKE lower(${pattern}) ESCAPE '\\'`,
  text: (number) => sql`CAST(${number} AS VARCHAR)`,
  latest: (value, time) => sql`max_by(${value}, ${time})`,
  series: (time, value, filter) =>
    sql`CAST(to_json(list({'timestamp': strftime(${time}, '%Y-%m-%dT%H:%M:%S'), 'value': ${value}} ORDER BY ${time}) ${filter}) AS VARCHAR)`,
  statistic: (statistic, values) => {
    const list = sql`list_filter([${join(values, ", ")}]::DOUBLE[], lambda x: x IS NOT NULL)`;
    // One list, named v by a lambda, so that it is written once.
    return sql`list_transform([${list}], lambda v: ${STATISTICS[statistic]})[1]`;
  },
  list: (value, order) => sql`list(${value} ORDER BY ${order})`,
  countBelow: (list, value, length) =>
    sql`list_reduce([${join(strides(length), ", ")}], lambda place, stride: place + CASE WHEN ${list}[place + stride] < ${value} THEN stride ELSE 0 END)`,
  median: (value) => sql`median(${value})`,
  // In a plane, and for overlaps, the set operators beside DuckDB are tens of times quicker.
  nearest: (from, to, { limit, unit, crs }) =>
    unit === "metres" && crs === undefined
      ? sql`SELECT row, other, distance FROM (${pairsInMetres(from, to, limit)})
        QUALIFY row_number() OVER (PARTITION BY row ORDER BY distance, label) = 1`
      : undefined,
  point: (shape) => sql`CASE WHEN ST_GeometryType(${shape}) = 'POINT' THEN ${shape} END`,
  near: (from, to, metres, crs) =>
    crs === undefined ? sql`SELECT row, other FROM (${pairsInMetres(from, to, metres)})` : undefined,
};
