import { definePreset } from "../preset.ts";

/** OpenSAFELY's rounding to the midpoint of six, where zero must stay zero and every cell a number. */
export const opensafelyMidpoint6Preset = definePreset({
  name: "opensafely-midpoint-6",
  title: "OpenSAFELY, midpoint of six",
  doc: "0 stays 0, 1 to 6 become 3, 7 to 12 become 9, 13 to 18 become 15 and so on; the column's name ends in _midpoint6, so that nobody takes the 3 for a count, and that of a sum or rate of them in _midpoint6_derived.",
  sources: [
    {
      page: "OpenSAFELY documentation, Statistical disclosure control, midpoint 6 rounding",
      address: "https://docs.opensafely.org/outputs/sdc/",
      says: "ceiling(x/6)·6 − 3 for x above 0, and 0 for 0; names of columns end in _midpoint6, those of values derived from them in _midpoint6_derived.",
      of: ["counts"],
    },
    {
      page: "The same page",
      address: "https://docs.opensafely.org/outputs/sdc/",
      says: "Totals of rows and columns are the sums of the rounded counts.",
      of: ["totals", "exactNationalTotal", "leastSuppressed"],
    },
    {
      page: "The same page",
      address: "https://docs.opensafely.org/outputs/sdc/",
      says: "Summaries such as means that describe 5 or fewer people are redacted; rates come from rounded numerators and denominators.",
      of: ["leastBehindFigure"],
    },
    {
      page: "The same page",
      address: "https://docs.opensafely.org/outputs/sdc/",
      says: "Smallest and largest values often belong to one or two people and are to be left out.",
      of: ["extremes", "open"],
    },
  ],
  counts: { round: { base: 6, to: "midpoint" } },
  totals: "re-sum",
  exactNationalTotal: false,
  leastSuppressed: 1,
  leastBehindFigure: 6,
  extremes: false,
  open: false,
});
