import type { Table } from "apache-arrow";
import { addToList } from "../../add-to-list.ts";
import { isGeometry } from "../../engine/arrow.ts";
import type { Engine } from "../../engine/engine.ts";
import { quoteIdentifier } from "../../engine/quote.ts";
import { numbersOf } from "../../engine/result-columns.ts";

/** Share of its area by which an area may differ from those that fill it: boundaries are generalised. */
const FILLED = 0.001;

/** A row of one of several tables, by their positions. */
export interface RowOf {
  readonly table: number;
  readonly row: number;
}

/** Rows, of whatever tables, that together fill the area of one. */
export interface Filled {
  readonly whole: RowOf;
  readonly parts: readonly RowOf[];
}

/** An area inside another, or the same area. */
interface Inside extends RowOf {
  readonly area: number;
}

/**
 * Which rows fill which, by their shapes: of each table the largest that lie inside, and the largest of all tables together
 * where no table alone fills the area.
 */
export async function filledByShape(engine: Engine, tables: readonly Table[]): Promise<Filled[]> {
  const pairs = await areasInside(engine, tables);
  if (!pairs) return [];
  const partsOf = new Map<number, Inside[]>();
  const wholesOf = new Map<number, Inside[]>();
  const wholes = areasOf(pairs, ["whole_table", "whole", "whole_area"]);
  for (const [index, part] of areasOf(pairs, ["part_table", "part", "part_area"]).entries()) {
    const whole = wholes[index];
    if (!whole || keyOf(whole) === keyOf(part)) continue;
    addToList(partsOf, keyOf(whole), part);
    addToList(wholesOf, keyOf(part), whole);
  }
  return [...new Map(wholes.map((whole) => [keyOf(whole), whole])).values()].flatMap((whole) =>
    coversOf(whole, partsOf.get(keyOf(whole)) ?? [], wholesOf),
  );
}

const keyOf = ({ table, row }: RowOf): number => table * 2 ** 32 + row;

function areasOf(pairs: Table, [tables = "", rows = "", areas = ""]: readonly string[]): Inside[] {
  const [table, area] = [numbersOf(pairs, tables), numbersOf(pairs, areas)];
  return Array.from(numbersOf(pairs, rows), (row, index) => ({
    table: table[index] ?? 0,
    row,
    area: area[index] ?? 0,
  }));
}

/** The sets of rows that fill an area: those of each table, else the largest of all. */
function coversOf(
  whole: Inside,
  parts: readonly Inside[],
  wholesOf: ReadonlyMap<number, readonly Inside[]>,
): Filled[] {
  const byTable = new Map<number, Inside[]>();
  for (const part of parts) addToList(byTable, part.table, part);
  const filling = [...byTable.values()].flatMap((candidates) => cover(whole, candidates, wholesOf));
  if (filling.length > 0 || byTable.size < 2) return filling;
  return cover(whole, withoutTwins(parts, wholesOf), wholesOf);
}

function cover(
  whole: Inside,
  candidates: readonly Inside[],
  wholesOf: ReadonlyMap<number, readonly Inside[]>,
): Filled[] {
  const keys = new Set(candidates.map(keyOf));
  const isInside = (part: Inside): boolean =>
    wholesOf.get(keyOf(part))?.some((other) => keys.has(keyOf(other)) && !isAlike(other, part)) ?? false;
  const largest = candidates.filter((part) => !isInside(part));
  const area = largest.reduce((sum, part) => sum + part.area, 0);
  return isAlike(whole, { area }) ? [{ whole, parts: largest }] : [];
}

const isAlike = (one: Pick<Inside, "area">, other: Pick<Inside, "area">): boolean =>
  Math.abs(one.area - other.area) <= FILLED * one.area;

/** Of areas that are the same in several tables the first. */
function withoutTwins(parts: readonly Inside[], wholesOf: ReadonlyMap<number, readonly Inside[]>): Inside[] {
  const kept = new Set<number>();
  return parts.filter((part) => {
    const twins = wholesOf.get(keyOf(part))?.filter((other) => isAlike(other, part)) ?? [];
    if (twins.some((twin) => kept.has(keyOf(twin)))) return false;
    kept.add(keyOf(part));
    return true;
  });
}

/** Tables made so far: two releases at once do not share a name. */
let made = 0;

/** Pairs of areas of which the first contains a point on the second; undefined where no table has shapes. */
async function areasInside(engine: Engine, tables: readonly Table[]): Promise<Table | undefined> {
  const shaped = tables.flatMap((table, position) => {
    const shape = table.schema.fields.find(isGeometry)?.name;
    return shape === undefined
      ? []
      : [{ table, position, shape, name: `release_shapes_${position}_${++made}` }];
  });
  if (shaped.length === 0) return undefined;
  try {
    for (const { name, table, shape } of shaped) await engine.register(name, table.select([shape]));
    const all = shaped.map(
      ({ name, shape, position }) =>
        `SELECT ${position} AS tbl, row_number() OVER () - 1 AS row, ${quoteIdentifier(shape)} AS shape FROM ${name}`,
    );
    // A join on nothing but the shapes is the only one that uses an index. Most areas are inside nothing but themselves.
    return await engine.query(`WITH
      areas AS MATERIALIZED (SELECT *, ST_Area(shape) AS area, ST_PointOnSurface(shape) AS inside FROM (${all.join(" UNION ALL ")}) WHERE shape IS NOT NULL),
      points AS MATERIALIZED (SELECT tbl, row, area, inside FROM areas),
      pairs AS MATERIALIZED (SELECT w.tbl AS whole_table, w.row AS whole, w.area AS whole_area, p.tbl AS part_table, p.row AS part, p.area AS part_area
        FROM areas w JOIN points p ON ST_Contains(w.shape, p.inside))
      SELECT * FROM pairs QUALIFY count(*) OVER (PARTITION BY part_table, part) > 1`);
  } finally {
    for (const { name } of shaped) await engine.run(`DROP TABLE IF EXISTS temp.${quoteIdentifier(name)}`);
  }
}
