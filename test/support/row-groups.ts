import { readFileSync, writeFileSync } from "node:fs";
import type { Store } from "../../kernel/src/store/store.ts";
import { rowsOf } from "./store.ts";

/** A SELECT of subjects of a type of `town`, which are points anywhere between 0 and 10 degrees. */
export const scattered = (rows: number, type: string): string =>
  `SELECT 'town' AS provider, '${type}' AS subject_type, 'p' || i AS label, NULL AS name, i AS position,
   ST_Point(hash(i) % 1000 / 100, hash(-i) % 1000 / 100) AS shape FROM range(${rows}) AS row(i)`;

/** Overwrites the shapes of all row groups but those whose bounds meet a box; a query that reads them fails. */
export async function ruinOutside(
  of: Store,
  file: string,
  box: readonly [number, number, number, number],
): Promise<{ groups: number; needed: number }> {
  const [west, south, east, north] = box;
  const bound = (side: string, end: "min" | "max") =>
    `max(stats_${end}_value) FILTER (path_in_schema = 'bbox, ${side}')::DOUBLE`;
  const groups = rowsOf(
    await of.engine.query(`SELECT max(data_page_offset) FILTER (path_in_schema = 'shape') AS start,
      max(total_compressed_size) FILTER (path_in_schema = 'shape') AS length, ${bound("xmin", "min")} <= ${east}
      AND ${bound("xmax", "max")} >= ${west} AND ${bound("ymin", "min")} <= ${north} AND ${bound("ymax", "max")} >= ${south} AS needed
      FROM parquet_metadata('${file}') GROUP BY row_group_id`),
  );
  const bytes = readFileSync(file);
  for (const { start, length, needed } of groups)
    if (!needed) bytes.fill(0xaa, Number(start), Number(start) + Number(length));
  writeFileSync(file, bytes);
  return { groups: groups.length, needed: groups.filter(({ needed }) => needed).length };
}
