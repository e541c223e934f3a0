import type { Interval } from "./cells.ts";
import { type CellIndex, equationsOf, indexCells } from "./equations.ts";
import { clearlyMoves, gridOf, roomOf } from "./pass-on.ts";

/** What a reader knows for certain: the sum of some cells less the sum of others lies in an interval. */
export interface Equation extends Interval {
  readonly plus: readonly number[];
  readonly minus: readonly number[];
}

/** A linear programme: bounds of the variables, and sums of them that must be zero. */
export interface Programme {
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly equations: readonly { readonly variable: number; readonly sign: number }[][];
}

/** Finds the variables of a programme at an optimum of the objective, or undefined where there is none. */
export type Solve = (programme: Programme, objective: readonly number[]) => readonly number[] | undefined;

/** Components up to this many cells are decided exactly; larger ones are looked at in pieces, on the safe side. */
const PIECE = 160;

/**
 * The hidden cells whose true value follows from what is published: a reader could compute them. `truth` has the true
 * values, which every equation fits. Exact for groups of up to 160 cells that equations bind together; of larger
 * groups also cells of which it cannot be shown that they do not follow.
 */
export function recoverable(
  truth: Float64Array,
  intervals: readonly Interval[],
  hidden: readonly number[],
  equations: readonly Equation[],
  solve: Solve,
): number[] {
  const low = Float64Array.from(intervals, (interval) => interval.low);
  const high = Float64Array.from(intervals, (interval) => interval.high);
  tighten(low, high, equations);
  const exact = hidden.filter((cell) => (low[cell] ?? 0) === (high[cell] ?? 0));
  const index = indexCells(equations, truth.length);
  const grid = gridOf(truth, low, high, equations, index);
  const open = hidden.filter((cell) => (low[cell] ?? 0) < (high[cell] ?? 0) && !clearlyMoves(cell, grid));
  const stuck = pieces(open, truth, equations, index, low, high).flatMap((piece) =>
    immovable(piece, truth, low, high, solve),
  );
  const asked = new Set(open);
  return [...exact, ...stuck.filter((cell) => asked.has(cell))];
}

/** Narrows the bounds of every cell to what each equation alone allows, until nothing changes. */
export function tighten(low: Float64Array, high: Float64Array, equations: readonly Equation[]): void {
  for (let pass = 0, changed = true; changed && pass < 50; pass++) {
    changed = false;
    for (const equation of equations) changed = tightenOne(low, high, equation) || changed;
  }
}

/** The same for one equation: a cell may be what the sum leaves it when all others are at their ends. */
function tightenOne(low: Float64Array, high: Float64Array, equation: Equation): boolean {
  const least = endOf(equation, low, high);
  const most = endOf(equation, high, low);
  const narrow = (cells: readonly number[], sign: number, starts: Float64Array, stops: Float64Array) => {
    let changed = false;
    for (const cell of cells) {
      const from = sign * (starts[cell] ?? 0);
      const to = sign * (stops[cell] ?? 0);
      const newFrom = Math.max(from, equation.low - without(most, to, Number.POSITIVE_INFINITY));
      const newTo = Math.min(to, equation.high - without(least, from, Number.NEGATIVE_INFINITY));
      if (newFrom <= from && newTo >= to) continue;
      changed = true;
      starts[cell] = sign * newFrom;
      stops[cell] = sign * newTo;
    }
    return changed;
  };
  const isAddedChanged = narrow(equation.plus, 1, low, high);
  return narrow(equation.minus, -1, high, low) || isAddedChanged;
}

/** A sum with its infinite terms counted apart, so that one term can be taken out again. */
interface OpenSum {
  readonly finite: number;
  readonly infinite: number;
}

/** The sum of an equation where the cells that are added are at one end and those that are taken away at the other. */
function endOf({ plus, minus }: Equation, added: Float64Array, taken: Float64Array): OpenSum {
  let [finite, infinite] = [0, 0];
  for (const cell of plus) {
    const term = added[cell] ?? 0;
    if (Number.isFinite(term)) finite += term;
    else infinite++;
  }
  for (const cell of minus) {
    const term = taken[cell] ?? 0;
    if (Number.isFinite(term)) finite -= term;
    else infinite++;
  }
  return { finite, infinite };
}

function without({ finite, infinite }: OpenSum, term: number, unbounded: number): number {
  if (Number.isFinite(term)) return infinite > 0 ? unbounded : finite - term;
  return infinite > 1 ? unbounded : finite;
}

