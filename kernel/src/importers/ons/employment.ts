import { quoteLiteral } from "../../engine/quote.ts";
import { numberIn } from "../formats/csv.ts";
import { type Datasource, defineImporter, type ImporterAttribute } from "../importer.ts";
import { AREAS, ONS, OPEN_GOVERNMENT_LICENCE } from "./ons.ts";

const NOMIS = "http://www.nomisweb.co.uk/api/v01/dataset";
const DATE = "date=latestMINUS1-latest";
const BY_AUTHORITY = `geography=TYPE463&${DATE}`;
const jobseekers = (measures: number) =>
  `NM_18_1.csv?${BY_AUTHORITY}&sex=7&age=0&duration=0&measures=${measures}&select=date_name,geography_name,geography_code,measures_name,duration_name,sex_name,obs_value,obs_status_name`;
const survey = (variable: number) =>
  `NM_17_5.data.csv?${BY_AUTHORITY}&variable=${variable}&measures=20599&select=date_name,geography_name,geography_code,variable_name,measures_name,obs_value,obs_status_name`;
const jobs = (item: number) =>
  `NM_57_1.data.csv?${BY_AUTHORITY}&item=${item}&measures=20100&select=date_name,geography_name,geography_code,item_name,measures_name,obs_value,obs_status_name`;

interface Series extends ImporterAttribute {
  readonly name: string;
  readonly query: string;
  /** Column of the value. */
  readonly column: number;
}

const series: readonly Series[] = [
  {
    label: "claimantsCount",
    name: "Claimants count",
    description: "People who claim benefits because they are out of work",
    unit: "people",
    kind: "count",
    column: 7,
    query: `NM_162_1.data.csv?geography=1249902593...1249937345&${DATE}&gender=0&age=0&measure=1&measures=20100&select=date_name,geography_name,geography_code,gender_name,age_name,measure_name,measures_name,obs_value,obs_status_name`,
  },
  {
    label: "JSAclaimantsCount",
    name: "Jobseeker's Allowance claimants count",
    description: "People who claim Jobseeker's Allowance",
    unit: "people",
    kind: "count",
    column: 6,
    query: jobseekers(20100),
  },
  {
    label: "JSAclaimantsProportion",
    name: "Jobseeker's Allowance claimants proportion",
    description: "Share of residents who claim Jobseeker's Allowance",
    unit: "%",
    kind: "rate",
    column: 6,
    query: jobseekers(20206),
  },
  {
    label: "ESAclaimants",
    name: "Employment and Support Allowance claimants",
    description: "People who claim Employment and Support Allowance",
    unit: "people",
    kind: "count",
    column: 6,
    query: `NM_134_1.csv?${BY_AUTHORITY}&sex=7&age=0&esa_phase=0&payment_type=0&icdgp_condition=0&duration=0&ethnic_group=0&measures=20100&select=date_name,geography_name,geography_code,measures_name,duration_name,sex_name,obs_value,obs_status_name`,
  },
  {
    label: "APSEmploymentRate",
    name: "Employment rate",
    description: "Share of residents in employment, by the Annual Population Survey",
    unit: "%",
    kind: "rate",
    column: 5,
    query: survey(45),
  },
  {
    label: "APSUnemploymentRate",
    name: "Unemployment rate",
    description: "Share of the economically active who are unemployed, by the Annual Population Survey",
    unit: "%",
    kind: "rate",
    column: 5,
    query: survey(84),
  },
  {
    label: "ONSJobsDensity",
    name: "Jobs density",
    description: "Jobs for each resident aged 16 to 64",
    unit: "jobs per resident",
    kind: "rate",
    column: 5,
    query: jobs(3),
  },
  {
    label: "ONSTotalJobs",
    name: "Total jobs",
    description: "Jobs in the area",
    unit: "jobs",
    kind: "count",
    column: 5,
    query: jobs(1),
  },
  {
    label: "ONSGrossAnnualIncome",
    name: "Gross annual income",
    description: "Median gross pay of residents who work, a year",
    unit: "GBP",
    kind: "mean",
    column: 5,
    query: `NM_30_1.data.csv?${BY_AUTHORITY}&sex=8&item=2&pay=7&measures=20100&select=date_name,geography_name,geography_code,item_name,measures_name,obs_value,obs_status_name`,
  },
];

const attributes: readonly ImporterAttribute[] = series.map(({ label, description, unit, kind }) => ({
  label,
  description,
  values: "timed",
  ...(unit !== undefined && { unit }),
  ...(kind && { kind }),
}));

/**
 * Labour market series from Nomis, the Office for National Statistics' service. One row is one area at one time, the latest
 * two. Figures are rounded by the publisher, and the series of claimants were redefined as benefits changed.
 */
export const employment = defineImporter({
  id: "ons/employment",
  className: "uk.org.tombolo.importer.ons.ONSEmploymentImporter",
  version: 1,
  title: "Labour market",
  doc: "Claimants, employment and unemployment rates, jobs and income by lower layer super output area or local authority, at the latest two dates, from Nomis.",
  provider: ONS,
  licence: OPEN_GOVERNMENT_LICENCE,
  attribution: "Source: Office for National Statistics, Nomis. Crown copyright.",
  access: "public",
  unitOfRecord: "area",
  datasources: series.map(({ label, name, description, column, query }): Datasource => {
    const area = label === "claimantsCount" ? AREAS.lsoa : AREAS.localAuthority;
    return {
      id: label,
      name,
      description,
      url: `${NOMIS}/${query}`,
      subjectTypes: [],
      attributes,
      valuesOf: [area],
      areas: ["lsoa", "localAuthority"],
      files: [{ address: `${NOMIS}/${query}`, format: "csv" }],
      rows: async (tables) => {
        await tables.expectHeadings([
          [0, "DATE_NAME"],
          [2, "GEOGRAPHY_CODE"],
          [column, "OBS_VALUE"],
        ]);
        const value = numberIn(`c${column}`);
        return {
          timed: `SELECT c2 AS label, ${quoteLiteral(label)} AS attribute, c0 AS time, ${value} AS value
            FROM source WHERE row > 0 ORDER BY row`,
        };
      },
    };
  }),
});
