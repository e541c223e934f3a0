import { definePreset } from "../preset.ts";

/** For data that everyone may have already: nothing is changed. */
export const publicPreset = definePreset({
  name: "public",
  title: "Public data",
  doc: "Nothing is changed and nothing is checked: for data that its publisher has released already.",
  sources: [
    {
      page: "Tombolo",
      says: "What its publisher has released needs no second rule.",
      of: [
        "counts",
        "totals",
        "exactNationalTotal",
        "leastSuppressed",
        "leastBehindFigure",
        "extremes",
        "open",
      ],
    },
  ],
  counts: {},
  totals: "keep",
  exactNationalTotal: false,
  leastSuppressed: 1,
  leastBehindFigure: 0,
  extremes: true,
  open: true,
});
