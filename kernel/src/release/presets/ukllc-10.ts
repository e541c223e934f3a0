import { definePreset } from "../preset.ts";

/** The UK Longitudinal Linkage Collaboration's rule, which hides zeros too. */
export const ukllc10Preset = definePreset({
  name: "ukllc-10",
  title: "UK Longitudinal Linkage Collaboration, threshold 10",
  doc: "Counts below 10 are hidden, zero included, and so are percentages that stand for them; a row or column of a table has no hidden cell or at least two.",
  published: "UK LLC guidebook, Statistical disclosure control",
  counts: { suppress: { from: 0, to: 9 } },
  totals: "keep",
  exactGrandTotal: false,
  leastSuppressed: 2,
  leastBehindFigure: 10,
  dominance: 0.9,
  extremes: false,
  open: false,
});
