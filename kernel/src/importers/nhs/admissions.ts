import { grid, trimmed } from "../grid.ts";
import { defineImporter } from "../importer.ts";
import { AREAS, OPEN_GOVERNMENT_LICENCE } from "../ons/ons.ts";
import { valueTable } from "../tables.ts";

const address =
  "https://digital.nhs.uk/media/28729/Statistics-on-Obesity-Physical-Activity-and-Diet-England-2016-Tables/Any/obes-phys-acti-diet-eng-2016-tab";

const columns = [
  [8, "admissions_all"],
  [9, "admissions_male"],
  [10, "admissions_female"],
] as const;

/**
 * Admissions to hospital because of obesity by NHS Digital. One row is one local authority. The time is the first year of the
 * two that the table's title names.
 */
export const admissions = defineImporter({
  id: "nhs/admissions",
  className: "uk.org.tombolo.importer.nhschoices.NHSAdmissionsImporter",
  version: 1,
  title: "Hospital admissions because of obesity",
  doc: "Admissions to hospital with obesity as a diagnosis for each 100,000 people, all and by sex, for local authorities of England.",
  provider: { label: "uk.digital.nhs", name: "NHS Digital" },
  licence: OPEN_GOVERNMENT_LICENCE,
  attribution: "Source: NHS Digital, Statistics on Obesity, Physical Activity and Diet, England 2016.",
  access: "public",
  unitOfRecord: "area",
  datasources: [
    {
      id: "NHSAdmissionsObese",
      name: "NHS Admissions Obese",
      description:
        "Finished hospital admissions with a primary or secondary diagnosis of obesity, by local authority",
      url: address,
      subjectTypes: [],
      attributes: columns.map(([, label]) => ({
        label,
        description: label,
        unit: "per 100,000 people",
        kind: "rate",
        values: "timed",
      })),
      valuesOf: [AREAS.localAuthority],
      areas: ["localAuthority"],
      everyAttribute: true,
      files: [{ address, format: "spreadsheet", suffix: ".xlsx", sheets: [7] }],
      rows: () => ({
        timed: `SELECT code AS label, attribute, left(${trimmed("title.text")}, 4) AS time, cell.number AS value, position
          FROM ${grid({ code: 0 })} JOIN ${valueTable("wanted", ["wanted_col", "attribute"], columns)} ON wanted_col = cell.col
          JOIN source_cells title ON title.row = 3 AND title.col = 4 AND title.sheet = cell.sheet`,
      }),
    },
  ],
});
