import { definePreset } from "../preset.ts";

/** OpenSAFELY's rounding to the midpoint of six, where zero must stay zero and every cell a number. */
export const opensafelyMidpoint6Preset = definePreset({
  name: "opensafely-midpoint-6",
  title: "OpenSAFELY, midpoint of six",
  doc: "0 stays 0, 1 to 6 become 3, 7 to 12 become 9, 13 to 18 become 15 and so on; the column's name ends in _midpoint6, so that nobody takes the 3 for a count.",
  published: "OpenSAFELY documentation, Statistical disclosure control, midpoint rounding",
  counts: { round: { base: 6, to: "midpoint" } },
  totals: "re-sum",
  exactGrandTotal: false,
  leastSuppressed: 1,
  leastBehindFigure: 8,
  extremes: false,
  open: false,
});
