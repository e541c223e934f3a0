import type { DuckDBConnection, DuckDBDataChunk, DuckDBValue } from "@duckdb/node-api";

/** Shapes as they come from DuckDB. */
export type ShapeChunks = readonly DuckDBDataChunk[];

/** Runs a SELECT whose only column is shapes. */
export async function fetchShapes(
  connection: DuckDBConnection,
  select: string,
  parameters: DuckDBValue[] | undefined,
): Promise<ShapeChunks> {
  const result = await connection.stream(shapeStatement(select), parameters);
  return result.fetchAllChunks();
}

/** Columns of {@link shapeStatement}. */
export const COLUMN = { X: 0, Y: 1, SHAPE: 2, POINTS: 3 } as const;

/** Shapes as columns that are read quickly: points by their coordinates, where others have NaN. */
function shapeStatement(select: string): string {
  const point = "ST_GeometryType(shape) = 'POINT' AND NOT ST_IsEmpty(shape)";
  return `SELECT CASE WHEN ${point} THEN ST_X(shape) ELSE 'NaN'::DOUBLE END, CASE WHEN ${point} THEN ST_Y(shape) ELSE 'NaN'::DOUBLE END,
    CASE WHEN ${point} THEN NULL ELSE ST_AsWKB(shape)::BLOB END, COALESCE(ST_NPoints(shape), 0)::INTEGER
    FROM (${select}) AS shapes(shape)`;
}
