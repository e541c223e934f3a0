import { type Datasource, defineImporter } from "../importer.ts";
import { CENSUS_2021_HEADINGS } from "./headings.ts";
import { CENSUS_2021_TABLES, COARSE_TABLES } from "./tables.ts";

/** Subject types with the endings of their files inside an archive, and where their boundaries come from. */
const AREAS = [
  ["lsoa2021", "lsoa", "boundaries/lsoa2021"],
  ["msoa2021", "msoa", "boundaries/msoa2021"],
  ["localAuthority2024", "ltla", "boundaries/local-authority2024"],
  ["region2024", "rgn", "boundaries/region2024"],
] as const;

/** Columns that say which area and when. */
const KEYS = ["date", "geography", "geography code"];

/**
 * Census of 21 March 2021 in England and Wales, "topic summaries" in bulk from Nomis. One row of a file is one area; each further column is a
 * count. Counts are perturbed a little, so that small ones, and sums of them, are not exact.
 */
export const census2021 = defineImporter({
  id: "census2021/census2021",
  version: 2,
  title: "Census 2021",
  doc: "Counts of people and households by topic, for the areas of 2021 in England and Wales: `%import census2021/ts061`. Lower layer super output areas, or the smallest that a table has, unless a recipe's subjects are others. Small counts have been changed a little to protect people.",
  provider: { label: "uk.gov.ons", name: "Office for National Statistics" },
  licence: "Open Government Licence v3.0",
  attribution: "Source: Office for National Statistics, Census 2021, via Nomis. Crown copyright.",
  access: "public",
  unitOfRecord: "area",
  covers: ["E92000001", "W92000004"],
  datasources: CENSUS_2021_TABLES.map(table),
});

function table([id, title, unit, parts]: (typeof CENSUS_2021_TABLES)[number]): Datasource {
  const measure = { unit, kind: unit === "people/km²" ? "rate" : "count" } as const;
  const smallest = AREAS.findIndex(([type]) => type === (COARSE_TABLES[id] ?? "lsoa2021"));
  const there = AREAS.slice(smallest);
  const wanted = (types: readonly string[]) => {
    const known = there.filter(([type]) => types.includes(type));
    return known.length > 0 ? known : there.slice(0, 1);
  };
  return {
    id,
    name: title,
    description: `${title}${parts === "" ? "" : ` (${parts})`}: ${unit} in each area on 21 March 2021.`,
    url: `https://www.nomisweb.co.uk/datasets/c2021${id}`,
    subjectTypes: [],
    attributes: (CENSUS_2021_HEADINGS.get(id) ?? []).map((label) => ({
      label,
      description: label,
      values: "timed",
      ...measure,
    })),
    fileDecides: true,
    valuesOf: there.map(([label]) => ({ provider: "uk.gov.ons", label })),
    areas: ({ subjectTypes }) => wanted(subjectTypes).map(([, , boundaries]) => boundaries),
    bySubjectTypes: true,
    files: ({ subjectTypes }) => [
      {
        address: `https://www.nomisweb.co.uk/output/census/2021/census2021-${id}.zip`,
        format: "csv",
        suffix: ".zip",
        entries: wanted(subjectTypes).map(([, ending]) => `census2021-${id}-${ending}.csv`),
      },
    ],
    rows: async (tables, { subjectTypes }) => {
      for (const type of subjectTypes.filter((each) => !there.some(([known]) => known === each)))
        tables.warn(
          `Table ${id} has nothing for ${type}; it has ${there.map(([known]) => known).join(", ")}.`,
        );
      const headings = await tables.headings(KEYS);
      const code = headings.indexOf("geography code");
      await tables.create("measured", MEASURED);
      return {
        attributes: `SELECT label, min(label) AS description, '${unit}' AS unit, '${measure.kind}' AS kind FROM measured GROUP BY label ORDER BY min(col)`,
        timed: `SELECT trim(code.text) AS label, measured.label AS attribute, '2021' AS time, cell.number AS value
          FROM source_cells cell JOIN measured ON measured.file = cell.file AND measured.col = cell.col
          JOIN source_cells code ON code.file = cell.file AND code.row = cell.row AND code.col = ${code}
          WHERE cell.row > 0 AND cell.number IS NOT NULL`,
      };
    },
  };
}

/**
 * Headings as labels. Some end in "; measures: Value", others do not; blanks about colons differ. Two columns of a file may then have one name
 * (ts027 has two rests that differ in a blank): the second gets a number, lest it take the first one's place.
 */
const MEASURED = `SELECT file, col, plain || CASE WHEN turn > 1 THEN ' (' || turn || ')' ELSE '' END AS label
  FROM (SELECT file, col, plain, row_number() OVER (PARTITION BY file, plain ORDER BY col) AS turn
    FROM (SELECT file, col, regexp_replace(regexp_replace(regexp_replace(trim(text), '\\s*; measures: Value$', ''), '\\s*:\\s*', ': ', 'g'), '\\s+', ' ', 'g') AS plain
      FROM source_cells WHERE row = 0 AND NOT list_contains(['date', 'geography', 'geography code'], trim(text))))`;
