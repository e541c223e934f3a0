import { definePreset } from "../preset.ts";

/** OpenSAFELY's rule for outputs: redact, then round, then add up again. */
export const opensafelyPreset = definePreset({
  name: "opensafely",
  title: "OpenSAFELY",
  doc: "Counts of 7 or fewer are hidden, then the others rounded to the nearest 5, then totals and rates computed again from the rounded counts.",
  published: "OpenSAFELY documentation, Statistical disclosure control",
  counts: { suppress: { from: 1, to: 7 }, round: { base: 5, to: "nearest" } },
  totals: "re-sum",
  exactGrandTotal: false,
  leastSuppressed: 1,
  leastBehindFigure: 8,
  extremes: false,
  open: false,
});
