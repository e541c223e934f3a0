import { grid, trimmed } from "../grid.ts";
import { type Datasource, defineImporter, type ImporterAttribute } from "../importer.ts";
import { AREAS, OPEN_GOVERNMENT_LICENCE } from "../ons/ons.ts";
import { valueTable } from "../tables.ts";
import { PHE } from "./phe.ts";

const UPLOADS =
  "https://assets.publishing.service.gov.uk/government/uploads/system/uploads/attachment_data/file";

/** Areas, their file, and where in a sheet the codes, the periods and the first block are. */
const workbooks = [
  {
    id: "childhoodObesityLA",
    name: "local authority",
    file: "610203/NCMP_data_LA_and_England.xlsx",
    area: AREAS.localAuthority,
    areas: ["localAuthority", "msoa"],
    code: 0,
    period: 1,
    first: 2,
  },
  {
    id: "childhoodObesityMSOA",
    name: "middle layer super output area",
    file: "610199/NCMP_data_MSOA.xlsx",
    area: AREAS.msoa,
    areas: ["localAuthority", "msoa"],
    code: 0,
    period: 1,
    first: 4,
  },
  {
    id: "childhoodObesityWard",
    name: "ward",
    file: "652653/NCMP_data_Ward.xlsx",
    area: AREAS.ward,
    areas: ["localAuthority", "msoa", "ward"],
    code: 1,
    period: 2,
    first: 5,
  },
] as const;

const groups = ["Reception_ExcessWeight", "Reception_Obese", "Year6_ExcessWeight", "Year6_Obese"];

const attributes = groups.flatMap((group) =>
  ["%", "LCI", "UCI"].map((measure): ImporterAttribute => {
    const label = `${group}_${measure}`;
    return { label, description: label, kind: "rate", values: "timed" };
  }),
);

/**
 * Weight of children by Public Health England's National Child Measurement Programme. One row of a sheet is one area; a block of
 * five columns is one period of three school years, of which the last year counts as its time. Values are shares of 1.
 */
export const childhoodObesity = defineImporter({
  id: "phe/childhood-obesity",
  className: "uk.org.tombolo.importer.phe.ChildhoodObesityImporter",
  version: 1,
  title: "Childhood obesity",
  doc: "Share of children with excess weight or obesity in reception and year 6, with the limits of its confidence interval, by local authority, middle layer super output area or ward. Values are shares of 1.",
  provider: PHE,
  licence: OPEN_GOVERNMENT_LICENCE,
  attribution: "Source: Public Health England, National Child Measurement Programme. Crown copyright.",
  access: "public",
  unitOfRecord: "area",
  datasources: workbooks.map(
    ({ id, name, file, area, areas, code, period, first }): Datasource => ({
      id,
      name: `Childhood obesity by ${name}`,
      description: `Prevalence of childhood obesity and excess weight, by ${name}`,
      url: `${UPLOADS}/${file}`,
      subjectTypes: [],
      attributes,
      valuesOf: [area],
      areas,
      files: [
        { address: `${UPLOADS}/${file}`, format: "spreadsheet", suffix: ".xlsx", sheets: [1, 2, 3, 4] },
      ],
      rows: () => {
        const offset = `(cell.col - ${first}) % 5`;
        const labels = valueTable(
          "wanted",
          ["attribute"],
          attributes.map(({ label }) => [label]),
        );
        // A text says that the figures of its block are held back, those after it too.
        return {
          timed: `SELECT code AS label, attribute, '20' || right(${trimmed("start.text")}, 2) AS time, cell.number / 100 AS value, position
            FROM ${grid({ code, header: period + 1 })}
            JOIN source_cells start ON start.sheet = cell.sheet AND start.row = ${period} AND start.col = cell.col - ${offset}
            JOIN ${labels} ON contains(attribute, cell.sheet_name || '_' || cell.header)
            WHERE cell.row > ${period + 1} AND cell.col >= ${first} AND ${offset} BETWEEN 2 AND 4
            QUALIFY coalesce(cell.col < min(CASE WHEN cell.number IS NULL THEN cell.col END) OVER (PARTITION BY cell.sheet, cell.row, start.col), true)`,
        };
      },
    }),
  ),
});
