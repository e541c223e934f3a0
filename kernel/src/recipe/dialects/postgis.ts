import type { GeoRelation, Statistic } from "../plan-types.ts";
import { double, join, type Sql, sql } from "../sql.ts";
import { type Dialect, mended } from "./dialect.ts";

const RELATIONS: Readonly<Record<GeoRelation, (shape: Sql, other: Sql) => Sql>> = {
  within: (shape, other) => sql`ST_Within(${shape}, ${other})`,
  equals: (shape, other) => sql`ST_Equals(${shape}, ${other})`,
  disjoint: (shape, other) => sql`ST_Disjoint(${shape}, ${other})`,
  intersects: (shape, other) => sql`ST_Intersects(${shape}, ${other})`,
  touches: (shape, other) => sql`ST_Touches(${shape}, ${other})`,
  crosses: (shape, other) => sql`ST_Crosses(${shape}, ${other})`,
  contains: (shape, other) => sql`ST_Contains(${shape}, ${other})`,
  overlaps: (shape, other) => sql`ST_Overlaps(${shape}, ${other})`,
};

/** Logarithms of positive numbers only: PostgreSQL also takes those of rows that a condition leaves out. */
const LOG = sql`ln(CASE WHEN v > 0 THEN v END)`;

/** An aggregate of numbers whose squares are finite, null where not all are: PostgreSQL's own stops there, whatever is around it. */
const moderate = (aggregate: Sql) => {
  const small = sql`abs(v) < ${double(1e150)}`;
  return sql`CASE WHEN bool_and(${small}) THEN ${aggregate} FILTER (WHERE ${small}) END`;
};

/** Statistics of numbers `v`, whose mean is `m`. */
const STATISTICS: Readonly<Record<Statistic, Sql>> = {
  mean: sql`avg(v)`,
  sum: sql`COALESCE(sum(v), 0)`,
  product: sql`COALESCE(product(v), 1)`,
  min: sql`min(v)`,
  max: sql`max(v)`,
  median: sql`percentile_cont(0.5) WITHIN GROUP (ORDER BY v)`,
  geometricmean: sql`CASE WHEN min(v) = 0 THEN 0 WHEN min(v) > 0 THEN exp(avg(${LOG})) END`,
  variance: sql`CASE WHEN count(v) = 1 THEN 0 ELSE ${moderate(sql`var_samp(v)`)} END`,
  stdev: sql`CASE WHEN count(v) = 1 THEN 0 ELSE ${moderate(sql`stddev_samp(v)`)} END`,
  kurtosis: sql`CASE WHEN count(v) > 3 AND min(v) < max(v) THEN
    (count(v) - 1.0::double precision) / ((count(v) - 2) * (count(v) - 3)) * ((count(v) + 1) * (count(v) * sum((v - m) * (v - m) * (v - m) * (v - m))
    / (sum((v - m) * (v - m)) * sum((v - m) * (v - m))) - 3) + 6) END`,
  sumoflogs: sql`CASE WHEN count(v) = 0 THEN 0 WHEN min(v) > 0 THEN sum(${LOG}) END`,
  sumofsquares: sql`COALESCE(sum(v * v), 0)`,
};

const METRES_A_DEGREE = 111_195;

/** The box around a shape `f`, grown by so many degrees; an index finds what meets it. */
function grown(west: Sql | number, south: Sql | number): Sql {
  return sql`ST_MakeEnvelope(ST_XMin(f.shape) - ${west}, ST_YMin(f.shape) - ${south}, ST_XMax(f.shape) + ${west}, ST_YMax(f.shape) + ${south}, 4326)`;
}

/** Pairs no farther apart than so many metres, on the ellipsoid, by the same way as beside DuckDB. */
function pairsInMetres(from: Sql, to: Sql, metres: number): Sql {
  const south = (1.01 * metres) / METRES_A_DEGREE;
  const west = sql`(${south} / greatest(0.01, cos(radians(least(89.4, abs(ST_Y(ST_Centroid(f.shape))) + ${south})))))`;
  const line = sql`ST_ShortestLine(${stretched(sql`f.shape`)}, ${stretched(sql`t.shape`)})`;
  const point = (end: Sql) =>
    sql`ST_SetSRID(ST_MakePoint(ST_X(${end}) / stretch, ST_Y(${end})), 4326)::geography`;
  const ends = sql`SELECT "row", other, label, stretch, ST_StartPoint(line) AS start, ST_EndPoint(line) AS stop FROM (
    SELECT f.row AS "row", t.row AS other, t.label AS label, cos(radians(ST_Y(ST_Centroid(f.shape)))) AS stretch, ${line} AS line
    FROM ${from} f JOIN ${to} t ON ST_Intersects(${grown(west, south)}, t.shape)) lines`;
  const distance = sql`CASE WHEN start IS NULL OR ST_Equals(start, stop) THEN 0 ELSE ST_Distance(${point(sql`start`)}, ${point(sql`stop`)}) END`;
  return sql`SELECT * FROM (SELECT "row", other, label, ${distance} AS distance FROM (${ends}) ends) distances WHERE distance <= ${metres}`;
}

/** Shapes stretched so that a degree is as long from west to east as from south to north at the latitude of the first. */
const stretched = (shape: Sql) =>
  sql`ST_Affine(${shape}, cos(radians(ST_Y(ST_Centroid(f.shape)))), 0, 0, 1, 0, 0)`;

/** Of pairs with a distance, for each row the nearest; of equal ones that of the lowest label. */
const first = (pairs: Sql) =>
  sql`SELECT "row", other, distance FROM (SELECT *, row_number() OVER (PARTITION BY "row" ORDER BY distance, label) AS place FROM (${pairs}) pairs) ranked WHERE place = 1`;

