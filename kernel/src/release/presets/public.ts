import { definePreset } from "../preset.ts";

/** For data that everyone may have already: nothing is changed. */
export const publicPreset = definePreset({
  name: "public",
  title: "Public data",
  doc: "Nothing is changed and nothing is checked: for data that its publisher has released already.",
  published: "no rule: the publisher's own release",
  counts: {},
  totals: "keep",
  exactGrandTotal: false,
  leastSuppressed: 1,
  leastBehindFigure: 0,
  extremes: true,
  open: true,
});
