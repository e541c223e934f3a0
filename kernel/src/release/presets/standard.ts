import { definePreset } from "../preset.ts";

/** What holds for everything that is not public unless the data's owner says otherwise. */
export const standardPreset = definePreset({
  name: "standard",
  title: "Tombolo's default",
  doc: "Counts from 1 to 9 are hidden, the others rounded to the nearest 5, totals summed from the rounded counts; no smallest and largest values.",
  published: "Tombolo; the strictest of the common rules, for data whose owner has named none",
  counts: { suppress: { from: 1, to: 9 }, round: { base: 5, to: "nearest" } },
  totals: "re-sum",
  exactGrandTotal: false,
  leastSuppressed: 1,
  leastBehindFigure: 10,
  dominance: 0.9,
  extremes: false,
  open: false,
});