/** Pairs no farther apart than a limit in the unit of the shapes. */
function pairsInPlane(from: Sql, to: Sql, limit: number, crs: number | undefined): Sql {
  const shape = (table: Sql) => (crs === undefined ? table : postgisDialect.transform(table, crs));
  const [near, far] = [shape(sql`f.shape`), shape(sql`t.shape`)];
  return sql`SELECT f.row AS "row", t.row AS other, t.label AS label, ST_Distance(${near}, ${far}) AS distance
    FROM ${from} f JOIN ${to} t ON ST_DWithin(${near}, ${far}, ${limit})`;
}

/** PostgreSQL with PostGIS: it has all that recipes need in its own SQL. */
export const postgisDialect: Dialect = {
  name: "postgis",
  createTable: (table, select) => sql`CREATE TEMP TABLE ${table} AS ${select}`,
  measure: (measure, shape, crs) => {
    const projected = postgisDialect.transform(shape, crs);
    return measure === "area" ? sql`ST_Area(${projected})` : sql`ST_Length(${projected})`;
  },
  // Without it expressions are put into each other, and their text doubles from layer to layer.
  fence: sql` OFFSET 0`,
  transform: (shape, crs) =>
    crs === 4326
      ? shape
      : sql`CASE WHEN EXISTS (SELECT 1 FROM spatial_ref_sys WHERE srid = ${Math.trunc(crs)}) THEN ST_Transform(${shape}, ${Math.trunc(crs)}) END`,
  relation: (relation, shape, other) => RELATIONS[relation](shape, other),
  merge: (shape) => sql`ST_Union(${mended(shape)})`,
  box: (shape) => sql`ST_SetSRID(CAST(ST_Extent(${shape}) AS geometry), 4326)`,
  isArea: (shape) => sql`ST_Dimension(${shape}) = 2`,
  wkb: (shape) => sql`ST_AsBinary(${shape})`,
  number: (text) => sql`to_double(${text})`,
  // The collation of a database may know no letters but those of English.
  like: (text, pattern) =>
    sql`lower(${text} COLLATE "und-x-icu") LIKE lower(${pattern} COLLATE "und-x-icu") ESCAPE '\\'`,
  // Whole numbers with a decimal, as DuckDB writes them.
  text: (number) =>
    sql`CAST(${number} AS VARCHAR) || CASE WHEN abs(${number}) < 1e15 AND ${number} = trunc(${number}) THEN '.0' ELSE '' END`,
  latest: (value, time) => sql`latest(${value}, ${time})`,
  series: (time, value, filter) =>
    sql`CAST(json_agg(json_build_object('timestamp', to_char(${time}, 'YYYY-MM-DD"T"HH24:MI:SS'), 'value', ${value}) ORDER BY ${time}) ${filter} AS VARCHAR)`,
  statistic: (statistic, values) => {
    if (values.length === 0)
      return sql`(SELECT ${STATISTICS[statistic]} FROM (SELECT NULL::double precision AS v, 0 AS m WHERE false) numbers)`;
    const rows = join(
      values.map((value) => sql`(CAST(${value} AS DOUBLE PRECISION))`),
      ", ",
    );
    return sql`(SELECT ${STATISTICS[statistic]} FROM (SELECT v, avg(v) OVER () AS m FROM (VALUES ${rows}) given(v) WHERE v IS NOT NULL) numbers)`;
  },
  list: (value, order) => sql`array_agg(${value} ORDER BY ${order})`,
  countBelow: (list, value) => sql`(SELECT count(*) FROM unnest(${list}) AS bound WHERE bound < ${value})`,
  median: (value) => sql`percentile_cont(0.5) WITHIN GROUP (ORDER BY ${value})`,
  nearest: (from, to, { limit, unit, crs }) =>
    first(
      unit === "metres" && crs === undefined
        ? pairsInMetres(from, to, limit)
        : pairsInPlane(from, to, limit, crs),
    ),
  near: (from, to, metres, crs) =>
    sql`SELECT "row", other FROM (${crs === undefined ? pairsInMetres(from, to, metres) : pairsInPlane(from, to, metres, crs)}) near`,
  overlap: (measure, of, others, crs) => {
    const shape = postgisDialect.transform(sql`s.shape`, crs);
    const [size, kind] = measure === "area" ? [sql`ST_Area`, 2] : [sql`ST_Length`, 1];
    const projected = (table: Sql) =>
      sql`SELECT s.row AS "row", ${shape} AS shape FROM ${table} s WHERE s.shape IS NOT NULL`;
    return sql`SELECT a.row AS "row", sum(${size}(ST_Intersection(a.shape, o.shape))) AS value FROM (${projected(of)}) a
      JOIN (${projected(others)}) o ON ST_Intersects(a.shape, o.shape) WHERE ST_Dimension(a.shape) = 2 AND ST_Dimension(o.shape) = ${kind} GROUP BY a.row`;
  },
  largestOverlap: (outer, members) => {
    const share = sql`ST_Area(ST_Intersection(m.shape, o.shape))`;
    const pairs = sql`SELECT o.row AS outer_row, m.row AS member_row, o.label AS label, ${share} AS share
      FROM ${outer} o JOIN ${members} m ON ST_Intersects(m.shape, o.shape)`;
    return sql`SELECT outer_row, member_row FROM (SELECT *, row_number() OVER (PARTITION BY member_row ORDER BY share DESC, label) AS place
      FROM (${pairs}) pairs WHERE share > 0) ranked WHERE place = 1`;
  },
};
