import type { Dialect } from "./dialect.ts";

/** DuckDB with its spatial extension. */
export const duckdbDialect: Dialect = {
  name: "duckdb",
  // Without always_xy PROJ takes the axes of EPSG:4326 in their official order, latitude first.
  projected: (shape, crs) =>
    `ST_Transform(${shape}, 'OGC:CRS84', 'EPSG:${Math.trunc(crs)}', always_xy := true)`,
  area: (shape) => `ST_Area(${shape})`,
  wkb: (shape) => `ST_AsWKB(${shape})`,
  number: (text) => `TRY_CAST(${text} AS DOUBLE)`,
};
