import { grid } from "../grid.ts";
import { defineImporter, type ImporterAttribute } from "../importer.ts";
import { AREAS, OPEN_GOVERNMENT_LICENCE } from "../ons/ons.ts";
import { valueTable } from "../tables.ts";
import { LONDON_DATASTORE } from "./london.ts";

const classes = [
  [2, "fractionUnderweight", "below 18.5"],
  [6, "fractionHealthyWeight", "from 18.5 to below 25"],
  [10, "fractionOverweight", "from 25 to below 30"],
  [14, "fractionObese", "of 30 or more"],
  [18, "fractionExcessWeight", "of 25 or more"],
] as const;

/**
 * Weight of adults by local authority, as they told the Active People Survey, published by the London Datastore. One row is one
 * local authority. Values are shares of 1.
 */
export const adultObesity = defineImporter({
  id: "london/adult-obesity",
  className: "uk.org.tombolo.importer.londondatastore.AdultObesityImporter",
  version: 1,
  title: "Adult obesity",
  doc: "Share of adults by class of body mass index, as they told it themselves, for local authorities of England. Values are shares of 1.",
  provider: LONDON_DATASTORE,
  licence: OPEN_GOVERNMENT_LICENCE,
  attribution: "Source: Public Health England, Active People Survey, by way of the London Datastore.",
  access: "public",
  unitOfRecord: "area",
  datasources: [
    {
      id: "adultObesity",
      name: "Local Authority Adult Obesity",
      description: "Self reported adult obesity",
      url: "https://data.london.gov.uk/dataset/obesity-adults",
      subjectTypes: [],
      attributes: classes.map(
        ([, label, range]): ImporterAttribute => ({
          label,
          description: `Share of adults with a body mass index ${range} kg/m²`,
          kind: "rate",
          values: "timed",
        }),
      ),
      valuesOf: [AREAS.localAuthority],
      areas: ["localAuthority"],
      everyAttribute: true,
      files: [
        {
          address:
            "https://files.datapress.com/london/dataset/obesity-adults/population-bmi-classification-london.xls",
          format: "spreadsheet",
          suffix: ".xls",
          sheets: ["Active People Survey"],
        },
      ],
      rows: () => ({
        timed: `SELECT code AS label, attribute, '2013' AS time, number AS value, position
          FROM ${grid({ code: 0 })} JOIN ${valueTable("class", ["class_col", "attribute", "range"], classes)} ON class_col = col`,
      }),
    },
  ],
});
