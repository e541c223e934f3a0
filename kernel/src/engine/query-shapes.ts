import type { DuckDBConnection, DuckDBValue } from "@duckdb/node-api";
import type { ShapesOptions } from "./engine.ts";
import type { GeometryColumn } from "./operators/geometry-column.ts";
import { projectPlaces, transform } from "./project-places.ts";
import { KnownProjection } from "./projection/known-projection.ts";
import { projectColumn } from "./projection/project-column.ts";
import { columnFromChunks, fetchShapes } from "./read-shapes.ts";
import { repairPolygons, repairShape } from "./repair-polygons.ts";

/** Does something with a connection once it is free. */
type OnConnection = <Result>(work: (connection: DuckDBConnection) => Promise<Result>) => Promise<Result>;

/** A query for shapes. */
export interface ShapeQuery extends Pick<ShapesOptions, "crs" | "signal" | "unrepaired" | "queried"> {
  readonly sql: string;
  readonly parameters: DuckDBValue[] | undefined;
  /** The connection whose tables the query reads. */
  readonly onTables: OnConnection;
  /** Another one, for what reads no tables: it need not wait for the statements that do. */
  readonly beside: OnConnection;
}

/**
 * Runs a query for shapes, in another system when one is given, and repairs polygons whose rings cross. The next statement need only
 * wait until the shapes have come: what is made of them is made beside.
 */
export async function queryShapes(query: ShapeQuery): Promise<GeometryColumn> {
  const { beside, signal } = query;
  const shapes = await projectedShapes(query);
  if (query.unrepaired) return shapes;
  return repairPolygons(shapes, (shape) => beside((connection) => repairShape(connection, shape)), signal);
}

async function projectedShapes(query: ShapeQuery): Promise<GeometryColumn> {
  const { sql, parameters, crs, onTables, beside } = query;
  const read = async (select: string) =>
    columnFromChunks(await onTables((connection) => fetchShapes(connection, select, parameters)));
  const key = JSON.stringify([sql, parameters]);
  const reading = query.queried?.get(key) ?? read(sql);
  query.queried?.set(key, reading);
  const shapes = await reading;
  if (crs === undefined || crs === 4326) return shapes;
  const projected = await projectColumn(
    shapes,
    (places) =>
      places.length === 0
        ? Promise.resolve(new Float64Array())
        : beside((connection) => projectPlaces(connection, places, crs)),
    knownProjection(crs),
  );
  return projected ?? read(`SELECT TRY(${transform("shape", crs)}) FROM (${sql}) AS shapes(shape)`);
}

/** In more squares than this, some 10 MB, what is known is forgotten. */
const MOST_KNOWN = 20_000;

/** What the shapes before have shown of projections, by EPSG code: PROJ is the same for each DuckDB of a process. */
const projections = new Map<number, KnownProjection>();

function knownProjection(crs: number): KnownProjection {
  const before = projections.get(crs);
  const projection = before && before.count <= MOST_KNOWN ? before : new KnownProjection();
  projections.set(crs, projection);
  return projection;
}
