import { definePreset } from "../preset.ts";

/** NHS England's rule for Hospital Episode Statistics and the Emergency Care Data Set since 2018. */
export const nhsHesPreset = definePreset({
  name: "nhs-hes",
  title: "NHS England, Hospital Episode Statistics",
  doc: "Below national level counts from 1 to 7 are hidden, 0 is shown and all others are rounded to the nearest 5; the total of a nation is exact; means and medians stand for at least 8.",
  sources: [
    {
      page: "NHS Digital, Disclosure control methodology for HES and ECDS, September 2018",
      address:
        "https://digital.nhs.uk/data-and-information/data-tools-and-services/data-services/hospital-episode-statistics/change-to-disclosure-control-methodology-for-hes-and-ecds-from-september-2018",
      says: "Below national level 1 to 7 are replaced by a mark, 0 is shown, all others are rounded to the nearest 5.",
      of: ["counts"],
    },
    {
      page: "The same page",
      address:
        "https://digital.nhs.uk/data-and-information/data-tools-and-services/data-services/hospital-episode-statistics/change-to-disclosure-control-methodology-for-hes-and-ecds-from-september-2018",
      says: "Totals of rows and columns are computed and then rounded like any count, so that no second cell needs to be hidden by hand.",
      of: ["totals", "leastSuppressed"],
    },
    {
      page: "The same page",
      address:
        "https://digital.nhs.uk/data-and-information/data-tools-and-services/data-services/hospital-episode-statistics/change-to-disclosure-control-methodology-for-hes-and-ecds-from-september-2018",
      says: "At national level no disclosure control is needed.",
      of: ["exactNationalTotal"],
    },
    {
      page: "The same page",
      address:
        "https://digital.nhs.uk/data-and-information/data-tools-and-services/data-services/hospital-episode-statistics/change-to-disclosure-control-methodology-for-hes-and-ecds-from-september-2018",
      says: "A mean, median or mode of 1 to 7 values is not shown, one of 8 or more is.",
      of: ["leastBehindFigure"],
    },
    {
      page: "Tombolo",
      says: "The page says nothing of smallest and largest values; they are kept back, because each is one person's.",
      of: ["extremes", "open"],
    },
  ],
  counts: { suppress: { from: 1, to: 7 }, round: { base: 5, to: "nearest" } },
  totals: "protect",
  exactNationalTotal: true,
  leastSuppressed: 1,
  leastBehindFigure: 8,
  extremes: false,
  open: false,
});
