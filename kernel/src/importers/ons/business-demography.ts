import { grid } from "../grid.ts";
import { defineImporter, type ImporterAttribute } from "../importer.ts";
import { valueTable } from "../tables.ts";
import { AREAS, ONS, OPEN_GOVERNMENT_LICENCE } from "./ons.ts";

const address =
  "https://www.ons.gov.uk/file?uri=/businessindustryandtrade/business/activitysizeandlocation/datasets/businessdemographyreferencetable/current/businessdemographyexceltables2016v2.xls";

/** Sheets of enterprises born in 2011 to 2015. */
const FIRST_SHEET = 13;
const FIRST_YEAR = 2011;

/** The descriptions are the headings of the columns, in which six blanks stand before the words. */
const attributes = [1, 2, 3, 4, 5].flatMap((years): ImporterAttribute[] => [
  {
    label: `survival_${years}_year_total`,
    description: `${years}-year survival`,
    unit: "businesses",
    kind: "count",
    values: "timed",
  },
  {
    label: `survival_${years}_year_fraction`,
    description: `${years}-year      per cent`,
    kind: "rate",
    values: "timed",
  },
]);

const wanted = valueTable(
  "wanted",
  ["heading", "attribute"],
  attributes.map(({ label, description }) => [description, label]),
);

/**
 * Survival of new enterprises by the Office for National Statistics. One row of a sheet is one local authority or region. The
 * time is the year of birth, and fractions are shares of 1, not per cent.
 */
export const businessDemography = defineImporter({
  id: "ons/business-demography",
  className: "uk.org.tombolo.importer.ons.ONSBusinessDemographyImporter",
  version: 1,
  title: "Survival of new businesses",
  doc: "How many enterprises born in a year lived for one to five years, and which share, for local authorities and regions. The time is the year of birth.",
  provider: ONS,
  licence: OPEN_GOVERNMENT_LICENCE,
  attribution: "Source: Office for National Statistics. Crown copyright.",
  access: "public",
  unitOfRecord: "area",
  datasources: [
    {
      id: "ONSNewBusinessSurvival",
      name: "Survival of Newly Born Enterprises",
      description: "Survival of newly born enterprises by district, county and unitary authority",
      url: address,
      subjectTypes: [],
      attributes,
      valuesOf: [AREAS.localAuthority, AREAS.region],
      areas: ["localAuthority", "englandBoundaries"],
      everyAttribute: true,
      files: [{ address, format: "spreadsheet", suffix: ".xls", sheets: [13, 14, 15, 16, 17] }],
      rows: () => ({
        timed: `SELECT code AS label, attribute, (${FIRST_YEAR - FIRST_SHEET} + sheet)::VARCHAR AS time, position,
            CASE WHEN contains(header, 'per cent') THEN number / 100 ELSE number END AS value
          FROM ${grid({ code: 0, header: 6 })} JOIN ${wanted} ON heading = header
          WHERE row > 6 AND col BETWEEN 3 AND 12`,
      }),
    },
  ],
});
