import type { DuckDBConnection, DuckDBDataChunk, DuckDBResult, DuckDBValue } from "@duckdb/node-api";
import type { Work } from "../progress.ts";
import { readItemBytes } from "./chunk-column.ts";
import {
  columnFromWkb,
  type GeometryColumn,
  GeometryColumnBuilder,
  KIND,
  polygonWkb,
  withRows,
} from "./operators/geometry-column.ts";
import { runOperator } from "./operators/operator.ts";
import { KnownProjection, projectColumn } from "./projection/project-column.ts";

/** A query for shapes. */
export interface ShapeQuery {
  readonly connection: DuckDBConnection;
  readonly sql: string;
  readonly parameters: DuckDBValue[] | undefined;
  /** EPSG code of the system into which shapes in longitude and latitude are projected. */
  readonly crs: number | undefined;
}

/** Runs a query for shapes, in another system when one is given. Their polygons are as they are: {@link repairPolygons}. */
export async function queryShapes(query: ShapeQuery): Promise<GeometryColumn> {
  const { connection, parameters, sql, crs } = query;
  const read = async (select: string) => {
    const counted = await connection.runAndReadAll(
      `SELECT sum(ST_NPoints(shape)) FROM (${select}) AS shapes(shape)`,
      parameters,
    );
    const points = Number(counted.getRows()[0]?.[0] ?? 0);
    return readShapes(await connection.stream(shapeStatement(select), parameters), points);
  };
  const shapes = await read(sql);
  if (crs === undefined || crs === 4326) return shapes;
  const projected = await projectColumn(
    shapes,
    (places) => projectPlaces(connection, places, crs),
    knownProjection(connection, crs),
  );
  return projected ?? read(`SELECT TRY(${transform("shape", crs)}) FROM (${sql}) AS shapes(shape)`);
}

const transform = (shape: string, crs: number) =>
  `ST_Transform(${shape}, 'OGC:CRS84', 'EPSG:${Math.trunc(crs)}', always_xy := true)`;

/** What the shapes before have shown of projections, by connection and EPSG code. */
const projections = new WeakMap<DuckDBConnection, Map<number, KnownProjection>>();

/** In more squares than this, some 10 MB, what is known is forgotten. */
const MOST_KNOWN = 20_000;

function knownProjection(connection: DuckDBConnection, crs: number): KnownProjection {
  const known = projections.get(connection) ?? new Map<number, KnownProjection>();
  projections.set(connection, known);
  const before = known.get(crs);
  const projection = before && before.patches.count <= MOST_KNOWN ? before : new KnownProjection();
  known.set(crs, projection);
  return projection;
}

/** Places in another system, by DuckDB; NaN where there is none. */
async function projectPlaces(
  connection: DuckDBConnection,
  places: readonly (readonly [number, number])[],
  crs: number,
): Promise<Float64Array> {
  const projected = new Float64Array(2 * places.length).fill(Number.NaN);
  if (places.length === 0) return projected;
  await connection.run("CREATE OR REPLACE TEMP TABLE places_to_project (x DOUBLE, y DOUBLE)");
  await appendPlaces(connection, places);
  const point = `TRY(${transform("ST_Point(x, y)", crs)})`;
  const result = await connection.stream(
    `SELECT ST_X(p), ST_Y(p) FROM (SELECT ${point} AS p FROM places_to_project)`,
  );
  for (let row = 0; ; ) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) break;
    const [xs, ys] = [chunk.getColumnVector(0), chunk.getColumnVector(1)];
    for (let at = 0; at < chunk.rowCount; at++, row++) {
      projected[2 * row] = Number(xs.getItem(at) ?? Number.NaN);
      projected[2 * row + 1] = Number(ys.getItem(at) ?? Number.NaN);
    }
  }
  await connection.run("DROP TABLE places_to_project");
  return projected;
}

const ROWS_A_CHUNK = 2048;

async function appendPlaces(connection: DuckDBConnection, places: readonly (readonly [number, number])[]) {
  const { DuckDBDataChunk, DOUBLE } = await import("@duckdb/node-api");
  const appender = await connection.createAppender("places_to_project");
  for (let first = 0; first < places.length; first += ROWS_A_CHUNK) {
    const rows = places.slice(first, first + ROWS_A_CHUNK);
    const chunk = DuckDBDataChunk.create([DOUBLE, DOUBLE], rows.length);
    chunk.setColumns([rows.map(([x]) => x), rows.map(([, y]) => y)]);
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

/** A SELECT of shapes as the columns that {@link readShapes} reads: points by their coordinates, which is ten times quicker. */
function shapeStatement(sql: string): string {
  const point = "ST_GeometryType(shape) = 'POINT' AND NOT ST_IsEmpty(shape)";
  return `SELECT CASE WHEN ${point} THEN ST_X(shape) END, CASE WHEN ${point} THEN ST_Y(shape) END,
    CASE WHEN ${point} THEN NULL ELSE ST_AsWKB(shape)::BLOB END FROM (${sql}) AS shapes(shape)`;
}

/** Reads the shapes of a result, with so many points in all, chunk by chunk. */
async function readShapes(result: DuckDBResult, points: number): Promise<GeometryColumn> {
  const builder = new GeometryColumnBuilder(points);
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) return builder.finish();
    appendChunk(chunk, builder);
  }
}

function appendChunk(chunk: DuckDBDataChunk, builder: GeometryColumnBuilder): void {
  const [xs, ys, shapes] = [0, 1, 2].map((column) => chunk.getColumnVector(column));
  if (!xs || !ys || !shapes) throw new Error("the chunk lacks columns");
  const { rowCount } = chunk;
  for (let row = 0; row < rowCount; row++) {
    const x = xs.getItem(row);
    if (typeof x === "number") builder.appendPoint(x, Number(ys.getItem(row)));
    else builder.append(readItemBytes(shapes, row));
  }
}

const REPAIR = "SELECT ST_AsWKB(ST_MakeValid(ST_GeomFromWKB(?::BLOB)))::BLOB";

/**
 * The column with polygons whose rings cross replaced by what GEOS makes of them, which `repair` asks for. Few are, so all are
 * checked quickly first.
 */
export async function repairPolygons(
  column: GeometryColumn,
  repair: (shape: Uint8Array) => Promise<Uint8Array | null>,
  signal: AbortSignal | undefined,
): Promise<GeometryColumn> {
  if (!column.kinds.includes(KIND.POLYGON)) return column;
  const work: Work = { signal };
  const { values } = await runOperator(
    { operator: "self-overlap", left: column, right: columnFromWkb([]) },
    work,
  );
  const repaired = new Map<number, Uint8Array | null>();
  for (const [row, overlap] of values.entries()) {
    const shape = overlap > 0 ? polygonWkb(column, row) : null;
    if (shape) repaired.set(row, await repair(shape));
  }
  return repaired.size === 0 ? column : withRows(column, repaired);
}

/** What GEOS makes of a polygon whose rings cross. */
export async function repairShape(
  connection: DuckDBConnection,
  shape: Uint8Array,
): Promise<Uint8Array | null> {
  const { DuckDBBlobValue } = await import("@duckdb/node-api");
  const result = await connection.run(REPAIR, [new DuckDBBlobValue(shape)]);
  const repaired = (await result.fetchChunk())?.getColumnVector(0);
  return repaired ? readItemBytes(repaired, 0) : null;
}
