import { definePreset } from "../preset.ts";

/** For tables of a census whose publisher has protected them already. */
export const censusAsPublishedPreset = definePreset({
  name: "census-as-published",
  title: "Census tables as published",
  doc: "The counts stay as they are: records were swapped and cells changed by a key before publication, so tables need not add up, and totals are never mended.",
  published: "ONS, Protecting personal data in Census 2021 results",
  counts: {},
  totals: "keep",
  exactGrandTotal: false,
  leastSuppressed: 1,
  leastBehindFigure: 0,
  extremes: true,
  open: true,
});
