import type { Counts, ProtectedCounts, Total } from "./cells.ts";
import { hideComplements } from "./complement.ts";
import type { Preset } from "./preset.ts";
import { protectCounts } from "./protect.ts";
import type { Equation, Solve } from "./recover.ts";

/** Counts under a preset, with what it took. */
export interface Protection extends ProtectedCounts {
  /** Cells hidden only because others would give a small count away. */
  readonly complements: number;
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
  earlier: readonly Equation[] = [],
): Protection {
  const result = protectCounts(counts, totals, preset);
  if (preset.open) return { ...result, complements: 0, recovered: [] };
  const { hidden, recovered } = hideComplements(counts, result, totals, earlier, preset, solve);
  return { ...result, complements: hidden, recovered };
}
