import type { Interval } from "../cells.ts";
import type { Equation } from "../recover.ts";
import { type KnownSum, type Measure, sumsAt } from "./measures.ts";
import { type Cover, evidence, type Place } from "./place.ts";
import type { PublishedTable } from "./published.ts";
import { findRelations } from "./relations.ts";

/** What all tables together say, as sums of cells: those of the new table first, then those that earlier ones hide. */
export interface Linked {
  readonly equations: readonly Equation[];
  /** What a reader knows of each hidden number of an earlier release. */
  readonly hidden: readonly Interval[];
  /** Whether all sums were looked at. */
  readonly complete: boolean;
}

/** Rows and a measure, to be added or taken away. */
interface Term {
  readonly cover: Cover;
  readonly measure: Measure;
  readonly sign: number;
}

/**
 * What a reader of all tables can set up as equations about the hidden numbers: a place is the same however it is put
 * together, and measures that add up do so at every place. The new table is the first.
 */
export function linkTables(
  tables: readonly PublishedTable[],
  places: readonly Place[],
  measures: readonly Measure[],
): Linked {
  const known = places.map((place) => measures.map((measure) => sumsAt(tables, place, measure)));
  const narrowest = known.map((sums) =>
    sums.map((covers) => [...covers].sort((a, b) => a.high - a.low - (b.high - b.low))[0]),
  );
  const { found, complete } = findRelations(measures.length, narrowest);
  const cells = hiddenCells(tables, measures);
  const equations = new Map<string, Equation>();
  const add = (terms: readonly Term[]) => {
    const equation = equationOf(tables, cells, terms);
    if (equation) equations.set(JSON.stringify(equation), equation);
  };
  for (const [index, place] of places.entries()) {
    for (const [position, measure] of measures.entries())
      for (const terms of sameSums(place, measure, known[index]?.[position] ?? [])) add(terms);
    for (const { plus, minus } of found) {
      const terms = [...plus, ...minus].flatMap((position): Term[] => {
        const [measure, sum] = [measures[position], narrowest[index]?.[position]];
        return measure && sum ? [{ cover: sum.cover, measure, sign: plus.includes(position) ? 1 : -1 }] : [];
      });
      if (terms.length === plus.length + minus.length) add(terms);
    }
  }
  return { equations: [...equations.values()], hidden: cells.intervals, complete };
}

/** So many bits that the numbers fit make it likely that two tables are about the same people. */
const LIKELY = 2;

/** The sums that stand for one place, each beside the first. */
function sameSums({ certain }: Place, measure: Measure, [first, ...others]: readonly KnownSum[]): Term[][] {
  if (!first) return [];
  return others
    .filter((other) => certain || evidence({ own: first, others: other }) >= LIKELY)
    .map((other) => [
      { cover: first.cover, measure, sign: 1 },
      { cover: other.cover, measure, sign: -1 },
    ]);
}

/** The hidden numbers of earlier releases, numbered after the cells of the new table. */
interface HiddenCells {
  readonly positions: ReadonlyMap<string, number>;
  readonly intervals: readonly Interval[];
}

const keyOf = (table: number, column: number, row: number): string => `${table}/${column}/${row}`;

function hiddenCells(tables: readonly PublishedTable[], measures: readonly Measure[]): HiddenCells {
  const positions = new Map<string, number>();
  const intervals: Interval[] = [];
  const first = (tables[0]?.columns.length ?? 0) * (tables[0]?.rows ?? 0);
  for (const [table, column] of measures.flatMap((measure) => [...measure])) {
    const { hidden, low, high } = tables[table]?.columns[column] ?? {};
    for (const row of table > 0 ? (hidden ?? []) : []) {
      positions.set(keyOf(table, column, row), first + intervals.length);
      intervals.push({ low: low?.[row] ?? 0, high: high?.[row] ?? 0 });
    }
  }
  return { positions, intervals };
}

/** What terms that together are nothing say of the cells that are not known; undefined where they say nothing. */
function equationOf(
  tables: readonly PublishedTable[],
  { positions }: HiddenCells,
  terms: readonly Term[],
): Equation | undefined {
  const factors = new Map<number, number>();
  let [low, high] = [0, 0];
  for (const { table, row, measure, sign } of terms.flatMap(rowsOfTerm)) {
    const column = measure.get(table) ?? 0;
    const { rows = 0, columns } = tables[table] ?? {};
    const cell = table === 0 ? column * rows + row : positions.get(keyOf(table, column, row));
    if (cell !== undefined) {
      factors.set(cell, (factors.get(cell) ?? 0) + sign);
      continue;
    }
    const known = [columns?.[column]?.low[row] ?? 0, columns?.[column]?.high[row] ?? 0].map(
      (end) => sign * end,
    );
    low -= Math.max(...known);
    high -= Math.min(...known);
  }
  const side = (sign: number) => [...factors].flatMap(([cell, factor]) => (factor === sign ? [cell] : []));
  const [plus, minus] = [side(1), side(-1)];
  const isPlain = [...factors.values()].every((factor) => Math.abs(factor) <= 1);
  if (plus.length + minus.length === 0 || !isPlain) return undefined;
  // The smallest cell is added, and no end is the negative zero: the same equation is written in the same way.
  return plus.length > 0 && !(Math.min(...minus) < Math.min(...plus))
    ? { plus, minus, low: low + 0, high: high + 0 }
    : { plus: minus, minus: plus, low: 0 - high, high: 0 - low };
}

const rowsOfTerm = ({ cover, measure, sign }: Term) => cover.map((row) => ({ ...row, measure, sign }));
