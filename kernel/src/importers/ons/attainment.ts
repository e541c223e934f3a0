import { grid } from "../grid.ts";
import { defineImporter } from "../importer.ts";
import { AREAS, ONS, OPEN_GOVERNMENT_LICENCE } from "./ons.ts";

const address =
  "https://www.gov.uk/government/uploads/system/uploads/attachment_data/file/652293/SFR57_2017_LA__tables.xlsx";

/**
 * Attainment 8 of pupils at 16 by the Department for Education, under the name of the Office for National Statistics as the
 * 2019 system had it. One row is one local authority. Footnote digits stick to the years (`2014/155`); the time is the first
 * year of the two.
 */
export const attainment = defineImporter({
  id: "ons/attainment",
  className: "uk.org.tombolo.importer.ons.ONSAverageAttainmentImporter",
  version: 1,
  title: "Average attainment",
  doc: "Average Attainment 8 score for each pupil at the end of key stage 4, for local authorities of England, in three school years. The time is the first year of the two.",
  provider: ONS,
  licence: OPEN_GOVERNMENT_LICENCE,
  attribution: "Source: Department for Education, SFR57/2017. Crown copyright.",
  access: "public",
  unitOfRecord: "area",
  datasources: [
    {
      id: "ONSAverageAttainment",
      name: "Average Attainment",
      description: "Average Attainment 8 scores by local authority",
      url: address,
      subjectTypes: [],
      attributes: [
        {
          label: "average_attainment",
          description: "average_attainment",
          unit: "points",
          kind: "mean",
          values: "timed",
        },
      ],
      valuesOf: [AREAS.localAuthority],
      areas: ["localAuthority"],
      everyAttribute: true,
      files: [{ address, format: "spreadsheet", suffix: ".xlsx", sheets: [4] }],
      rows: () => ({
        timed: `SELECT code AS label, 'average_attainment' AS attribute, left(header, 4) AS time, number AS value, position
          FROM ${grid({ code: 0, header: 5 })} WHERE row > 5 AND col IN (3, 4, 5)`,
      }),
    },
  ],
});
