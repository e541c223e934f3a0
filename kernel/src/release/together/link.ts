import { addToList } from "../../add-to-list.ts";
import type { Interval } from "../cells.ts";
import type { Equation } from "../recover.ts";
import { type KnownSum, type Measure, sumsAt } from "./measures.ts";
import { type Cover, evidence, ofPlaces, type Place } from "./place.ts";
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
  const known = ofPlaces(places, (place) => {
    const sums = measures.map((measure) => sumsAt(tables, place, measure));
    return { sums, narrowest: sums.map(narrowestOf) };
  });
  const { found, complete } = findRelations(
    measures.length,
    known.map(({ narrowest }) => narrowest),
  );
  const cells = hiddenCells(tables, measures);
  const equations: Equation[] = [];
  const byFirst = new Map<number, Equation[]>();
  const add = (terms: readonly Term[]) => {
    const equation = equationOf(tables, cells, terms);
    if (!equation) return;
    const first = equation.plus[0] ?? -1;
    if (byFirst.get(first)?.some((other) => isSame(equation, other))) return;
    addToList(byFirst, first, equation);
    equations.push(equation);
  };
  for (const [index, place] of places.entries()) {
    if (place.twin !== undefined) continue;
    const { sums = [], narrowest = [] } = known[index] ?? {};
    for (const [position, measure] of measures.entries())
      for (const terms of sameSums(place, measure, sums[position] ?? [])) add(terms);
    for (const { plus, minus } of found) {
      const terms = [...plus, ...minus].flatMap((position): Term[] => {
        const [measure, sum] = [measures[position], narrowest[position]];
        return measure && sum ? [{ cover: sum.cover, measure, sign: plus.includes(position) ? 1 : -1 }] : [];
      });
      if (terms.length === plus.length + minus.length) add(terms);
    }
  }
  return { equations, hidden: cells.intervals, complete };
}

/** Of what is known of one place the narrowest, and of such the first. */
function narrowestOf(sums: readonly KnownSum[]): KnownSum | undefined {
  let best: KnownSum | undefined;
  for (const sum of sums) if (!best || sum.high - sum.low < best.high - best.low) best = sum;
  return best;
}

function isSame(one: Equation, other: Equation): boolean {
  return (
    one.low === other.low &&
    one.high === other.high &&
    areSame(one.plus, other.plus) &&
    areSame(one.minus, other.minus)
  );
}

const areSame = (cells: readonly number[], others: readonly number[]): boolean =>
  cells.length === others.length && cells.every((cell, index) => cell === others[index]);

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
  /** By table, column and row; -1 where nothing is hidden. */
  readonly positions: readonly (readonly Int32Array[])[];
  readonly intervals: readonly Interval[];
}

function hiddenCells(tables: readonly PublishedTable[], measures: readonly Measure[]): HiddenCells {
  const positions = tables.map(({ columns, rows }) => columns.map(() => new Int32Array(rows).fill(-1)));
  const intervals: Interval[] = [];
  const first = (tables[0]?.columns.length ?? 0) * (tables[0]?.rows ?? 0);
  for (const [table, column] of measures.flatMap((measure) => [...measure])) {
    const { hidden, low, high } = tables[table]?.columns[column] ?? {};
    const numbers = positions[table]?.[column];
    for (const row of table > 0 ? (hidden ?? []) : []) {
      if (numbers) numbers[row] = first + intervals.length;
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
  for (const { cover, measure, sign } of terms)
    for (const { table, row } of cover) {
      const column = measure.get(table) ?? 0;
      const { rows = 0, columns } = tables[table] ?? {};
      const cell = table === 0 ? column * rows + row : (positions[table]?.[column]?.[row] ?? -1);
      if (cell >= 0) {
        factors.set(cell, (factors.get(cell) ?? 0) + sign);
        continue;
      }
      const one = sign * (columns?.[column]?.low[row] ?? 0);
      const other = sign * (columns?.[column]?.high[row] ?? 0);
      low -= Math.max(one, other);
      high -= Math.min(one, other);
    }
  return balance(factors, low, high);
}

/** Cells by their factors as an equation; undefined where there are none, or one counts more than once. */
function balance(factors: ReadonlyMap<number, number>, low: number, high: number): Equation | undefined {
  const side = (sign: number) => [...factors].flatMap(([cell, factor]) => (factor === sign ? [cell] : []));
  const [plus, minus] = [side(1), side(-1)];
  const isPlain = [...factors.values()].every((factor) => Math.abs(factor) <= 1);
  if (plus.length + minus.length === 0 || !isPlain) return undefined;
  // The smallest cell is added, and no end is the negative zero: the same equation is written in the same way.
  return plus.length > 0 && !(Math.min(...minus) < Math.min(...plus))
    ? { plus, minus, low: low + 0, high: high + 0 }
    : { plus: minus, minus: plus, low: 0 - high, high: 0 - low };
}
