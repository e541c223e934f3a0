import { definePreset } from "../preset.ts";

/** OpenSAFELY's rule for outputs: redact, then round, then add up again. */
export const opensafelyPreset = definePreset({
  name: "opensafely",
  title: "OpenSAFELY",
  doc: "Counts of 7 or fewer are hidden, then the others rounded to the nearest 5, then totals and rates computed again from the rounded counts; means stand for at least 6.",
  sources: [
    {
      page: "OpenSAFELY documentation, Statistical disclosure control",
      address: "https://docs.opensafely.org/outputs/sdc/",
      says: "Counts of 7 or fewer are redacted, then counts are rounded to the nearest 5; zero can be kept in general.",
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
      says: "Summaries such as means that describe 5 or fewer people are redacted.",
      of: ["leastBehindFigure"],
    },
    {
      page: "The same page",
      address: "https://docs.opensafely.org/outputs/sdc/",
      says: "Smallest and largest values often belong to one or two people and are to be left out.",
      of: ["extremes", "open"],
    },
  ],
  counts: { suppress: { from: 1, to: 7 }, round: { base: 5, to: "nearest" } },
  totals: "re-sum",
  exactNationalTotal: false,
  leastSuppressed: 1,
  leastBehindFigure: 6,
  extremes: false,
  open: false,
});
