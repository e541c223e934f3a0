import { addToList } from "../../add-to-list.ts";
import type { Interval } from "../cells.ts";
import type { Equation, Programme, Solve } from "../recover.ts";
import { shortenEquations } from "./shorten.ts";

/** Equations that the true counts fit, with a number for each hidden one of an earlier release that fits them too. */
export interface Fitted {
  readonly equations: readonly Equation[];
  readonly values: Float64Array;
}

/** A hidden number is thought no larger than this where nothing bounds it. */
const LARGEST = 1e6;

/** Hidden numbers that are looked for in one go. */
const MOST_AT_ONCE = 1000;

/**
 * Leaves out equations that cannot be true, because data have changed between releases or numbers were alike by chance, and
 * finds numbers for what earlier releases hide that fit the others: `truth` are the counts of the new table.
 */
export function fitEquations(
  truth: Float64Array,
  hidden: readonly Interval[],
  equations: readonly Equation[],
  solve: Solve,
): Fitted {
  const values = Float64Array.from([...truth, ...hidden.map(({ low }) => low)]);
  const isHidden = (cell: number) => cell >= truth.length;
  const isOpen = ({ plus, minus }: Equation) => [...plus, ...minus].some(isHidden);
  const canHold = ({ plus, minus, low, high }: Equation) => {
    const sum = total(plus, values) - total(minus, values);
    return sum >= low && sum <= high;
  };
  const shortened = shortenEquations(equations.filter((equation) => isOpen(equation) || canHold(equation)));
  const kept = shortened.filter((equation) => !isOpen(equation));
  const open = shortened.filter(isOpen);
  const cellsOf = ({ plus, minus }: Equation) => [...plus, ...minus].filter(isHidden);
  const times = new Map<number, number>();
  for (const cell of open.flatMap(cellsOf)) times.set(cell, (times.get(cell) ?? 0) + 1);
  const bound: Equation[] = [];
  for (const equation of open) {
    const [cell = 0, another] = cellsOf(equation);
    if (another !== undefined || times.get(cell) !== 1) bound.push(equation);
    else if (fitAlone(equation, cell, values, hidden[cell - truth.length])) kept.push(equation);
  }
  for (const group of bundles(bound, isHidden))
    kept.push(...fitGroup(group, values, truth.length, hidden, solve));
  return { equations: kept, values };
}

/** Writes the number nearest to the least into `values` that fits the one equation about a hidden number; whether it fits. */
function fitAlone(
  equation: Equation,
  cell: number,
  values: Float64Array,
  { low, high }: Interval = { low: 0, high: 0 },
): boolean {
  const sign = equation.plus.includes(cell) ? 1 : -1;
  values[cell] = 0;
  const given = total(equation.plus, values) - total(equation.minus, values);
  const ends = [sign * (equation.low - given), sign * (equation.high - given)];
  const [least, most] = [Math.max(low, Math.min(...ends)), Math.min(high, LARGEST, Math.max(...ends))];
  values[cell] = Math.min(least, high, LARGEST);
  return least <= most;
}

const total = (cells: readonly number[], values: Float64Array): number =>
  cells.reduce((sum, cell) => sum + (values[cell] ?? Number.NaN), 0);

/** Equations that have hidden numbers in common together, many small ones at once. */
function bundles(equations: readonly Equation[], isHidden: (cell: number) => boolean): Equation[][] {
  const cellsOf = ({ plus, minus }: Equation) => [...plus, ...minus].filter(isHidden);
  const touching = new Map<number, Equation[]>();
  for (const equation of equations) for (const cell of cellsOf(equation)) addToList(touching, cell, equation);
  const neighbours = (equation: Equation) => cellsOf(equation).flatMap((cell) => touching.get(cell) ?? []);
  const seen = new Set<Equation>();
  const groups: Equation[][] = [];
  for (const first of equations) {
    const group = seen.has(first) ? [] : reachable(first, neighbours, seen);
    const last = groups.at(-1);
    if (last && last.length + group.length <= MOST_AT_ONCE) last.push(...group);
    else groups.push(group);
  }
  return groups;
}

/** An equation with those that hang together with it. */
function reachable(
  first: Equation,
  neighbours: (equation: Equation) => readonly Equation[],
  seen: Set<Equation>,
): Equation[] {
  const group = [first];
  seen.add(first);
  for (const equation of group)
    for (const next of neighbours(equation)) {
      if (!seen.has(next)) group.push(next);
      seen.add(next);
    }
  return group;
}

/** Writes fitting numbers into `values`; returns the equations that they fit, the fewest possible left out. */
function fitGroup(
  equations: readonly Equation[],
  values: Float64Array,
  first: number,
  hidden: readonly Interval[],
  solve: Solve,
): Equation[] {
  const variables = new Map<number, number>();
  const low: number[] = [];
  const high: number[] = [];
  const variable = (from: number, to: number): number => {
    low.push(from);
    return high.push(to) - 1;
  };
  const variableOf = (cell: number): number => {
    const known =
      variables.get(cell) ??
      variable(hidden[cell - first]?.low ?? 0, Math.min(hidden[cell - first]?.high ?? 0, LARGEST));
    variables.set(cell, known);
    return known;
  };
  const slacks: number[][] = [];
  const rows = equations.map((equation): Programme["equations"][number] => {
    let given = 0;
    const members: { variable: number; sign: number }[] = [];
    for (const [cells, sign] of [
      [equation.plus, 1],
      [equation.minus, -1],
    ] as const)
      for (const cell of cells)
        if (cell >= first) members.push({ variable: variableOf(cell), sign });
        else given += sign * (values[cell] ?? 0);
    const rest = variable(Math.max(equation.low - given, -LARGEST), Math.min(equation.high - given, LARGEST));
    const [over, under] = [variable(0, LARGEST), variable(0, LARGEST)];
    slacks.push([over, under]);
    return [
      ...members,
      { variable: rest, sign: -1 },
      { variable: over, sign: 1 },
      { variable: under, sign: -1 },
    ];
  });
  const objective = low.map(() => 0);
  for (const slack of slacks.flat()) objective[slack] = -1;
  const found = solve({ low, high, equations: rows }, objective);
  if (!found) return [];
  for (const [cell, position] of variables) values[cell] = found[position] ?? 0;
  return equations.filter((_, index) => slacks[index]?.every((slack) => (found[slack] ?? 0) < 1e-6));
}
