import { definePreset } from "../preset.ts";

/** The Office for National Statistics' rule of thumb for outputs of its Secure Research Service. */
export const srs10Preset = definePreset({
  name: "srs-10",
  title: "ONS Secure Research Service, threshold 10",
  doc: "Counts from 1 to 9 are hidden, and as many others as it takes that no total gives them away; the rest is exact. Amounts in which two contributors have more than 90 % are hidden.",
  published: "ONS Secure Research Service, guidance on statistical disclosure control",
  counts: { suppress: { from: 1, to: 9 } },
  totals: "keep",
  exactGrandTotal: false,
  leastSuppressed: 1,
  leastBehindFigure: 10,
  dominance: 0.9,
  extremes: false,
  open: false,
});
