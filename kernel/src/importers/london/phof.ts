import { quoteLiteral } from "../../engine/quote.ts";
import { attributeRows, defineImporter, type ImporterAttribute } from "../importer.ts";
import { AREAS, OPEN_GOVERNMENT_LICENCE } from "../ons/ons.ts";
import { timeFigures } from "../periods.ts";
import type { Tables } from "../tables.ts";
import { LONDON_DATASTORE } from "./london.ts";
import { phofIndicators, phofMeasure } from "./phof-indicators.ts";

/**
 * Indicators of the Public Health Outcomes Framework by county and unitary authority, published by the London Datastore. One row
 * is one indicator of one area in one period, and of one sex and age. Where an indicator has several sexes or ages they are part
 * of the attribute's label, else their figures would take each other's place; so are periods of another kind that end together.
 */
export const phof = defineImporter({
  id: "london/phof",
  className: "uk.org.tombolo.importer.londondatastore.LondonPHOFImporter",
  version: 2,
  title: "Public health outcomes",
  doc: "Indicators of the Public Health Outcomes Framework for local authorities. Where an indicator has several sexes or ages, these are part of the attribute's label, as in `… (Female)`.",
  provider: LONDON_DATASTORE,
  licence: OPEN_GOVERNMENT_LICENCE,
  attribution: "Source: Public Health England, by way of the London Datastore.",
  access: "public",
  unitOfRecord: "area",
  datasources: [
    {
      id: "phofIndicatorsLondonBorough",
      name: "PHOF Indicators London Borough",
      description: "Public Health Outcomes Framework Indicators for London Boroughs",
      url: "http://data.london.gov.uk/dataset/public-health-outcomes-framework-indicators",
      subjectTypes: [],
      attributes: phofIndicators.map(
        (indicator): ImporterAttribute => ({
          label: indicator,
          description: indicator,
          values: "timed",
          ...phofMeasure(indicator),
        }),
      ),
      valuesOf: [AREAS.localAuthority],
      areas: ["localAuthority"],
      files: [
        {
          address:
            "https://files.datapress.com/london/dataset/public-health-outcomes-framework-indicators/2015-11-10T12:05:53/phof-indicators-data-london-borough.xlsx",
          format: "spreadsheet",
          suffix: ".xlsx",
          sheets: [3],
        },
      ],
      rows: async (tables) => {
        const sex = await columnOf(tables, "Sex");
        const age = await columnOf(tables, "Age");
        const cell = (col: number | undefined) =>
          col === undefined ? "NULL" : `max(trim(text)) FILTER (WHERE col = ${col})`;
        await tables.create(
          "figure",
          `SELECT row, max(text) FILTER (WHERE col = 0) AS indicator, ${cell(1)} AS period, ${cell(4)} AS code, ${cell(sex)} AS sex, ${cell(age)} AS age,
            max(number) FILTER (WHERE col = 6) AS value FROM source_cells WHERE row > 0 GROUP BY row`,
        );
        await tables.create(
          "labelled",
          `SELECT row, code, period, value, indicator || coalesce(' (' || nullif(concat_ws(', ',
              CASE WHEN count(DISTINCT sex) OVER whole > 1 THEN sex END, CASE WHEN count(DISTINCT age) OVER whole > 1 THEN age END), '') || ')', '') AS attribute
            FROM figure WHERE indicator IS NOT NULL WINDOW whole AS (PARTITION BY indicator)`,
        );
        await timeFigures(tables, "labelled", "timed_figures");
        const found = await tables.query(
          "SELECT attribute, min(row) AS first FROM timed_figures GROUP BY attribute ORDER BY first",
        );
        const labels = found.map((row) => String(row["attribute"]));
        return {
          attributes: attributeRows(
            labels.map((label) => ({ label, description: label, ...phofMeasure(label) })),
          ),
          timed:
            "SELECT code AS label, attribute, time, value, row AS position FROM timed_figures WHERE time IS NOT NULL",
        };
      },
    },
  ],
});

async function columnOf(tables: Tables, heading: string): Promise<number | undefined> {
  const [found] = await tables.query(
    `SELECT min(col) AS col FROM source_cells WHERE row = 0 AND lower(trim(text)) = ${quoteLiteral(heading.toLowerCase())}`,
  );
  return typeof found?.["col"] === "number" ? found["col"] : undefined;
}