/** The cells of an equation with their signs. */
export function* signed({ plus, minus }: Equation): Generator<[cell: number, sign: number]> {
  for (const cell of plus) yield [cell, 1];
  for (const cell of minus) yield [cell, -1];
}

/** A sum of open cells, with how much it may change. */
interface OpenEquation {
  readonly members: readonly (readonly [cell: number, sign: number])[];
  readonly least: number;
  readonly most: number;
}

/** Some open cells with the equations among them. */
interface Piece {
  readonly cells: readonly number[];
  readonly equations: readonly OpenEquation[];
}

/** Cells that equations bind together, at most {@link PIECE} at a time. */
function pieces(
  hidden: readonly number[],
  truth: Float64Array,
  equations: readonly Equation[],
  index: CellIndex,
  low: Float64Array,
  high: Float64Array,
): Piece[] {
  const isOpen = (cell: number) => (low[cell] ?? 0) < (high[cell] ?? 0);
  const made = new Map<number, OpenEquation>();
  const openEquation = (number: number): OpenEquation => {
    const equation = equations[number];
    if (!equation) throw new Error(`no equation ${number}`);
    const known = made.get(number);
    if (known) return known;
    const members = [...signed(equation)].filter(([cell]) => isOpen(cell));
    const open = { members, ...roomOf(equation, truth) };
    made.set(number, open);
    return open;
  };
  const openOf = (cell: number) => Array.from(equationsOf(index, cell), openEquation);
  const seen = new Set<number>();
  return hidden.flatMap((first) => {
    if (seen.has(first) || equationsOf(index, first).length === 0) return [];
    const cells = gather(first, openOf, seen);
    const inside = new Set(cells);
    const touched = new Set(cells.flatMap(openOf));
    return [
      {
        cells,
        equations: Array.from(touched, (equation) => ({
          ...equation,
          members: equation.members.filter(([cell]) => inside.has(cell)),
        })),
      },
    ];
  });
}

/** Cells reached from the first one, nearest first; short equations before long ones, so that rows stay together. */
function gather(
  first: number,
  openOf: (cell: number) => readonly OpenEquation[],
  seen: Set<number>,
): number[] {
  const cells = [first];
  seen.add(first);
  for (let next = 0; next < cells.length && cells.length < PIECE; next++) {
    const touching = [...openOf(cells[next] ?? 0)].sort((a, b) => a.members.length - b.members.length);
    for (const { members } of touching)
      for (const [cell] of members) {
        if (seen.has(cell) || cells.length >= PIECE) continue;
        seen.add(cell);
        cells.push(cell);
      }
  }
  return cells;
}

/** Cells of a piece that cannot have another value than the true one while everything outside the piece stays as it is. */
function immovable(
  { cells, equations }: Piece,
  truth: Float64Array,
  low: Float64Array,
  high: Float64Array,
  solve: Solve,
): number[] {
  const position = new Map(cells.map((cell, index) => [cell, index]));
  const programme: Programme = {
    low: [
      ...cells.map((cell) => Math.max((low[cell] ?? 0) - (truth[cell] || 0), -1e6)),
      ...equations.map(({ least }) => Math.max(least, -1e6)),
    ],
    high: [
      ...cells.map((cell) => Math.min((high[cell] ?? 0) - (truth[cell] || 0), 1e6)),
      ...equations.map(({ most }) => Math.min(most, 1e6)),
    ],
    // Of every sum what it changes by is a variable of its own, which only has room where the sum is not exact.
    equations: equations.map(({ members }, index) => [
      ...members.map(([cell, sign]) => ({ variable: position.get(cell) ?? 0, sign })),
      { variable: cells.length + index, sign: -1 },
    ]),
  };
  const stuck = new Set(cells.keys());
  const move = (objective: readonly number[]) => {
    const changes = solve(programme, [...objective, ...equations.map(() => 0)]) ?? [];
    for (const index of cells.keys()) if (Math.abs(changes[index] ?? 0) > 0.5) stuck.delete(index);
  };
  // One uneven objective moves most of them at once; the rest are tried one by one, in both directions.
  for (const direction of [1, -1])
    move(cells.map((_, index) => direction * (1 + ((index * 7919) % 101) / 101)));
  for (const index of [...stuck]) {
    for (const direction of [1, -1])
      if (stuck.has(index)) move(cells.map((_, other) => (other === index ? direction : 0)));
  }
  return [...stuck].map((index) => cells[index] ?? 0);
}
