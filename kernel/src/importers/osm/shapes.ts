import type { Engine } from "../../engine/engine.ts";
import type { Work } from "../../progress.ts";
import { isAreaSql } from "./closed-ways.ts";
import { IS_AREA_RELATION, UNTANGLE_AREAS, wholeArea } from "./relation-areas.ts";
import { type TagFilter, tagFilterSql } from "./tag-filter.ts";

/** Ways that are turned into lines at once: it bounds the memory, whatever the size of the extract. */
const WAYS_A_BATCH = 20_000;

/** Of as many batches the points may lie in any order; else they are put in that of the batches, which the disk can help with. */
const FEW_BATCHES = 4;

const TABLES = ["raw", "matched", "members", "ways", "points", "lines"].map((name) => `osm_${name}`);

/** A degree as OpenStreetMap keeps it: seven decimals. What the division in the file format adds behind them is noise. */
const stored = (degree: string) => `TRY_CAST(${degree} * 1e7 AS INTEGER)`;
const storedPoint = (lon: string, lat: string) => `ST_Point(${lon} / 1e7, ${lat} / 1e7)`;

/** What became of the entities that a filter accepts. */
export interface OsmCounts {
  readonly entities: number;
  /** Entities left out because nodes or members of theirs are missing, or make no shape. */
  readonly shapeless: number;
}

/** How shapes are built. */
export interface BuildOptions extends Work {
  /** Whether an entity may be there several times, as what lies on the border of two extracts is. */
  readonly mayRepeat?: boolean;
  /** Whether the ways of the whole extract may be kept, so that those of relations need not be looked for again. */
  readonly keepsWays?: boolean;
}

/**
 * Puts the entities that a filter accepts into the table `osm_entities`: `kind` (`node`, `way`, `relation`), `id`, `tags`
 * and `shape` in longitude and latitude. Nodes become points; ways lines, or areas when they are closed and their tags
 * speak of an area; relations of type multipolygon or boundary areas with holes, other relations the lines of their ways.
 *
 * `elements` is SQL for the raw entities with the columns of DuckDB's `ST_ReadOSM`. It is read two or three times, each time for
 * what the step before has found to be needed, so that memory follows the entities wanted and not the extract.
 */
export async function buildOsmShapes(
  engine: Engine,
  elements: string,
  filter: TagFilter,
  { signal, onProgress, mayRepeat = false, keepsWays = false }: BuildOptions,
): Promise<OsmCounts> {
  const once = mayRepeat ? "QUALIFY row_number() OVER (PARTITION BY kind, id) = 1" : "";
  const run = (sql: string) => engine.run(sql, { signal });
  const create = (table: string, select: string) =>
    run(`CREATE OR REPLACE TEMP TABLE osm_${table} AS ${select}`);
  try {
    // DuckDB takes an extract for one row, so that it would keep all of it in memory to look up what is wanted.
    await engine.run("SET disabled_optimizers = 'build_side_probe_side'");
    onProgress?.({ stage: "Finding entities by their tags" });
    // Most of an extract are nodes without tags, so these are left out before anything else is looked at.
    await create(
      "raw",
      `SELECT kind::VARCHAR AS kind, id, CASE WHEN wanted THEN tags END AS tags, refs, lat, lon, ref_types::VARCHAR[] AS ref_types, wanted
       FROM (SELECT *, coalesce(${tagFilterSql(filter)}, false) AS wanted FROM ${elements}
         WHERE tags IS NOT NULL ${keepsWays ? "OR lat IS NULL" : ""})
       WHERE kind IN ('node', 'way', 'relation') AND (wanted ${keepsWays ? "OR kind = 'way'" : ""}) ${once}`,
    );
    await create("matched", "SELECT * EXCLUDE (wanted) FROM osm_raw WHERE wanted");
    await create(
      "members",
      `SELECT relation, ref AS way FROM (SELECT id AS relation, unnest(refs) AS ref, unnest(ref_types) AS type
       FROM osm_matched WHERE kind = 'relation') WHERE type = 'way'`,
    );
    onProgress?.({ stage: "Reading ways" });
    await create(
      "ways",
      "SELECT id, refs FROM osm_raw WHERE kind = 'way' AND (wanted OR id IN (SELECT way FROM osm_members))",
    );
    await run("DROP TABLE osm_raw");
    if (!keepsWays && (await count(engine, "SELECT count(*) FROM osm_members"))) {
      await run(`INSERT INTO osm_ways SELECT id, refs FROM ${elements} WHERE kind = 'way'
        AND id IN (SELECT way FROM osm_members) AND id NOT IN (SELECT id FROM osm_ways) ${once}`);
    }
    onProgress?.({ stage: "Reading nodes" });
    const batches = Math.ceil((await count(engine, "SELECT count(*) FROM osm_ways")) / WAYS_A_BATCH);
    // Only nodes have a place.
    await create(
      "points",
      `SELECT way, place, ${stored("lon")} AS lon, ${stored("lat")} AS lat FROM ${elements} JOIN (
         SELECT rowid AS way, unnest(refs) AS node, generate_subscripts(refs, 1)::INTEGER AS place FROM osm_ways WHERE len(refs) > 1
       ) ON node = id WHERE lat IS NOT NULL
       ${mayRepeat ? "QUALIFY row_number() OVER (PARTITION BY way, place) = 1" : ""}
       ${batches > FEW_BATCHES ? `ORDER BY way // ${WAYS_A_BATCH}` : ""}`,
    );
    await engine.run("RESET disabled_optimizers");
    await makeLines(engine, batches, { signal, onProgress });
    onProgress?.({ stage: "Building shapes" });
    await create("entities", ENTITIES);
    await run(UNTANGLE_AREAS);
    await run(`UPDATE osm_entities SET shape = ST_CollectionExtract(ST_MakeValid(shape), 3)
      WHERE kind = 'way' AND ST_GeometryType(shape) = 'POLYGON' AND NOT ST_IsValid(shape)`);
    await run(`DELETE FROM osm_entities WHERE shape IS NULL OR ST_IsEmpty(shape)
      OR ST_GeometryType(shape) = 'LINESTRING' AND ST_Length(shape) = 0`);
    // The area of a relation has one type, however many outer rings it has.
    await run(`UPDATE osm_entities SET shape = ST_Collect([shape])
      WHERE kind = 'relation' AND ST_GeometryType(shape) = 'POLYGON'`);
    const entities = await count(engine, "SELECT count(*) FROM osm_matched");
    return { entities, shapeless: entities - (await count(engine, "SELECT count(*) FROM osm_entities")) };
  } finally {
    await engine.run("RESET disabled_optimizers");
    for (const table of TABLES) await engine.run(`DROP TABLE IF EXISTS temp.${table}`);
  }
}

