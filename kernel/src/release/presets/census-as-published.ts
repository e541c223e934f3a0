import { definePreset } from "../preset.ts";

/** For tables of a census whose publisher has protected them already. */
export const censusAsPublishedPreset = definePreset({
  name: "census-as-published",
  title: "Census tables as published",
  doc: "The counts stay as they are: records were swapped and cells changed by a key before publication, so tables need not add up, and totals are never mended.",
  sources: [
    {
      page: "ONS, Protecting personal data in Census 2021 results",
      address:
        "https://www.ons.gov.uk/peoplepopulationandcommunity/populationandmigration/populationestimates/methodologies/protectingpersonaldataincensus2021results",
      says: "Records of 7 to 10 % of households were swapped, about 14 % of cells changed by a key, and sparse tables held back; so published tables need not add up, and nothing is left to do.",
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
