import type { DuckDBConnection } from "@duckdb/node-api";
import { readDoubles } from "./chunk-column.ts";
import type { Place } from "./projection/patch.ts";

/** A shape in longitude and latitude, in SQL, in another system. */
export const transform = (shape: string, crs: number): string =>
  `ST_Transform(${shape}, 'OGC:CRS84', 'EPSG:${Math.trunc(crs)}', always_xy := true)`;

/** Places in longitude and latitude in another system, by DuckDB; NaN where there is none. */
export async function projectPlaces(
  connection: DuckDBConnection,
  places: readonly Place[],
  crs: number,
): Promise<Float64Array> {
  await connection.run("CREATE OR REPLACE TEMP TABLE places_to_project (x DOUBLE, y DOUBLE)");
  await appendPlaces(connection, places);
  const point = `TRY(${transform("ST_Point(x, y)", crs)})`;
  const result = await connection.run(
    `SELECT COALESCE(ST_X(p), 'NaN'), COALESCE(ST_Y(p), 'NaN') FROM (SELECT ${point} AS p FROM places_to_project)`,
  );
  const chunks = await result.fetchAllChunks();
  const read = (column: number) =>
    readDoubles({ chunks, column, length: places.length })?.toArray() ?? new Float64Array();
  const [xs, ys] = [read(0), read(1)];
  for (const chunk of chunks) chunk.reset();
  await connection.run("DROP TABLE places_to_project");
  return Float64Array.from(
    { length: 2 * places.length },
    (_, at) => (at % 2 === 0 ? xs : ys)[at >> 1] ?? Number.NaN,
  );
}

const ROWS_A_CHUNK = 2048;

async function appendPlaces(connection: DuckDBConnection, places: readonly Place[]) {
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
