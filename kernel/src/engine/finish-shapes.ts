import type { DuckDBConnection } from "@duckdb/node-api";
import type { ShapesOptions } from "./engine.ts";
import type { GeometryColumn } from "./operators/geometry-column.ts";
import { projectPlaces, transform } from "./project-places.ts";
import { KnownProjection } from "./projection/known-projection.ts";
import { projectColumn } from "./projection/project-column.ts";
import { repairPolygons, repairShape } from "./repair-polygons.ts";

/** Does something with a connection once it is free. */
type OnConnection = <Result>(work: (connection: DuckDBConnection) => Promise<Result>) => Promise<Result>;

/** What is wanted of shapes that a query has given. */
export interface ShapesWanted extends Pick<ShapesOptions, "crs" | "signal" | "unrepaired"> {
  /** The query. */
  readonly sql: string;
  /** Runs another query with the same parameters. */
  readonly read: (sql: string) => Promise<GeometryColumn>;
  /** A connection for what reads no tables: it need not wait for the statements that do. */
  readonly beside: OnConnection;
}

/** Puts shapes into another system when one is given, and repairs polygons whose rings cross. */
export async function finishShapes(shapes: GeometryColumn, wanted: ShapesWanted): Promise<GeometryColumn> {
  const { beside, signal } = wanted;
  const projected = await projectShapes(shapes, wanted);
  if (wanted.unrepaired) return projected;
  return repairPolygons(projected, (shape) => beside((connection) => repairShape(connection, shape)), signal);
}

async function projectShapes(
  shapes: GeometryColumn,
  { sql, crs, read, beside }: ShapesWanted,
): Promise<GeometryColumn> {
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
