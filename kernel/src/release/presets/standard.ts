import { definePreset } from "../preset.ts";

/** What holds for everything that is not public unless the data's owner says otherwise. */
export const standardPreset = definePreset({
  name: "standard",
  title: "Tombolo's default",
  doc: "Counts from 1 to 9 are hidden, the others rounded to the nearest 5, totals summed from the rounded counts; no smallest and largest values.",
  sources: [
    {
      page: "ONS, FOI/2021/3301, rates of deaths",
      address: "https://www.ons.gov.uk/aboutus/transparencyandgovernance/freedomofinformationfoi",
      says: "Rates of fewer than 20 deaths are marked as unreliable.",
      of: ["unreliableBelow"],
    },
    {
      page: "ONS, Comparison of post-tabular statistical disclosure control methods",
      address:
        "https://www.ons.gov.uk/peoplepopulationandcommunity/populationandmigration/populationestimates/methodologies/comparisonofposttabularstatisticaldisclosurecontrolmethods",
      says: "The 10-5 rule: counts below ten are suppressed, the others rounded to the nearest five.",
      of: ["counts"],
    },
    {
      page: "OpenSAFELY documentation, Statistical disclosure control",
      address: "https://docs.opensafely.org/outputs/sdc/",
      says: "Totals are the sums of the rounded counts; smallest and largest values are left out.",
      of: ["totals", "exactNationalTotal", "leastSuppressed", "extremes", "open"],
    },
    {
      page: "SACRO, default parameters of ACRO",
      address: "https://github.com/AI-SDC/ACRO/blob/main/acro/default.yaml",
      says: "Ten observations behind every statistic; the two largest contributors have at most 90 % of an amount.",
      of: ["leastBehindFigure", "dominance"],
    },
  ],
  counts: { suppress: { from: 1, to: 9 }, round: { base: 5, to: "nearest" } },
  totals: "re-sum",
  exactNationalTotal: false,
  leastSuppressed: 1,
  leastBehindFigure: 10,
  unreliableBelow: 20,
  dominance: 0.9,
  extremes: false,
  open: false,
});
