import { definePreset } from "../preset.ts";

/** NHS England's rule for Hospital Episode Statistics and the Emergency Care Data Set since 2018. */
export const nhsHesPreset = definePreset({
  name: "nhs-hes",
  title: "NHS England, Hospital Episode Statistics",
  doc: "Below national level counts from 1 to 7 are hidden, 0 is shown and all others are rounded to the nearest 5; the national total is exact; means and medians stand for at least 8.",
  published: "NHS Digital, Disclosure control methodology for HES and ECDS, September 2018",
  counts: { suppress: { from: 1, to: 7 }, round: { base: 5, to: "nearest" } },
  totals: "protect",
  exactGrandTotal: true,
  leastSuppressed: 1,
  leastBehindFigure: 8,
  extremes: false,
  open: false,
});
