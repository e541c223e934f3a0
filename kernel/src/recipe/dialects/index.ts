import type { Engine } from "../../engine/engine.ts";
import type { Dialect } from "./dialect.ts";
import { duckdbDialect } from "./duckdb.ts";
import { postgisDialect } from "./postgis.ts";

/** The dialects of all engines. */
export const dialects: Readonly<Record<Engine["dialect"], Dialect>> = {
  duckdb: duckdbDialect,
  postgis: postgisDialect,
};
