import type { Engine } from "../../engine/engine.ts";
import type { Dialect } from "./dialect.ts";
import { duckdbDialect } from "./duckdb.ts";

/** The dialects of all engines. */
export const dialects: Readonly<Record<Engine["dialect"], Dialect>> = { duckdb: duckdbDialect };
