import { countOf } from "../../count-of.ts";
import { quoteLiteral } from "../../engine/quote.ts";
import { UserError } from "../../errors.ts";
import { numberIn } from "../formats/csv.ts";
import { type Datasource, defineImporter, type ImporterAttribute } from "../importer.ts";
import { AREAS, OPEN_GOVERNMENT_LICENCE } from "../ons/ons.ts";
import type { Tables } from "../tables.ts";
import { PHE } from "./phe.ts";

const SERVICE = "http://activepeople.sportengland.org/Result/ExportTable";

/** The row of the periods, such as `2012 (Mid-January …)`, begins the table; rows before it tell what it is about. */
const PERIODS = `SELECT min(row) AS row FROM source WHERE ${[3, 4, 5].map((column) => `regexp_matches(c${column}, '^\\s*(19|20)[0-9]{2}')`).join(" OR ")}`;

/** The measure of the table, and what of its name must be there; the first that fits counts. */
const weights = [
  ["fractionUnderweight", "Underweight"],
  ["fractionHealthyWeight", "Healthy weight"],
  ["fractionOverweight", "Overweight"],
  ["fractionObese", "Obese"],
  ["fractionMorbidlyObese", "Morbidly obese"],
] as const;

const activities = [
  ["fractionActive", "Active"],
  ["fractionActive150_599MVPA", "Active - 150-599 MVPA"],
  ["fractionActive600PlusMVPA", "Active - 600+ MVPA"],
] as const;

const attributes: readonly ImporterAttribute[] = [
  ...weights.map(([label, words]) => ({
    label,
    description: `Share of adults who are in the class: ${words}`,
  })),
  ...activities.map(([label, words]) => ({
    label,
    description: `Share of adults who are in the class: ${words}`,
  })),
].map((attribute): ImporterAttribute => ({ ...attribute, kind: "rate", values: "timed" }));

const tables = [
  {
    id: "adultObesity",
    name: "Adult Obesity",
    description: "Adults by class of body mass index, by local authority",
    address: `${SERVICE}?Id=104519&TabDimension=2&RowDimension=1&ColDimension=4&SelectedTabs[0]=7&ValueMode=0`,
    test: weights.map(
      ([label, words]) => `WHEN contains(trim(c0), ${quoteLiteral(words)}) THEN ${quoteLiteral(label)}`,
    ),
  },
  {
    id: "MVPA",
    name: "Moderate and vigorous physical activity",
    description: "Adults by minutes of moderate and vigorous physical activity in a week, by local authority",
    address: `${SERVICE}?Id=130498&TabDimension=2&RowDimension=1&ColDimension=4&SelectedTabs[0]=15&ValueMode=0`,
    test: activities.map(
      ([label, words]) => `WHEN trim(c0) = ${quoteLiteral(words)} THEN ${quoteLiteral(label)}`,
    ),
  },
] as const;

/**
 * Weight and activity of adults by Sport England's Active People Survey, published for Public Health England. One row is one
 * class of one local authority, which has no code there, only a name. Values are shares of 1.
 */
export const sportsEngland = defineImporter({
  id: "phe/sports-england",
  className: "uk.org.tombolo.importer.phe.SportsEnglandImporter",
  version: 1,
  title: "Adult weight and activity",
  doc: "Share of adults by class of body mass index or of physical activity, for local authorities of England, which the file knows by name alone. Values are shares of 1.",
  provider: PHE,
  licence: OPEN_GOVERNMENT_LICENCE,
  attribution: "Source: Sport England, Active People Survey.",
  access: "public",
  unitOfRecord: "area",
  datasources: tables.map(
    ({ id, name, description, address, test }): Datasource => ({
      id,
      name,
      description,
      url: address,
      subjectTypes: [],
      attributes,
      valuesOf: [AREAS.localAuthority],
      areas: ["localAuthority"],
      files: [{ address, format: "csv" }],
      rows: async (given) => {
        const years = await periodsOf(given, name);
        // Notes under the table have one field.
        await given.create(
          "figure",
          `SELECT *, CASE ${test.join(" ")} END AS attribute FROM source WHERE row > (${PERIODS}) AND trim(c1) = 'Geography' AND c2 IS NOT NULL`,
        );
        const strange = await given.query(
          "SELECT DISTINCT trim(c0) AS measure FROM figure WHERE attribute IS NULL ORDER BY 1",
        );
        if (strange.length > 0) {
          const names = strange.slice(0, 3).map(({ measure }) => `"${String(measure)}"`);
          given.warn(
            `${countOf(strange.length, "measure is", "measures are")} not known, so the figures were left out: ${names.join(", ")}.`,
          );
        }
        const selects = years.map(
          ([
            column,
            year,
          ]) => `SELECT area.label, attribute, '${year}' AS time, ${numberIn(`c${column}`)} / 100 AS value, row AS position
            FROM figure JOIN subjects area ON area.provider = 'uk.gov.ons' AND area.subject_type = 'localAuthority' AND area.name = trim(c2)
            WHERE attribute IS NOT NULL`,
        );
        return { timed: selects.join(" UNION ALL ") };
      },
    }),
  ),
});

async function periodsOf(tables: Tables, name: string): Promise<[number, string][]> {
  const [row = {}] = await tables.query(`SELECT * FROM source WHERE row = (${PERIODS})`);
  const years = [3, 4, 5].map((column): [number, string] => [
    column,
    String(row[`c${column}`] ?? "")
      .trim()
      .slice(0, 4),
  ]);
  const read = years.filter(([, year]) => /^\d{4}$/.test(year));
  if (read.length > 0) return read;
  throw new UserError(`${name} has no row of periods, so nothing was imported`, {
    hint: "The publisher has changed the layout of the file.",
  });
}
