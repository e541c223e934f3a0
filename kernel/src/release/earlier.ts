import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Table } from "apache-arrow";
import { isGeometry } from "../engine/arrow.ts";
import type { Engine } from "../engine/engine.ts";
import { quoteLiteral } from "../engine/quote.ts";
import { numbersOf } from "../engine/result-columns.ts";
import type { CellState, Counts } from "./cells.ts";
import type { Preset } from "./preset.ts";
import { intervalOf } from "./protect.ts";
import { type Known, NOTHING_KNOWN } from "./protect-table.ts";
import type { Equation } from "./recover.ts";
import { findPreset } from "./release.ts";
import { listReleases } from "./write-release.ts";

/** Share of its area by which an earlier area may differ from the new ones that fill it: boundaries are generalised. */
const FILLED = 0.001;

/**
 * What earlier releases of the same source say about the counts of a new one, as equations: an area that is in both, and an
 * earlier area that new ones fill. Releases lie below `folder`; one of the same name is about to be replaced and left out.
 */
export async function knownFromReleases(
  engine: Engine,
  folder: string,
  name: string,
  table: Table,
  source: string,
  counts: Counts,
): Promise<Known> {
  if (!existsSync(folder)) return NOTHING_KNOWN;
  const equations: Equation[] = [];
  const differences: number[] = [];
  for (const { folder: place, record } of listReleases(folder)) {
    if (record.name === name || !sharesSource(record.source, source)) continue;
    const released = await engine.query(`SELECT * FROM ${quoteLiteral(join(place, "table.parquet"))}`);
    const groups = await matchRows(engine, table, join(place, "table.parquet"));
    for (const equation of equationsOf(released, groups, counts, findPreset(record.preset))) {
      const sum = equation.plus.reduce((total, cell) => total + (counts.values[cell] ?? Number.NaN), 0);
      if (sum >= equation.low && sum <= equation.high) equations.push(equation);
      else if (isSmallDifference(sum, equation)) differences.push(smallestOf(equation.plus, counts));
    }
  }
  return { equations, differences };
}

/** Whether two lists of publishers' lines have one in common: further columns bring further lines. */
function sharesSource(first: string, second: string): boolean {
  const lines = (text: string) => text.split(/(?<=\.)\s+/).filter((line) => line !== "");
  const known = new Set(lines(first));
  return first === second || lines(second).some((line) => known.has(line));
}

/** Differences up to this many people are a small count whatever the preset: the largest limit of any of them. */
const SMALL = 9;

/** Whether a reader could subtract: the earlier number is exact, and the new one differs from it by a few. */
function isSmallDifference(sum: number, { low, high }: Equation): boolean {
  return low === high && Math.abs(sum - low) <= SMALL;
}

const smallestOf = (cells: readonly number[], { values }: Counts): number =>
  [...cells].sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0))[0] ?? 0;

/** For each earlier row the new rows that together are the same area. */
async function matchRows(engine: Engine, table: Table, file: string): Promise<Map<number, number[]>> {
  const shape = table.schema.fields.find(isGeometry)?.name;
  await engine.register("release_rows", table);
  try {
    const earlier = `(SELECT row_number() OVER () - 1 AS row, * FROM ${quoteLiteral(file)})`;
    const now = "(SELECT row_number() OVER () - 1 AS row, * FROM release_rows)";
    const labelled = `SELECT e.row AS earlier, n.row AS now FROM ${earlier} e JOIN ${now} n ON n.label = e.label`;
    const filled = shape === undefined ? undefined : filledAreas(earlier, now, shape);
    const rows = await engine.query(filled === undefined ? labelled : `${labelled} UNION ${filled}`);
    const groups = new Map<number, number[]>();
    const [first, second] = [numbersOf(rows, "earlier"), numbersOf(rows, "now")];
    for (const [index, row] of first.entries())
      groups.set(row, [...(groups.get(row) ?? []), second[index] ?? 0]);
    return groups;
  } finally {
    await engine.run("DROP TABLE IF EXISTS temp.release_rows");
  }
}

function filledAreas(earlier: string, now: string, shape: string): string {
  const column = `"${shape.replaceAll('"', '""')}"`;
  const inside = `SELECT e.row AS earlier, n.row AS now, ST_Area(e.${column}) AS whole, ST_Area(n.${column}) AS part
    FROM ${earlier} e JOIN ${now} n ON ST_Contains(e.${column}, ST_PointOnSurface(n.${column})) AND n.label <> e.label`;
  return `SELECT earlier, now FROM (SELECT *, sum(part) OVER (PARTITION BY earlier) AS parts FROM (${inside}))
    WHERE abs(parts - whole) <= ${FILLED} * whole`;
}

function equationsOf(
  released: Table,
  groups: ReadonlyMap<number, readonly number[]>,
  counts: Counts,
  preset: Preset,
): Equation[] {
  const names = released.schema.fields.map((field) => field.name);
  return counts.columns.flatMap((column, index) => {
    const earlierName = names.find(
      (candidate) => candidate === column || candidate.startsWith(`${column}_midpoint`),
    );
    if (earlierName === undefined) return [];
    const values = numbersOf(released, earlierName);
    const marks = released.getChild(`${earlierName} marks`);
    const states = Array.from(values, (value, row): CellState => {
      if (!Number.isNaN(value)) return "";
      return marks?.get(row) === "[c]" ? "c" : "x";
    });
    return [...groups].flatMap(([row, members]) => {
      if (states[row] === "x") return [];
      const interval = intervalOf({ values, states }, row, preset, "count");
      return [{ ...interval, plus: members.map((member) => index * counts.rows + member), minus: [] }];
    });
  });
}
