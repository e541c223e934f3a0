import { defineImporter, type ImporterAttribute } from "../importer.ts";
import { AREAS, ONS, OPEN_GOVERNMENT_LICENCE } from "../ons/ons.ts";
import { valueTable } from "../tables.ts";

const address =
  "https://www.gov.uk/government/uploads/system/uploads/attachment_data/file/467774/File_7_ID_2015_All_ranks__deciles_and_scores_for_the_Indices_of_Deprivation__and_population_denominators.csv";

/** Beginning of the labels, and of the headings, of a score, a rank and a decile; some scores are shares of people. */
const domains = [
  ["", "Index of Multiple Deprivation (IMD)", "Score"],
  ["income_", "Income", "Score (rate)"],
  ["employment_", "Employment", "Score (rate)"],
  ["education_", "Education, Skills and Training", "Score"],
  ["disability_", "Health Deprivation and Disability", "Score"],
  ["crime_", "Crime", "Score"],
  ["housing_", "Barriers to Housing and Services", "Score"],
  ["environment_", "Living Environment", "Score"],
  ["idaci_", "Income Deprivation Affecting Children Index (IDACI)", "Score (rate)"],
  ["idaopi_", "Income Deprivation Affecting Older People (IDAOPI)", "Score (rate)"],
  ["cypsd_", "Children and Young People Sub-domain", "Score"],
  ["assd_", "Adult Skills Sub-domain", "Score"],
  ["gbsd_", "Geographical Barriers Sub-domain", "Score"],
  ["wbsd_", "Wider Barriers Sub-domain", "Score"],
  ["isd_", "Indoors Sub-domain", "Score"],
  ["osd_", "Outdoors Sub-domain", "Score"],
] as const;

const populations = [
  ["totalPopulation", "Total population: mid 2012 (excluding prisoners)"],
  ["childrenPopulation", "Dependent Children aged 0-15: mid 2012 (excluding prisoners)"],
  ["adultPopulation", "Population aged 16-59: mid 2012 (excluding prisoners)"],
  ["elderlyPopulation", "Older population aged 60 and over: mid 2012 (excluding prisoners)"],
  [
    "workingAgePopulation",
    "Working age population 18-59/64: for use with Employment Deprivation Domain (excluding prisoners)",
  ],
] as const;

/** In the order of the columns, of which the first is number 4; each description is the heading. */
const attributes: readonly ImporterAttribute[] = [
  ...domains.flatMap(([stem, heading, score]): ImporterAttribute[] => [
    {
      label: `${stem}score`,
      description: `${heading} ${score}`,
      kind: score === "Score" ? "index" : "rate",
      values: "timed",
    },
    {
      label: `${stem}rank`,
      description: `${heading} Rank (where 1 is most deprived)`,
      kind: "index",
      values: "timed",
    },
    {
      label: `${stem}decile`,
      description: `${heading} Decile (where 1 is most deprived 10% of LSOAs)`,
      kind: "percentile",
      values: "timed",
    },
  ]),
  ...populations.map(
    ([label, description]): ImporterAttribute => ({
      label,
      description,
      unit: "people",
      kind: "count",
      values: "timed",
    }),
  ),
];

const FIRST_COLUMN = 4;

/**
 * English indices of deprivation 2015 by the Department for Communities and Local Government. One row is one lower layer super
 * output area of 2011. In ranks and deciles 1 is the most deprived; in scores more is more deprived.
 */
export const imd = defineImporter({
  id: "dclg/imd",
  className: "uk.org.tombolo.importer.dclg.IMDImporter",
  version: 1,
  title: "English indices of deprivation 2015",
  doc: "Scores, ranks and deciles of deprivation for lower layer super output areas of 2011. In ranks and deciles 1 is the most deprived; in scores more is more deprived.",
  provider: { label: "uk.gov.dclg", name: "Department for Communities and Local Government" },
  licence: OPEN_GOVERNMENT_LICENCE,
  attribution:
    "Source: Department for Communities and Local Government, English indices of deprivation 2015. Crown copyright.",
  access: "public",
  unitOfRecord: "area",
  geographyLabels: ["england"],
  temporalLabels: ["y2015"],
  datasources: [
    {
      id: "imd",
      name: "English Indices of Deprivation 2015",
      description: "Ranks, deciles and scores for the indices of deprivation, and population denominators",
      url: "https://www.gov.uk/government/statistics/english-indices-of-deprivation-2015",
      subjectTypes: [
        { label: AREAS.lsoa.label, name: "Lower Layer Super Output Areas", provider: ONS, vintage: "2011" },
      ],
      attributes,
      valuesOf: [AREAS.lsoa],
      areas: ["lsoa"],
      files: [{ address, format: "csv" }],
      rows: async (tables) => {
        await tables.expectHeadings([
          [0, "LSOA code (2011)"],
          ...attributes.map(({ description }, index) => [FIRST_COLUMN + index, description] as const),
        ]);
        const columns = attributes.map(({ label }, index) => [FIRST_COLUMN + index, label] as const);
        return {
          timed: `SELECT source.c0 AS label, attribute, TIMESTAMP '2015-01-01 00:00:01' AS time, number AS value,
              row * 100 + col AS position
            FROM source_cells JOIN source USING (row) JOIN ${valueTable("wanted", ["col", "attribute"], columns)} USING (col)
            WHERE row > 0`,
        };
      },
    },
  ],
});