/** A line for each way whose nodes are all there, in the order of the way: to sort lists is quicker than to list what is sorted. */
async function makeLines(engine: Engine, batches: number, { signal, onProgress }: Work): Promise<void> {
  await engine.run("CREATE OR REPLACE TEMP TABLE osm_lines (id BIGINT, shape GEOMETRY)");
  for (let batch = 0; batch < batches; batch++) {
    onProgress?.({ stage: "Drawing ways", done: batch, total: batches });
    await engine.run(
      `INSERT INTO osm_lines
       SELECT id, ST_MakeLine(list_transform(points, lambda point: ${storedPoint("point.x", "point.y")}))
       FROM (SELECT way, list_sort(list({place: place, x: lon, y: lat})) AS points FROM osm_points
         WHERE way // ${WAYS_A_BATCH} = ${batch} GROUP BY way) JOIN osm_ways ON osm_ways.rowid = way AND len(refs) = len(points)`,
      { signal },
    );
  }
}

/**
 * A ring needs four points. `ST_BuildArea` joins the members to rings, finds holes and islands in them by their nesting and
 * looks at no role, as other assemblers do, because roles are often wrong. What it drops makes {@link wholeArea} drop the area.
 */
const ENTITIES = `
  SELECT kind, id, tags, ${storedPoint(stored("lon"), stored("lat"))} AS shape FROM osm_matched WHERE kind = 'node'
  UNION ALL
  SELECT kind, m.id, tags, CASE WHEN ST_IsClosed(shape) AND ST_NPoints(shape) > 3 AND (${isAreaSql()})
    THEN ST_MakePolygon(shape) ELSE shape END
  FROM osm_matched m LEFT JOIN osm_lines l USING (id) WHERE kind = 'way'
  UNION ALL
  SELECT kind, id, tags, CASE WHEN complete AND ${IS_AREA_RELATION} THEN ${wholeArea("area")}
    WHEN complete THEN ST_Collect(shapes) END
  FROM (
    SELECT kind, id, tags, complete, length, shapes, CASE WHEN complete AND ${IS_AREA_RELATION} THEN ST_BuildArea(ST_Collect(shapes)) END AS area
    FROM osm_matched m LEFT JOIN (
      SELECT relation, list(shape ORDER BY way) AS shapes, sum(ST_Length(shape)) AS length, count(shape) = count(*) AS complete
      FROM (SELECT DISTINCT relation, way FROM osm_members) LEFT JOIN osm_lines ON osm_lines.id = way GROUP BY relation
    ) ON relation = m.id WHERE kind = 'relation'
  )`;

async function count(engine: Engine, sql: string): Promise<number> {
  return Number((await engine.query(sql)).getChildAt(0)?.get(0));
}
