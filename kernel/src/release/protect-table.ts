import type { Counts, ProtectedCounts, Total } from "./cells.ts";
import { hideComplements } from "./complement.ts";
import { type Known, NOTHING_KNOWN } from "./known.ts";
import type { Preset } from "./preset.ts";
import { protectCounts } from "./protect.ts";
import type { Solve } from "./recover.ts";

/** Counts under a preset, with what it took. */
export interface Protection extends ProtectedCounts {
  /** Cells hidden only because others would give a small count away. */
  readonly complements: number;
  /** Those of them hidden because an earlier release has nearly the same number, or hides one that they would tell. */
  readonly differing: readonly number[];
  /** Whether all earlier releases of the source were looked at together. */
  readonly complete: boolean;
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
  earlier: Known = NOTHING_KNOWN,
): Protection {
  const result = protectCounts(counts, totals, preset);
  if (preset.open) return { ...result, complements: 0, differing: [], recovered: [], complete: true };
  const differing = [...new Set(earlier.differences)].filter((cell) => result.states[cell] === "");
  for (const cell of differing) {
    result.values[cell] = Number.NaN;
    result.states[cell] = "C";
  }
  const { hidden, telling, recovered } = hideComplements(counts, result, totals, earlier, preset, solve);
  return {
    ...result,
    complements: hidden + differing.length,
    differing: [...differing, ...telling],
    recovered,
    complete: earlier.complete,
  };
}
