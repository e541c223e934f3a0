import { definePreset } from "../preset.ts";

/** The UK Longitudinal Linkage Collaboration's rule, which hides zeros too. */
export const ukllc10Preset = definePreset({
  name: "ukllc-10",
  title: "UK Longitudinal Linkage Collaboration, threshold 10",
  doc: "Counts below 10 are hidden, zero included, and so are percentages that stand for them; a row or column of a table has no hidden cell or at least two.",
  sources: [
    {
      page: "UK LLC guidebook, Statistical disclosure control, 30 January 2026",
      address: "https://guidebook.ukllc.ac.uk/docs/user_guide/sdc",
      says: "No output with a count below 10, zero included, nor with a percentage that stands for one.",
      of: ["counts"],
    },
    {
      page: "The same page",
      address: "https://guidebook.ukllc.ac.uk/docs/user_guide/sdc",
      says: "Usually two or more categories are masked, by row and by column, so that none can be computed.",
      of: ["leastSuppressed"],
    },
    {
      page: "The same page",
      address: "https://guidebook.ukllc.ac.uk/docs/user_guide/sdc",
      says: "Means, medians, modes, deviations and variances stand for at least 10; so a smallest or largest value cannot go out.",
      of: ["leastBehindFigure", "extremes", "open"],
    },
    {
      page: "The same page",
      address: "https://guidebook.ukllc.ac.uk/docs/user_guide/sdc",
      says: "It must be impossible to deduce a count below 10; what is not hidden stays exact.",
      of: ["totals", "exactNationalTotal"],
    },
  ],
  counts: { suppress: { from: 0, to: 9 } },
  totals: "keep",
  exactNationalTotal: false,
  leastSuppressed: 2,
  leastBehindFigure: 10,
  extremes: false,
  open: false,
});
