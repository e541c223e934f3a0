import { type CellIndex, equationsOf } from "./equations.ts";
import { type Equation, signed } from "./recover.ts";

/** Cells with the ends of their values, and the sums in which each is. */
export interface Grid {
  readonly truth: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly sumsOf: (cell: number) => readonly Sum[];
}

/** A sum of cells, with how much it may change and which cells can take a change up, the freest first. */
interface Sum {
  readonly signs: ReadonlyMap<number, number>;
  readonly least: number;
  readonly most: number;
  readonly takers: readonly number[];
}

/** A change is passed on to so many cells before it is given up. */
const MOST_CELLS = 40;

/** Cells and equations in the form in which changes are passed on. */
export function gridOf(
  truth: Float64Array,
  low: Float64Array,
  high: Float64Array,
  equations: readonly Equation[],
  index: CellIndex,
): Grid {
  const freedom = (cell: number) =>
    (high[cell] === Number.POSITIVE_INFINITY ? 0 : 100) + equationsOf(index, cell).length;
  const make = (equation: Equation): Sum => {
    const signs = new Map(signed(equation));
    const takers = [...signs.keys()]
      .filter((cell) => (low[cell] ?? 0) < (high[cell] ?? 0))
      .sort((a, b) => freedom(a) - freedom(b));
    return { signs, takers, ...roomOf(equation, truth) };
  };
  // Of many sums few are ever asked for.
  const made = new Map<number, Sum>();
  const sumsOf = (cell: number) =>
    Array.from(equationsOf(index, cell), (number) => {
      const equation = equations[number];
      const sum = made.get(number) ?? (equation && make(equation));
      if (!sum) throw new Error(`no equation ${number}`);
      made.set(number, sum);
      return sum;
    });
  return { truth, low, high, sumsOf };
}

/** How much a sum may become smaller and larger; without end where not all of it is there. */
export function roomOf(equation: Equation, truth: Float64Array): { least: number; most: number } {
  let sum = 0;
  for (const cell of equation.plus) sum += truth[cell] ?? 0;
  for (const cell of equation.minus) sum -= truth[cell] ?? 0;
  if (Number.isNaN(sum)) return { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY };
  // Sums that somebody has told need not be the sum of their parts.
  return { least: Math.min(0, equation.low - sum), most: Math.max(0, equation.high - sum) };
}

/**
 * Whether it can be seen at once that a cell may have another value: one more or less, passed on from sum to sum to cells that
 * have room for it. When it cannot, only a linear programme can tell.
 */
export function clearlyMoves(cell: number, grid: Grid): boolean {
  return [1, -1].some((step) => passOn(cell, step, grid));
}

function passOn(first: number, step: number, { truth, low, high, sumsOf }: Grid): boolean {
  const changes = new Map<number, number>();
  const off = new Map<Sum, number>();
  const hasRoom = (cell: number, change: number) => {
    const value = (truth[cell] ?? 0) + change;
    return !changes.has(cell) && value >= (low[cell] ?? 0) && value <= (high[cell] ?? 0);
  };
  const change = (cell: number, by: number) => {
    changes.set(cell, by);
    for (const sum of sumsOf(cell)) off.set(sum, (off.get(sum) ?? 0) + by * (sum.signs.get(cell) ?? 0));
  };
  if (!hasRoom(first, step)) return false;
  change(first, step);
  for (;;) {
    const broken = [...off].find(([sum, by]) => by < sum.least || by > sum.most);
    if (!broken) return true;
    const [sum, by] = broken;
    const taker = sum.takers.find((cell) => hasRoom(cell, -by * (sum.signs.get(cell) ?? 0)));
    if (taker === undefined || changes.size > MOST_CELLS) return false;
    change(taker, -by * (sum.signs.get(taker) ?? 0));
  }
}
