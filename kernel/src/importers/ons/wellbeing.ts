import { grid } from "../grid.ts";
import { defineImporter, type ImporterAttribute } from "../importer.ts";
import { valueTable } from "../tables.ts";
import { AREAS, ONS, OPEN_GOVERNMENT_LICENCE } from "./ons.ts";

const address =
  "https://www.ons.gov.uk/file?uri=/peoplepopulationandcommunity/wellbeing/datasets/headlineestimatesofpersonalwellbeing/april2016tomarch2017localauthorityupdate/headlinewellbeinglocalauthorityupdate2016to2017.xls";

const questions = [
  [1, "lifeSatisfactionMeanRatings", "Satisfaction with life"],
  [3, "worthwhileMeanRatings", "Whether what one does in life is worthwhile"],
  [5, "happinessMeanRatings", "Happiness yesterday"],
  [7, "anxietyMeanRatings", "Anxiety yesterday, where a high rating is bad"],
] as const;

/**
 * Personal well-being by the Office for National Statistics. One row of a sheet is one local authority or region. Ratings go
 * from 0 to 10; anxiety is the one where more is worse. The time is the first year of the two that a figure is about.
 */
export const wellbeing = defineImporter({
  id: "ons/wellbeing",
  className: "uk.org.tombolo.importer.ons.ONSWellbeingImporter",
  version: 1,
  title: "Personal well-being",
  doc: "Mean ratings from 0 to 10 of life satisfaction, worth, happiness and anxiety, for local authorities and regions. A high rating of anxiety is bad. The time is the first year of the two that a figure is about.",
  provider: ONS,
  licence: OPEN_GOVERNMENT_LICENCE,
  attribution: "Source: Office for National Statistics. Crown copyright.",
  access: "public",
  unitOfRecord: "area",
  datasources: [
    {
      id: "ONSWellbeing",
      name: "Wellbeing",
      description: "Headline estimates of personal well-being by local authority",
      url: address,
      subjectTypes: [],
      attributes: questions.map(
        ([, label, description]): ImporterAttribute => ({
          label,
          description,
          unit: "rating 0 to 10",
          kind: "mean",
          values: "timed",
        }),
      ),
      valuesOf: [AREAS.localAuthority, AREAS.region],
      areas: ["localAuthority", "englandBoundaries"],
      everyAttribute: true,
      files: [{ address, format: "spreadsheet", suffix: ".xls", sheets: [1, 3, 5, 7] }],
      rows: () => ({
        timed: `SELECT code AS label, attribute, left(header, length(header) - 3) AS time, number AS value, position
          FROM ${grid({ code: 0, header: 5 })}
          JOIN ${valueTable("question", ["sheet_index", "attribute", "description"], questions)} ON sheet_index = sheet
          WHERE row > 5 AND col BETWEEN 2 AND 7`,
      }),
    },
  ],
});
