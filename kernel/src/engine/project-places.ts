import type { DuckDBConnection } from "@duckdb/node-api";

/** A shape in longitude and latitude, in SQL, in another system. */
export const transform = (shape: string, crs: number): string =>
  `ST_Transform(${shape}, 'OGC:CRS84', 'EPSG:${Math.trunc(crs)}', always_xy := true)`;

/** Places in longitude and latitude in another system, by DuckDB; NaN where there is none. */
export async function projectPlaces(
  connection: DuckDBConnection,
  places: readonly (readonly [number, number])[],
  crs: number,
): Promise<Float64Array> {
  const projected = new Float64Array(2 * places.length).fill(Number.NaN);
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
