import type { DuckDBConnection } from "@duckdb/node-api";
import type { Work } from "../progress.ts";
import { readBytes } from "./chunk-strings.ts";
import { type GeometryColumn, KIND, polygonWkb } from "./operators/geometry-column.ts";
import { columnFromWkb, withRows } from "./operators/geometry-column-builder.ts";
import { runOperator } from "./operators/operator.ts";

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
  return readBytes({ chunks: await result.fetchAllChunks(), column: 0, length: 1 }).get(0);
}
