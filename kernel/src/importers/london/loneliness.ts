import { UserError } from "../../errors.ts";
import { didYouMean } from "../../nearest.ts";
import { grid } from "../grid.ts";
import { defineImporter, type ImportContext } from "../importer.ts";
import { AREAS, OPEN_GOVERNMENT_LICENCE } from "../ons/ons.ts";
import { valueTable } from "../tables.ts";
import { LONDON_DATASTORE } from "./london.ts";

const address =
  "https://files.datapress.com/london/dataset/probability-of-loneliness-for-those-aged-65-and-over/2015-12-01T14:12:11/london-loneliness-MSOA-LSOA.xlsx";

/** Sheet and columns by subject type; lower layer areas have no prevalence. */
const sheets: Readonly<Record<string, { readonly sheet: number; readonly columns: readonly string[] }>> = {
  localAuthority: { sheet: 1, columns: ["logOdds", "prevalence", "rankInLondon", "rankInEngland"] },
  msoa: { sheet: 2, columns: ["logOdds", "prevalence", "rankInLondon", "rankInEngland", "londonDecile"] },
  lsoa: { sheet: 3, columns: ["logOdds", "rankInLondon", "rankInEngland", "londonDecile"] },
};

const FIRST_COLUMN = 2;

/**
 * Probability of loneliness of people of 65 and over in London by Age UK, published by the London Datastore. One row of a sheet
 * is one area; `--geography` chooses sheets. In the decile 1 is the most lonely.
 */
export const loneliness = defineImporter({
  id: "london/loneliness",
  className: "uk.org.tombolo.importer.londondatastore.LondonLonelinessImporter",
  version: 1,
  title: "Loneliness of older people in London",
  doc: "Probability of loneliness for those aged 65 and over, for local authorities, msoa or lsoa of London: choose with --geography. In ranks and deciles 1 is the most lonely.",
  provider: LONDON_DATASTORE,
  licence: OPEN_GOVERNMENT_LICENCE,
  attribution: "Source: Age UK, by way of the London Datastore.",
  access: "public",
  unitOfRecord: "area",
  geographyLabels: Object.keys(sheets),
  datasources: [
    {
      id: "lonelinessPrevalence",
      name: "Prevalence of Loneliness",
      description: "Probability of loneliness for those aged 65 and over in London",
      url: address,
      subjectTypes: [],
      attributes: [
        {
          label: "logOdds",
          description: "Logarithm of the odds of loneliness",
          kind: "index",
          values: "timed",
        },
        {
          label: "prevalence",
          description: "Prevalence of loneliness",
          unit: "%",
          kind: "rate",
          values: "timed",
        },
        {
          label: "rankInLondon",
          description: "Rank in London, where 1 is the most lonely",
          kind: "index",
          values: "timed",
        },
        {
          label: "rankInEngland",
          description: "Rank in England, where 1 is the most lonely",
          kind: "index",
          values: "timed",
        },
        {
          label: "londonDecile",
          description: "Decile in London, where 1 is the most lonely",
          kind: "percentile",
          values: "timed",
        },
      ],
      valuesOf: [AREAS.localAuthority, AREAS.msoa, AREAS.lsoa],
      areas: ["localAuthority", "msoa", "lsoa"],
      files: (context) => {
        scopeOf(context);
        return [{ address, format: "spreadsheet", suffix: ".xlsx", sheets: [1, 2, 3] }];
      },
      rows: (tables, context) => {
        if (context.geographyScope.length === 0)
          tables.warn(
            "No geography was named, so the figures are for local authorities; msoa and lsoa are there too.",
          );
        const wanted = scopeOf(context).flatMap(({ type, sheet, columns }) =>
          columns.map((attribute, index) => [sheet, type, FIRST_COLUMN + index, attribute] as const),
        );
        const names = ["wanted_sheet", "subject_type", "wanted_col", "attribute"];
        // A text ends its row: what follows it belongs to it.
        return {
          timed: `SELECT code AS label, subject_type, attribute, 'Jun-15' AS time, number AS value, position
            FROM ${grid({ code: 0 })} JOIN ${valueTable("wanted", names, wanted)} ON wanted_sheet = sheet AND wanted_col = col
            QUALIFY coalesce(col < min(CASE WHEN number IS NULL THEN col END) OVER (PARTITION BY sheet, row), true)`,
        };
      },
    },
  ],
});

function scopeOf({ geographyScope }: ImportContext) {
  const scope = geographyScope.length === 0 ? ["localAuthority"] : geographyScope;
  return [...new Set(scope)].map((type) => {
    const found = Object.hasOwn(sheets, type) ? sheets[type] : undefined;
    if (found) return { type, ...found };
    throw new UserError(`Unknown Geography Scope: ${type}`, {
      where: type,
      hint: didYouMean(type, Object.keys(sheets)),
    });
  });
}
