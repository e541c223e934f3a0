import { DataType, type Table } from "apache-arrow";
import { isGeometry } from "../engine/arrow.ts";
import type { Engine } from "../engine/engine.ts";
import { quoteIdentifier, quoteLiteral } from "../engine/quote.ts";
import { numbersOf } from "../engine/result-columns.ts";

/** Share of its area by which an area may differ from those that fill it: boundaries are generalised. */
const FILLED = 0.001;

/** How the rows of an earlier release and those of a new one are the same areas. */
export interface AreaMatch {
  /** Earlier row → the new rows that together are the same area. */
  readonly filledByNew: ReadonlyMap<number, readonly number[]>;
  /** New row → the earlier rows, two or more, that together are the same area. */
  readonly fillingNew: ReadonlyMap<number, readonly number[]>;
}

/** Matches the rows of a released table with those of a new one, by what they are called and by their shapes. */
export async function matchAreas(
  engine: Engine,
  table: Table,
  { file, columns }: { readonly file: string; readonly columns: readonly string[] },
): Promise<AreaMatch> {
  const shape = table.schema.fields.find((field) => isGeometry(field) && columns.includes(field.name))?.name;
  const key = keyOf(table, columns);
  await engine.register("release_rows", table);
  try {
    const earlier = `(SELECT row_number() OVER () - 1 AS row, ${key} AS key, * FROM ${quoteLiteral(file)})`;
    const now = `(SELECT row_number() OVER () - 1 AS row, ${key} AS key, * FROM release_rows)`;
    const labelled = `SELECT w.row AS whole, p.row AS part FROM ${earlier} w JOIN ${now} p ON p.key = w.key`;
    if (shape === undefined) return { filledByNew: await groups(engine, labelled), fillingNew: new Map() };
    return {
      filledByNew: await groups(engine, `${labelled} UNION ${filledAreas(earlier, now, shape)}`),
      fillingNew: await groups(engine, filledAreas(now, earlier, shape)),
    };
  } finally {
    await engine.run("DROP TABLE IF EXISTS temp.release_rows");
  }
}

/** What tells a row in both tables: its label, else all texts that both have, such as the names of groups; null where there is nothing. */
function keyOf(table: Table, columns: readonly string[]): string {
  const shared = table.schema.fields.filter(
    ({ name, type }) => columns.includes(name) && DataType.isUtf8(type),
  );
  const found = shared.filter(({ name }) => name === "label");
  const names = (found.length > 0 ? found : shared).map(({ name }) => quoteIdentifier(name));
  return names.length === 0
    ? "NULL"
    : `to_json([${names.map((name) => `${name}::VARCHAR`).join(", ")}])::VARCHAR`;
}

async function groups(engine: Engine, sql: string): Promise<Map<number, number[]>> {
  const rows = await engine.query(sql);
  const found = new Map<number, number[]>();
  const [wholes, parts] = [numbersOf(rows, "whole"), numbersOf(rows, "part")];
  for (const [index, whole] of wholes.entries()) {
    const list = found.get(whole);
    if (list) list.push(parts[index] ?? 0);
    else found.set(whole, [parts[index] ?? 0]);
  }
  return found;
}

/** Pairs of a whole and a part where the parts fill the whole. */
function filledAreas(wholes: string, parts: string, shape: string): string {
  const column = quoteIdentifier(shape);
  const inside = `SELECT w.row AS whole, p.row AS part, ST_Area(w.${column}) AS area, ST_Area(p.${column}) AS share
    FROM ${wholes} w JOIN ${parts} p ON ST_Contains(w.${column}, ST_PointOnSurface(p.${column})) AND p.key IS DISTINCT FROM w.key`;
  return `SELECT whole, part FROM (SELECT *, sum(share) OVER (PARTITION BY whole) AS shares FROM (${inside}))
    WHERE abs(shares - area) <= ${FILLED} * area`;
}
