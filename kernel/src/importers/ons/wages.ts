import { grid } from "../grid.ts";
import { defineImporter, type ImporterAttribute } from "../importer.ts";
import { valueTable } from "../tables.ts";
import { AREAS, ONS, OPEN_GOVERNMENT_LICENCE } from "./ons.ts";

const page =
  "https://www.ons.gov.uk/employmentandlabourmarket/peopleinwork/earningsandworkinghours/datasets/placeofresidencebylocalauthorityashetable8";
const address =
  "http://www.ons.gov.uk/file?uri=/employmentandlabourmarket/peopleinwork/earningsandworkinghours/datasets/placeofresidencebylocalauthorityashetable8/2016/table82016provisional.zip";

/** Number of the table, its title in the archive, the word for it in labels, and the unit. */
const measures = [
  ["8.1", "Weekly pay - Gross", "81aWeeklyPayGross", "Weekly Pay Gross", "GBP per week"],
  [
    "8.2",
    "Weekly pay - Excluding overtime",
    "82aWeeklyPayExcludingOvertime",
    "Weekly Pay Excluding Overtime",
    "GBP per week",
  ],
  [
    "8.3",
    "Basic Pay - Including other pay",
    "83aBasicPayIncludingOtherPay",
    "Basic Pay Including Other Pay",
    "GBP per week",
  ],
  ["8.4", "Overtime pay", "84aOvertimePay", "Overtime Pay", "GBP per week"],
  ["8.5", "Hourly pay - Gross", "85aHourlyPayGross", "Hourly Pay Gross", "GBP per hour"],
  [
    "8.6",
    "Hourly pay - Excluding overtime",
    "86aHourlyPayExcludingOvertime",
    "Hourly Pay Excluding Overtime",
    "GBP per hour",
  ],
  ["8.7", "Annual pay - Gross", "87aAnnualPayGross", "Annual Pay Gross", "GBP per year"],
  ["8.8", "Annual pay - Incentive", "88aAnnualPayIncentive", "Annual Pay Incentive", "GBP per year"],
  [
    "8.9",
    "Paid hours worked - Total",
    "89aPaidHoursWorkedTotal",
    "Paid Hours Worked Total",
    "hours per week",
  ],
  [
    "8.10",
    "Paid hours worked - Basic",
    "810aPaidHoursWorkedBasic",
    "Paid Hours Worked Basic",
    "hours per week",
  ],
  [
    "8.11",
    "Paid hours worked - Overtime",
    "811aPaidHoursWorkedOvertime",
    "Paid Hours Worked Overtime",
    "hours per week",
  ],
] as const;

const sheets = [
  "All",
  "Male",
  "Female",
  "Full-Time",
  "Part-Time",
  "Male Full-Time",
  "Male Part-Time",
  "Female Full-Time",
  "Female Part-Time",
];

const metrics = [
  [5, "Mean"],
  [3, "Median"],
] as const;

const attributes = measures.flatMap(([, , word, description, unit]) =>
  sheets.flatMap((sheet) =>
    metrics.map(
      ([, metric]): ImporterAttribute => ({
        label: `asheTable${word}${sheet.replaceAll(" ", "-")}${metric}`,
        description,
        unit,
        kind: "mean",
        values: "timed",
      }),
    ),
  ),
);

/**
 * Pay and hours of residents by the Office for National Statistics (Annual Survey of Hours and Earnings, table 8, 2016
 * provisional). One row of a sheet is one local authority. Figures that are too uncertain are `x` and left out.
 */
export const wages = defineImporter({
  id: "ons/wages",
  className: "uk.org.tombolo.importer.ons.ONSWagesImporter",
  version: 1,
  title: "Wages",
  doc: "Pay and paid hours of residents by local authority, mean and median, for all and by sex and full or part time, 2016 provisional. Figures that the publisher holds back are missing.",
  provider: ONS,
  licence: OPEN_GOVERNMENT_LICENCE,
  attribution:
    "Source: Office for National Statistics, Annual Survey of Hours and Earnings. Crown copyright.",
  access: "public",
  unitOfRecord: "area",
  datasources: [
    {
      id: "wages",
      name: "Wages",
      description: "Place of residence by local authority, Annual Survey of Hours and Earnings table 8",
      url: page,
      subjectTypes: [],
      attributes,
      valuesOf: [AREAS.localAuthority],
      areas: ["localAuthority"],
      files: [
        {
          address,
          format: "spreadsheet",
          suffix: ".zip",
          sheets,
          entries: measures.map(
            ([table, title]) => `PROV - Home Geography Table ${table}a   ${title} 2016.xls`,
          ),
        },
      ],
      rows: () => ({
        timed: `SELECT code AS label, 'asheTable' || word || replace(sheet_name, ' ', '-') || metric AS attribute,
            '2016' AS time, number AS value, position
          FROM ${grid({ code: 1 })}
          JOIN ${valueTable(
            "measure",
            ["file_index", "word"],
            measures.map(([, , word], index) => [index, word]),
          )} ON file_index = file
          JOIN ${valueTable("metric", ["metric_col", "metric"], metrics)} ON metric_col = col`,
      }),
    },
  ],
});
