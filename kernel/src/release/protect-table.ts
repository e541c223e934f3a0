import type { Counts, ProtectedCounts, Total } from "./cells.ts";
import { hideComplements } from "./complement.ts";
import type { Preset } from "./preset.ts";
import { protectCounts } from "./protect.ts";
import type { Equation, Solve } from "./recover.ts";

/** What earlier releases of the same source say. */
export interface Known {
  /** Sums of cells that lie in an interval. */
  readonly equations: readonly Equation[];
  /** Cells whose difference from an earlier number is a small count: a few people came or went. */
  readonly differences: readonly number[];
}

/** Nothing was released before. */
export const NOTHING_KNOWN: Known = { equations: [], differences: [] };

/** Counts under a preset, with what it took. */
export interface Protection extends ProtectedCounts {
  /** Cells hidden only because others would give a small count away. */
  readonly complements: number;
  /** Those of them hidden because an earlier release has nearly the same number. */
  readonly differing: readonly number[];
  /** Cells that can be computed from what is published whatever else is hidden: the table must not go out. */
  readonly recovered: readonly number[];
}

/**
 * Counts by the rules of a preset: small ones hidden, others rounded, totals as the preset says, and further cells hidden
 * until none that is hidden follows from the rest. `earlier` is what is known from releases before this one.
 */
export function protectTable(
  counts: Counts,
  totals: readonly Total[],
  preset: Preset,
  solve: Solve,
  { equations, differences }: Known = NOTHING_KNOWN,
): Protection {
  const result = protectCounts(counts, totals, preset);
  if (preset.open) return { ...result, complements: 0, differing: [], recovered: [] };
  const differing = differences.filter((cell) => result.states[cell] === "");
  for (const cell of differing) {
    result.values[cell] = Number.NaN;
    result.states[cell] = "C";
  }
  const { hidden, recovered } = hideComplements(counts, result, totals, equations, preset, solve);
  return { ...result, complements: hidden + differing.length, differing, recovered };
}
