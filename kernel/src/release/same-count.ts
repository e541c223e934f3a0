import type { Counts } from "./cells.ts";
import type { Equation } from "./recover.ts";

/** A column of an earlier release, as far as a reader of both can compare it with a new one. */
export interface EarlierColumn {
  /** Its name before it was marked as a midpoint. */
  readonly name: string;
  /** What it computes, from `computationOf`; absent where no recipe says it. */
  readonly computes?: string | undefined;
  /** What the earlier release says of the new cells, for a new column at a position. */
  readonly equations: (column: number) => readonly Equation[];
}

/** How a new column resembles an earlier one. */
export interface Likeness {
  /** Whether both count the same, by name, by what they compute or by their numbers. */
  readonly same: boolean;
  /** Whether the numbers are the same as well: the data have hardly changed. */
  readonly agrees: boolean;
}

/** From so many areas on equal numbers are no chance, whatever their source. */
const LEAST_EQUAL = 5;

/** Numbers up to here are alike by chance. */
const TELLING = 9;

/** Share of the numbers that must be the same: a new filter changes some of them. */
const MOSTLY = 0.8;

/**
 * Whether a new column counts the same as an earlier one. Of one source, the name or what it computes says so; whatever the
 * source and the name, equal numbers do.
 */
export function likeness(
  counts: Counts,
  column: number,
  computes: string | undefined,
  earlier: EarlierColumn,
  sharesSource: boolean,
): Likeness {
  const told =
    (sharesSource && counts.columns[column] === earlier.name) ||
    (computes !== undefined && computes === earlier.computes);
  const telling = earlier.equations(column).filter(({ low, high }) => low > TELLING && Number.isFinite(high));
  const equal = telling.filter((equation) => holds(equation, counts));
  const agrees = telling.length > 0 && equal.length >= MOSTLY * telling.length;
  const noChance =
    equal.length >= LEAST_EQUAL || (sharesSource && equal.some(({ low, high }) => low === high));
  return { same: told || (agrees && noChance), agrees };
}

/** Whether the true counts fit what an earlier release says. */
export function holds({ plus, low, high }: Equation, counts: Counts): boolean {
  const sum = sumOf(plus, counts);
  return sum >= low && sum <= high;
}

/** The sum of some cells; NaN where one is missing. */
export function sumOf(cells: readonly number[], { values }: Counts): number {
  return cells.reduce((total, cell) => total + (values[cell] ?? Number.NaN), 0);
}
