/** SQL that is true for a relation whose ways bound an area. */
export const IS_AREA_RELATION = "tags['type'] IN ('multipolygon', 'boundary')";

/**
 * SQL of an area, or null unless it is valid and each of the lines it was built from, which are `length` long, is part of its boundary:
 * `ST_BuildArea` drops what does not close, and rings that share a side.
 */
export function wholeArea(area: string): string {
  return `CASE WHEN abs(ST_Perimeter(${area}) - length) <= 1e-9 * length AND ST_IsValid(${area}) THEN ${area} END`;
}

const corner = (step: string) =>
  `{x: ST_X(ST_PointN(shape, (${step})::INTEGER)), y: ST_Y(ST_PointN(shape, (${step})::INTEGER))}`;

/**
 * Gives areas to the relations of `osm_entities` that have got none as a whole, because their rings touch or share sides: they are built from the
 * sides of their ways, without those that are there twice, which lie inside. Where a corner has an odd number of sides a ring is open, and
 * there is no area, as in other assemblers. The sides are put in order, lest a ring begin elsewhere each time.
 */
export const UNTANGLE_AREAS = `
  UPDATE osm_entities SET shape = area FROM (
    WITH lines AS (
      SELECT relation, shape FROM (SELECT DISTINCT relation, way FROM osm_members) LEFT JOIN osm_lines ON osm_lines.id = way
      WHERE relation IN (SELECT id FROM osm_entities WHERE kind = 'relation' AND shape IS NULL AND ${IS_AREA_RELATION})
    ), steps AS (
      SELECT relation, shape, unnest(range(1, ST_NPoints(shape))) AS step FROM lines
      WHERE relation NOT IN (SELECT relation FROM lines WHERE shape IS NULL)
    ), sides AS (
      SELECT relation, least(start, stop) AS a, greatest(start, stop) AS b
      FROM (SELECT relation, ${corner("step")} AS start, ${corner("step + 1")} AS stop FROM steps)
      WHERE start <> stop GROUP BY ALL HAVING count(*) % 2 = 1
    ), opened AS (
      SELECT relation FROM (SELECT relation, unnest([a, b]) AS corner FROM sides) GROUP BY relation, corner HAVING count(*) % 2 = 1
    ), drawn AS (
      SELECT relation, a, b, ST_MakeLine(ST_Point(a.x, a.y), ST_Point(b.x, b.y)) AS side FROM sides WHERE relation NOT IN (FROM opened)
    ), built AS (
      SELECT relation, ST_BuildArea(ST_Collect(list(side ORDER BY a, b))) AS area, sum(ST_Length(side)) AS length FROM drawn GROUP BY relation
    )
    SELECT relation, ${wholeArea("area")} AS area FROM built
  ) WHERE kind = 'relation' AND id = relation`;
