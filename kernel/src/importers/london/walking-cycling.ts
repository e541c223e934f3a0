import { grid } from "../grid.ts";
import { defineImporter } from "../importer.ts";
import { AREAS, OPEN_GOVERNMENT_LICENCE } from "../ons/ons.ts";
import { valueTable } from "../tables.ts";
import { LONDON_DATASTORE } from "./london.ts";

/** Sheet, column and year of each figure; the years are the second ones of the surveys 2010/11 to 2013/14. */
const columns = [
  ...[7, 18, 29, 40].map((column, index) => [1, column, "walk5xWeek", `${2011 + index}`] as const),
  ...[5, 16, 27, 38].map((column, index) => [2, column, "cycle1xWeek", `${2011 + index}`] as const),
];

/**
 * Walking and cycling of residents by London borough, from the Active People Survey, published by the London Datastore. One row
 * is one borough. Values are in per cent, rounded in the first years.
 */
export const walkingCycling = defineImporter({
  id: "london/walking-cycling",
  className: "uk.org.tombolo.importer.londondatastore.WalkingCyclingBoroughImporter",
  version: 1,
  title: "Walking and cycling in London boroughs",
  doc: "Share of residents who walk at least five times a week, or cycle at least once a month, by borough, 2010/11 to 2013/14, in per cent.",
  provider: LONDON_DATASTORE,
  licence: OPEN_GOVERNMENT_LICENCE,
  attribution: "Source: Department for Transport, by way of the London Datastore.",
  access: "public",
  unitOfRecord: "area",
  datasources: [
    {
      id: "walkingCyclingBorough",
      name: "Walking and Cycling in London Boroughs",
      description: "Walking and Cycling in London Boroughs",
      url: "http://data.london.gov.uk/dataset/walking-and-cycling-borough",
      subjectTypes: [],
      attributes: [
        {
          label: "walk5xWeek",
          description: "Share of residents who walk for at least 30 minutes five times a week",
          unit: "%",
          kind: "rate",
          values: "timed",
        },
        {
          label: "cycle1xWeek",
          description: "Share of residents who cycle at least once a week",
          unit: "%",
          kind: "rate",
          values: "timed",
        },
      ],
      valuesOf: [AREAS.localAuthority],
      areas: ["localAuthority"],
      everyAttribute: true,
      files: [
        {
          address:
            "https://files.datapress.com/london/dataset/walking-and-cycling-borough/walking-cycling-borough.xls",
          format: "spreadsheet",
          suffix: ".xls",
          sheets: [1, 2],
        },
      ],
      rows: () => ({
        timed: `SELECT code AS label, attribute, year AS time, number AS value, position FROM ${grid({ code: 0 })}
          JOIN ${valueTable("wanted", ["wanted_sheet", "wanted_col", "attribute", "year"], columns)} ON wanted_sheet = sheet AND wanted_col = col`,
      }),
    },
  ],
});
