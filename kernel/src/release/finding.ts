/** What a check says: `pass` is fit to go out, `review` needs a person's decision, `fail` must not. */
export type Verdict = "pass" | "review" | "fail";

/** One thing that a check noticed. It names a column and counts or numbers rows, and never holds a value. */
export interface Finding {
  /** Name of the check. */
  readonly check: string;
  readonly verdict: Verdict;
  readonly column?: string;
  /** Rows concerned, counted from 1; the first few where they are many. */
  readonly rows?: readonly number[];
  readonly sentence: string;
}

const SEVERITY: readonly Verdict[] = ["pass", "review", "fail"];

/** The severest of some verdicts. */
export function severest(verdicts: readonly Verdict[]): Verdict {
  return SEVERITY[Math.max(0, ...verdicts.map((verdict) => SEVERITY.indexOf(verdict)))] ?? "fail";
}

/** The first rows of a long list, counted from 1. */
export function firstRows(rows: readonly number[]): readonly number[] {
  return rows.slice(0, 10).map((row) => row + 1);
}
