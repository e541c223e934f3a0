import type { Table } from "apache-arrow";
import { numbersOf } from "../engine/result-columns.ts";
import type { CellState, Counts, ProtectedCounts } from "./cells.ts";
import type { Preset } from "./preset.ts";

/** How a figure comes from two columns of counts: `factor` times one over the other. */
export interface Ratio {
  readonly numerator: number;
  readonly denominator: number;
  readonly factor: number;
}

/** What stands behind a figure: the ratio that it is, or the column that counts for how many it stands. */
export type Behind = { readonly ratio: Ratio } | { readonly count: number };

const FACTORS = [1, 100, 1000, 10_000, 100_000];

/** The two counts and the factor of which a figure is the ratio in every row, if there are such. */
export function findRatio(figure: Float64Array, counts: Counts): Ratio | undefined {
  for (let numerator = 0; numerator < counts.columns.length; numerator++)
    for (let denominator = 0; denominator < counts.columns.length; denominator++)
      for (const factor of numerator === denominator ? [] : FACTORS) {
        const ratio = { numerator, denominator, factor };
        if (holds(figure, counts, ratio)) return ratio;
      }
  return undefined;
}

function holds(
  figure: Float64Array,
  { rows, values }: Counts,
  { numerator, denominator, factor }: Ratio,
): boolean {
  let seen = 0;
  for (let row = 0; row < rows; row++) {
    const value = figure[row] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    const expected =
      (factor * (values[numerator * rows + row] ?? 0)) / (values[denominator * rows + row] ?? 0);
    if (Math.abs(value - expected) > 1e-9 * Math.max(Math.abs(value), Math.abs(expected))) return false;
    if (value !== 0) seen++;
  }
  return seen > 0;
}

/** The number of a figure's column with the count that stands for it: a ratio's denominator, or the count named. */
export const countBehind = (behind: Behind): number =>
  "ratio" in behind ? behind.ratio.denominator : behind.count;

/** A figure under a preset: a ratio is computed again from the protected counts, others are hidden where too few stand behind. */
export function protectFigure(
  table: Table,
  name: string,
  behind: Behind,
  counts: Counts,
  published: ProtectedCounts,
  preset: Preset,
): ProtectedCounts {
  const figure = numbersOf(table, name);
  const values = new Float64Array(counts.rows).fill(Number.NaN);
  const states: CellState[] = new Array(counts.rows).fill("");
  const cellOf = (column: number, row: number) => column * counts.rows + row;
  for (let row = 0; row < counts.rows; row++) {
    const cell = cellOf(countBehind(behind), row);
    const parts = "ratio" in behind ? [cellOf(behind.ratio.numerator, row), cell] : [cell];
    const hidden = parts.some((part) => published.states[part] === "c" || published.states[part] === "C");
    // A ratio comes from the protected counts and tells no more than they do.
    const few = !("ratio" in behind) && (counts.values[cell] ?? 0) < preset.leastBehindFigure;
    const exact = figure[row] ?? Number.NaN;
    const value = publishedFigure(behind, exact, published, parts);
    if (Number.isNaN(exact) || (!Number.isFinite(value) && !hidden && !few)) states[row] = "x";
    else if (hidden || few) states[row] = "c";
    else {
      values[row] = value;
      if (isOfFew(behind, published, parts, preset)) states[row] = "u";
    }
  }
  return { values, states };
}

/** Whether a rate comes from few cases, by the number that is published of them: the true one is nobody's business. */
function isOfFew(
  behind: Behind,
  { values }: ProtectedCounts,
  [numerator = 0]: readonly number[],
  { unreliableBelow = 0 }: Preset,
): boolean {
  const cases = values[numerator] ?? 0;
  return "ratio" in behind && cases > 0 && cases < unreliableBelow;
}

function publishedFigure(
  behind: Behind,
  exact: number,
  { values }: ProtectedCounts,
  [numerator = 0, denominator = 0]: readonly number[],
): number {
  if (!("ratio" in behind)) return exact;
  return (behind.ratio.factor * (values[numerator] ?? 0)) / (values[denominator] ?? 0);
}
