import { readFiles } from "../../engine/read-files.ts";
import type { ReadFile } from "./read.ts";

/** Parquet and GeoParquet become the table `source` with their own columns and `file` from 0. */
export const readParquet: ReadFile = async (engine, pieces, table, { signal }) => {
  const selects = pieces.map(
    ({ path }, file) => `SELECT ${file} AS file, * FROM ${readFiles("read_parquet", [path])}`,
  );
  const union = selects.join(" UNION ALL BY NAME ");
  await engine.run(`CREATE OR REPLACE TEMP TABLE ${table} AS ${union}`, { signal });
};
