import type { Datasource, ImporterAttribute, SubjectTypeReference } from "../importer.ts";
import { valueTable } from "../tables.ts";

/** Domains and indices: beginning of the label, beginning of the heading, what it says. */
const INDICES = [
  ["", "Index of Multiple Deprivation (IMD)", "all domains together"],
  ["income_", "Income", "income"],
  ["employment_", "Employment", "employment"],
  ["education_", "Education, Skills and Training", "education, skills and training"],
  ["disability_", "Health Deprivation and Disability", "health and disability"],
  ["crime_", "Crime", "crime"],
  ["housing_", "Barriers to Housing and Services", "barriers to housing and services"],
  ["environment_", "Living Environment", "living environment"],
  ["idaci_", "Income Deprivation Affecting Children Index (IDACI)", "income, children"],
  ["idaopi_", "Income Deprivation Affecting Older People (IDAOPI)", "income, older people"],
  ["cypsd_", "Children and Young People Sub-domain", "education, children and young people"],
  ["assd_", "Adult Skills Sub-domain", "education, adult skills"],
  ["gbsd_", "Geographical Barriers Sub-domain", "housing, geographical barriers"],
  ["wbsd_", "Wider Barriers Sub-domain", "housing, wider barriers"],
  ["isd_", "Indoors Sub-domain", "living environment, indoors"],
  ["osd_", "Outdoors Sub-domain", "living environment, outdoors"],
] as const;

const MEASURES = [
  ["score", "Score", "index"],
  ["rank", "Rank", "index"],
  ["decile", "Decile", "percentile"],
] as const;

const POPULATIONS = [
  ["totalPopulation", "Total population", "people"],
  ["childrenPopulation", "Dependent Children aged 0-15", "children aged 0 to 15"],
  ["adultPopulation", "Population aged 16-59", "people aged 16 to 59"],
  ["elderlyPopulation", "Older population aged 60 and over", "people aged 60 and over"],
  ["workingAgePopulation", "Working age population", "people of working age"],
] as const;

const WHERE_IS = {
  score: "higher is more deprived",
  rank: "1 is most deprived",
  decile: "1 is the most deprived tenth",
};

/** The attributes of the indices of deprivation, under the labels that they have had since 2015. */
export const DEPRIVATION_ATTRIBUTES: readonly ImporterAttribute[] = [
  ...INDICES.flatMap(([stem, , topic]) =>
    MEASURES.map(([measure, , kind]) => ({
      label: `${stem}${measure}`,
      description: `Deprivation, ${topic}: ${measure} (${WHERE_IS[measure]})`,
      kind,
      values: "timed" as const,
    })),
  ),
  ...POPULATIONS.map(([label, , who]) => ({
    label,
    description: `Number of ${who}, as the denominators of the indices`,
    unit: "people",
    kind: "count" as const,
    values: "timed" as const,
  })),
];

/** What one edition of "File 7" is. */
export interface Edition {
  readonly id: string;
  readonly year: number;
  /** Heading of the column with the codes. */
  readonly code: string;
  readonly areas: SubjectTypeReference;
  /** Id of the areas that are imported first. */
  readonly boundaries: string;
  readonly address: string;
  readonly page: string;
  /** Labels of populations that it does not give. */
  readonly without?: readonly string[];
}

/**
 * An edition of the indices. Its columns are found by their headings: the order has changed between editions, and so has
 * what stands in brackets behind a heading.
 */
export function deprivation({
  id,
  year,
  code,
  areas,
  boundaries,
  address,
  page,
  without = [],
}: Edition): Datasource {
  const attributes = DEPRIVATION_ATTRIBUTES.filter(({ label }) => !without.includes(label));
  return {
    id,
    name: `English indices of deprivation ${year}`,
    description:
      "Scores, ranks and deciles of the indices and their domains, and the populations they refer to.",
    url: page,
    subjectTypes: [],
    attributes,
    valuesOf: [areas],
    areas: [boundaries],
    files: [{ address, format: "csv" }],
    rows: async (tables) => {
      const headings = await tables.headings([code]);
      const columns = headings.flatMap((heading, index) => {
        const label = labelOf(heading);
        return label === undefined || without.includes(label) ? [] : [[index, label] as const];
      });
      const missing = attributes.filter(({ label }) => !columns.some(([, found]) => found === label));
      if (missing.length > 0)
        tables.warn(`The file has no column for ${missing.map(({ label }) => label).join(", ")}.`);
      const codes = headings.indexOf(code);
      return {
        timed: `SELECT upper(trim(code.text)) AS label, known.attribute, TIMESTAMP '${year}-01-01 00:00:01' AS time, cell.number AS value
          FROM source_cells cell
          JOIN ${valueTable("known", ["col", "attribute"], columns)} ON known.col = cell.col
          JOIN source_cells code ON code.file = cell.file AND code.row = cell.row AND code.col = ${codes}
          WHERE cell.row > 0 AND cell.number IS NOT NULL`,
      };
    },
  };
}

function labelOf(heading: string): string | undefined {
  const text = heading.replace(/\s+/g, " ").trim().toLowerCase();
  const population = POPULATIONS.find(([, start]) => text.startsWith(start.toLowerCase()));
  if (population) return population[0];
  // Longest first, since "Income" begins two further headings.
  const [found] = INDICES.filter(([, start]) => text.startsWith(`${start.toLowerCase()} `)).sort(
    ([, first], [, second]) => second.length - first.length,
  );
  if (!found) return undefined;
  const [stem, start] = found;
  const measure = MEASURES.find(([, word]) => text.slice(start.length + 1).startsWith(word.toLowerCase()));
  return measure && `${stem}${measure[0]}`;
}
