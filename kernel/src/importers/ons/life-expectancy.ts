import { grid, trimmed } from "../grid.ts";
import { defineImporter, type ImporterAttribute } from "../importer.ts";
import { valueTable } from "../tables.ts";
import { AREAS, ONS, OPEN_GOVERNMENT_LICENCE } from "./ons.ts";

const address =
  "https://www.ons.gov.uk/file?uri=/peoplepopulationandcommunity/healthandsocialcare/healthandlifeexpectancies/datasets/healthstatelifeexpectancyatbirthandatage65bylocalareasuk/current/refhealthstatelifeexpectancies1.xls";

/** Sheet by index, its name, and what it adds to an attribute's label. */
const sheets = [
  [1, "HE - male at birth", "maleAtBirth", "males at birth"],
  [2, "HE - female at birth", "femaleAtBirth", "females at birth"],
  [3, "HE - male at 65", "maleAt65", "males at age 65"],
  [4, "HE - females at 65", "femaleAt65", "females at age 65"],
] as const;

const measures = [
  ["LE", "Life expectancy"],
  ["HLE", "Healthy life expectancy"],
  ["DfLE", "Disability-free life expectancy"],
] as const;

const attributes = sheets.flatMap(([, , group, people]) =>
  measures.map(
    ([short, long]): ImporterAttribute => ({
      label: short + group,
      description: `${long} of ${people}`,
      unit: "years",
      kind: "mean",
      values: "timed",
    }),
  ),
);

const wanted = valueTable(
  "wanted",
  ["sheet_index", "heading", "attribute"],
  sheets.flatMap(([sheet, , group]) => measures.map(([short]) => [sheet, short, short + group] as const)),
);

/**
 * Life expectancy by the Office for National Statistics. One row of a sheet is one local authority or region. The time is the
 * last year of the three that the figures are about.
 */
export const lifeExpectancy = defineImporter({
  id: "ons/life-expectancy",
  className: "uk.org.tombolo.importer.ons.ONSLifeExpectancyImporter",
  version: 1,
  title: "Life expectancy",
  doc: "Life expectancy, healthy and disability-free, at birth and at 65, by sex, for local authorities and regions. The time is the last of the three years that a figure is about.",
  provider: ONS,
  licence: OPEN_GOVERNMENT_LICENCE,
  attribution: "Source: Office for National Statistics. Crown copyright.",
  access: "public",
  unitOfRecord: "area",
  datasources: [
    {
      id: "ONSLifeExpectancy",
      name: "Life Expectancy",
      description: "Health state life expectancies at birth and at age 65 by local areas",
      url: address,
      subjectTypes: [],
      attributes,
      valuesOf: [AREAS.localAuthority, AREAS.region],
      areas: ["localAuthority", "englandBoundaries"],
      everyAttribute: true,
      files: [{ address, format: "spreadsheet", suffix: ".xls", sheets: [1, 2, 3, 4] }],
      rows: () => ({
        timed: `SELECT code AS label, attribute, right(${trimmed("title.text")}, 4) AS time, cell.number AS value, position
          FROM ${grid({ code: 0, header: 3 })}
          JOIN ${wanted} ON sheet_index = cell.sheet AND heading = header
          JOIN source_cells title ON title.sheet = cell.sheet AND title.row = 0 AND title.col = 0
          WHERE cell.row > 3 AND cell.col IN (4, 8, 13)`,
      }),
    },
  ],
});
