import type { DuckDBConnection, DuckDBDataChunk, DuckDBValue } from "@duckdb/node-api";
import { readDoubles, readIntegers } from "./chunk-column.ts";
import { bytesReader } from "./chunk-strings.ts";
import { columnOfPoints, type GeometryColumn, GeometryColumnBuilder } from "./operators/geometry-column.ts";

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
const COLUMN = { X: 0, Y: 1, SHAPE: 2, POINTS: 3 } as const;

/** Shapes as columns that are read quickly: points by their coordinates, where others have NaN. */
function shapeStatement(select: string): string {
  const point = "ST_GeometryType(shape) = 'POINT' AND NOT ST_IsEmpty(shape)";
  return `SELECT CASE WHEN ${point} THEN ST_X(shape) ELSE 'NaN'::DOUBLE END, CASE WHEN ${point} THEN ST_Y(shape) ELSE 'NaN'::DOUBLE END,
    CASE WHEN ${point} THEN NULL ELSE ST_AsWKB(shape)::BLOB END, COALESCE(ST_NPoints(shape), 0)::INTEGER
    FROM (${select}) AS shapes(shape)`;
}

/** The shapes as operators take them. The chunks are empty then: their memory would wait for the collection of garbage. */
export function columnFromChunks(chunks: ShapeChunks): GeometryColumn {
  const length = chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0);
  const read = (column: number) => readDoubles({ chunks, column, length })?.toArray() ?? new Float64Array();
  const [xs, ys] = [read(COLUMN.X), read(COLUMN.Y)];
  if (!xs.some(Number.isNaN)) {
    for (const chunk of chunks) chunk.reset();
    return columnOfPoints(xs, ys);
  }
  const points = readIntegers({ chunks, column: COLUMN.POINTS, length }).toArray();
  const builder = new GeometryColumnBuilder(points.reduce((sum, count) => sum + count, 0));
  let row = 0;
  for (const chunk of chunks) {
    const { rowCount } = chunk;
    const shape = bytesReader(chunk, COLUMN.SHAPE);
    for (let at = 0; at < rowCount; at++, row++) {
      const x = xs[row] ?? Number.NaN;
      if (Number.isNaN(x)) builder.append(shape(at));
      else builder.appendPoint(x, ys[row] ?? Number.NaN);
    }
    chunk.reset();
  }
  return builder.finish();
}
