import { definePreset } from "../preset.ts";

/** The Office for National Statistics' rule of thumb for outputs of its Secure Research Service. */
export const srs10Preset = definePreset({
  name: "srs-10",
  title: "ONS Secure Research Service, threshold 10",
  doc: "Counts from 1 to 9 are hidden, and as many others as it takes that no total gives them away; the rest is exact. Amounts in which two contributors have more than 90 % are hidden.",
  sources: [
    {
      page: "ONS, advice for users of the Longitudinal Study",
      address: "http://celsius.lshtm.ac.uk/onscell.html",
      says: "Ten observations are the rule of thumb behind every count and statistic, one part of a check that looks at the context; fewer need a person's reason.",
      of: ["counts", "leastBehindFigure"],
    },
    {
      page: "ONS, Getting your research outputs approved",
      address:
        "https://www.ons.gov.uk/aboutus/whatwedo/statistics/requestingstatistics/secureresearchservice/gettingyourresearchoutputsapproved",
      says: "Disclosure control is applied so that no file identifies anyone; no rounding is asked for, so what is not hidden stays exact.",
      of: ["totals", "exactNationalTotal", "leastSuppressed"],
    },
    {
      page: "SACRO, default parameters of ACRO",
      address: "https://github.com/AI-SDC/ACRO/blob/main/acro/default.yaml",
      says: "The two largest contributors have at most 90 % of an amount.",
      of: ["dominance"],
    },
    {
      page: "SACRO, default parameters of ACRO",
      address: "https://github.com/AI-SDC/ACRO/blob/main/acro/default.yaml",
      says: "Ten observations behind every statistic: a smallest or largest value has one.",
      of: ["extremes", "open"],
    },
  ],
  counts: { suppress: { from: 1, to: 9 } },
  totals: "keep",
  exactNationalTotal: false,
  leastSuppressed: 1,
  leastBehindFigure: 10,
  dominance: 0.9,
  extremes: false,
  open: false,
});
