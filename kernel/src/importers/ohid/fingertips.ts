import { columnsByHeading } from "../headings.ts";
import { type Datasource, defineImporter } from "../importer.ts";
import { timeFigures } from "../periods.ts";

const API = "https://fingertips.phe.org.uk/api/all_data/csv/by_indicator_id";

/** Districts and unitary authorities as of April 2023, and England above them. */
const AREA_TYPE = 501;
const PARENT_TYPE = 15;

/** Indicators that are asked for most: number, the publisher's name, unit, whom it is told apart by: sex and age. */
const INDICATORS = [
  [
    20601,
    "Reception prevalence of overweight (including obesity)",
    "%",
    ["Persons", "Male", "Female"],
    "4-5 yrs",
  ],
  [
    20602,
    "Year 6 prevalence of overweight (including obesity)",
    "%",
    ["Persons", "Male", "Female"],
    "10-11 yrs",
  ],
  [90366, "Life expectancy at birth", "years", ["Male", "Female"], "All ages"],
  [93014, "Percentage of physically active adults", "%", ["Persons"], "19+ yrs"],
  [93015, "Percentage of physically inactive adults", "%", ["Persons"], "19+ yrs"],
  [93088, "Overweight (including obesity) prevalence in adults", "%", ["Persons"], "18+ yrs"],
] as const;

/** Headings that are read. */
const NEEDED = ["Indicator Name", "Area Code", "Sex", "Age", "Time period", "Value"];

/**
 * Public health in England from the Office for Health Improvement and Disparities' Fingertips. One row of the file is one area, sex, age and period.
 * Sex and age are part of the measurement: an indicator has values for men, women and all, which must not be mixed; so have a year and three years that end with it. Headings and periods as public
 * programs name them that ask this address; the columns have grown from 26 to 27 over the years, so they are found by their headings.
 */
export const fingertips = defineImporter({
  id: "ohid/fingertips",
  version: 3,
  title: "Public health profiles",
  doc: "Indicators of public health in the districts of England, by sex and age. Any indicator of Fingertips can be asked for by its number: `%import ohid/fingertips/93014`.",
  provider: { label: "uk.gov.ohid", name: "Office for Health Improvement and Disparities" },
  licence: "Open Government Licence v3.0",
  attribution: "© Crown copyright, Office for Health Improvement and Disparities, Fingertips.",
  access: "public",
  unitOfRecord: "area",
  covers: ["E92000001"],
  datasources: INDICATORS.map(([id, name, unit, sexes, age]) =>
    indicator(
      `${id}`,
      name,
      unit,
      sexes.map((sex) => [name, sex, age].join(", ")),
    ),
  ),
  unlisted: (id) => (/^\d{1,6}$/.test(id) ? indicator(id, `Indicator ${id}`, undefined) : undefined),
});

function indicator(
  id: string,
  name: string,
  unit: string | undefined,
  labels: readonly string[] = [],
): Datasource {
  const kind = unit === "%" ? "rate" : "mean";
  return {
    id,
    name,
    description: `${name} by district, sex, age and period.`,
    url: `https://fingertips.phe.org.uk/search/${id}`,
    years: "latest",
    subjectTypes: [],
    attributes: labels.map((label) => ({
      label,
      description: label,
      kind,
      ...(unit && { unit }),
      values: "timed",
    })),
    fileDecides: true,
    typical: { kind, ...(unit && { unit }) },
    valuesOf: ["localAuthority2024", "localAuthority", "region2024", "englandBoundaries"].map((label) => ({
      provider: "uk.gov.ons",
      label,
    })),
    areas: ["boundaries/local-authority2024"],
    files: [
      {
        address: `${API}?indicator_ids=${id}&child_area_type_id=${AREA_TYPE}&parent_area_type_id=${PARENT_TYPE}`,
        format: "csv",
      },
    ],
    rows: async (tables) => {
      const column = await columnsByHeading(tables, NEEDED);
      // The file repeats areas by deprivation and the like, as categories; those are other measurements.
      await tables.create(
        "measured",
        `SELECT row, ${column("Area Code")} AS code, concat_ws(', ', ${column("Indicator Name")}, ${column("Sex")}, ${column("Age")}) AS attribute,
           ${column("Time period")} AS period, TRY_CAST(${column("Value")} AS DOUBLE) AS value
         FROM source WHERE row > 0 AND ${column("Category Type")} IS NULL`,
      );
      await timeFigures(tables, "measured", "timed_figures");
      const unitText = unit === undefined ? "NULL" : `'${unit}'`;
      return {
        attributes: `SELECT DISTINCT attribute AS label, attribute AS description, ${unitText} AS unit, '${kind}' AS kind FROM timed_figures ORDER BY label`,
        timed:
          "SELECT code AS label, attribute, time, value, row AS position FROM timed_figures WHERE value IS NOT NULL AND time IS NOT NULL",
      };
    },
  };
}
