import { grid, trimmed } from "../grid.ts";
import { type Datasource, defineImporter, type ImporterAttribute } from "../importer.ts";
import { AREAS, OPEN_GOVERNMENT_LICENCE } from "../ons/ons.ts";
import { valueTable } from "../tables.ts";
import { DFT } from "./dft.ts";

const UPLOADS = "https://www.gov.uk/government/uploads/system/uploads/attachment_data/file";

const surveys = [
  ["activePeopleCycle", "Cycle", "cycle", "536501/cw0104.ods"],
  ["activePeopleWalk", "Walk", "walk", "536499/cw0105.ods"],
] as const;

const often = [
  ["1pm", "at least once a month"],
  ["1pw", "at least once a week"],
  ["3pw", "at least three times a week"],
  ["5pw", "at least five times a week"],
] as const;

const long = [
  ["less30mins", "for less than 30 minutes"],
  ["less60mins", "for less than 60 minutes"],
  ["less120mins", "for less than 120 minutes"],
  ["more120mins", "for more than 120 minutes"],
] as const;

/** First column of a block, what it is for, and how its four columns differ; a blank column follows each block. */
const blocks = [
  [2, "", "for any purpose", often],
  [7, "Recreation", "for recreation", often],
  [12, "Utility", "for utility", often],
  [17, "", "for any purpose", long],
  [22, "Recreation", "for recreation", long],
] as const;

/**
 * Walking and cycling of adults by the Department for Transport, from the Active People Survey. One row is one local authority
 * or region; regions may be listed twice with equal figures. Values are shares of 1.
 */
export const activePeople = defineImporter({
  id: "dft/active-people",
  className: "uk.org.tombolo.importer.dft.ActivePeopleSurveyImporter",
  version: 1,
  title: "Active People Survey",
  doc: "Share of adults who walk or cycle so often or so long, by local authority and region, 2014/15. Values are shares of 1.",
  provider: DFT,
  licence: OPEN_GOVERNMENT_LICENCE,
  attribution: "Source: Department for Transport, Active People Survey. Crown copyright.",
  access: "public",
  unitOfRecord: "area",
  datasources: surveys.map(([id, word, verb, file]): Datasource => {
    const columns = blocks.flatMap(([first, purpose, , steps]) =>
      steps.map(([step], index) => [first + index, `fraction${word}${purpose}_${step}`] as const),
    );
    return {
      id,
      name: `Active People Survey - ${word}`,
      description: `Proportion of residents who ${verb}, by frequency, length and purpose, by local authority`,
      url: `${UPLOADS}/${file}`,
      subjectTypes: [],
      attributes: blocks.flatMap(([, purpose, what, steps]) =>
        steps.map(
          ([step, amount]): ImporterAttribute => ({
            label: `fraction${word}${purpose}_${step}`,
            description: `Share of adults who ${verb} ${what} ${amount}`,
            kind: "rate",
            values: "timed",
          }),
        ),
      ),
      valuesOf: [AREAS.localAuthority, AREAS.region],
      areas: ["localAuthority", "englandBoundaries"],
      files: [{ address: `${UPLOADS}/${file}`, format: "spreadsheet", suffix: ".ods", sheets: [0] }],
      rows: () => ({
        timed: `SELECT code AS label, attribute, '20' || right(${trimmed("title.text")}, 2) AS time, cell.number / 100 AS value, position
          FROM ${grid({ code: 0 })} JOIN ${valueTable("wanted", ["wanted_col", "attribute"], columns)} ON wanted_col = cell.col
          JOIN source_cells title ON title.row = 3 AND title.col = 0 AND title.sheet = cell.sheet`,
      }),
    };
  }),
});
