import { quoteLiteral } from "../../engine/quote.ts";
import { numberIn } from "../formats/csv.ts";
import {
  attributeRows,
  type Datasource,
  defineImporter,
  type ImportContext,
  type ImporterAttribute,
} from "../importer.ts";
import type { Tables } from "../tables.ts";
import { CENSUS_2011_HEADINGS, countedIn } from "./census-headings.ts";
import { censusTables } from "./census-tables.ts";
import { AREAS, ONS, OPEN_GOVERNMENT_LICENCE } from "./ons.ts";

const NOMIS = "https://www.nomisweb.co.uk/api/v01/dataset";

/** Nomis's codes for the subject types that it has tables of. */
const geographies = { lsoa: "TYPE298", msoa: "TYPE297", localAuthority: "TYPE463" } as const;
type AreaType = keyof typeof geographies;

/** Columns that say which area and time a row is about. */
const KEYS = new Set(["date", "geography", "geography code", "Rural Urban"]);

/**
 * Quick statistics of the census of 2011 in England and Wales, from Nomis. One row is one area. Which areas are loaded is
 * decided by the subject types that are asked for: `lsoa`, `msoa` and `localAuthority` are there.
 */
export const census = defineImporter({
  id: "ons/census",
  className: "uk.org.tombolo.importer.ons.CensusImporter",
  version: 1,
  title: "Census 2011",
  doc: "The 73 quick statistics tables of the census of 2011 in England and Wales, for lower (lsoa) and middle layer super output areas (msoa) and local authorities (localAuthority): say which with --geography or --subjects; a recipe takes those of its subjects.",
  provider: ONS,
  licence: OPEN_GOVERNMENT_LICENCE,
  attribution: "Source: Office for National Statistics, Census 2011, Nomis. Crown copyright.",
  access: "public",
  unitOfRecord: "area",
  datasources: censusTables.map(
    ({ id, nomis, description }): Datasource => ({
      id,
      name: description,
      description,
      url: `https://www.nomisweb.co.uk/census/2011/${id}`,
      subjectTypes: [],
      attributes: attributesOf(id),
      fileDecides: true,
      valuesOf: [AREAS.lsoa, AREAS.msoa, AREAS.localAuthority],
      areas: ({ subjectTypes, geographyScope }) =>
        ["ward", "lsoa", "msoa", "localAuthority", "englandBoundaries"].filter((type) =>
          [...subjectTypes, ...geographyScope].includes(type),
        ),
      bySubjectTypes: true,
      example: { subjectTypes: ["localAuthority"] },
      files: (context) =>
        wantedTypes(context).map((type) => ({
          address: `${NOMIS}/${nomis}.bulk.csv?time=latest&measures=20100&rural_urban=total&geography=${geographies[type]}`,
          format: "csv",
          table: `census_${type}`,
        })),
      rows: (tables, context) => readRows(id, tables, context),
    }),
  ),
});

/** A recipe's subjects say which areas are loaded; by hand they can be named as the geography as well. */
function wantedTypes({ subjectTypes, geographyScope }: ImportContext): AreaType[] {
  const named = [...subjectTypes, ...geographyScope];
  return (["lsoa", "msoa", "localAuthority"] as const).filter((type) => named.includes(type));
}

async function readRows(table: string, tables: Tables, context: ImportContext) {
  const types = wantedTypes(context);
  const known: readonly string[] = types;
  for (const type of [...context.subjectTypes, ...context.geographyScope].filter(
    (each) => !known.includes(each),
  ))
    tables.warn(`The census has no table for ${type}.`);
  if (types.length === 0) {
    tables.warn("Nothing is loaded: say for which areas with --geography lsoa, msoa or localAuthority.");
    return {};
  }
  const attributes = new Map<string, ImporterAttribute>();
  const selects: string[] = [];
  for (const type of types) {
    const headings = await tables.headings(["geography code"], `census_${type}`);
    const code = headings.indexOf("geography code");
    for (const [column, heading] of headings.entries()) {
      if (KEYS.has(heading) || heading === "") continue;
      const label = labelOf(heading);
      attributes.set(label, attributeOf(table, label, heading));
      selects.push(`SELECT c${code} AS label, ${quoteLiteral(type)} AS subject_type, ${quoteLiteral(label)} AS attribute,
        '2011' AS time, ${numberIn(`c${column}`)} AS value FROM census_${type} WHERE row > 0`);
    }
  }
  return { attributes: attributeRows([...attributes.values()]), timed: selects.join(" UNION ALL ") };
}

/** What a table is known to have. */
function attributesOf(table: string): ImporterAttribute[] {
  const headings = CENSUS_2011_HEADINGS.get(table) ?? [];
  return headings.map((heading) => attributeOf(table, labelOf(heading), `${heading}; measures: Value`));
}

/** The beginning of a heading, up to the first semicolon: so recipes name it. */
function labelOf(heading: string): string {
  return heading.split(";")[0]?.trim() ?? heading;
}

function attributeOf(table: string, label: string, description: string): ImporterAttribute {
  return { label, description, values: "timed", ...measureOf(table, label) };
}

/** Nearly everything is a count; densities, distances and measured areas are not. */
function measureOf(table: string, label: string): Pick<ImporterAttribute, "unit" | "kind"> {
  if (/density \(/i.test(label)) return { kind: "rate", unit: "per hectare" };
  if (/average distance/i.test(label)) return { kind: "mean", unit: "km" };
  if (/total distance/i.test(label)) return { kind: "amount", unit: "km" };
  if (/average|mean|median/i.test(label)) return { kind: "mean" };
  if (/area hectares/i.test(label)) return { kind: "amount", unit: "ha" };
  if (/cars or vans in the area/i.test(label)) return { kind: "count", unit: "cars or vans" };
  if (/dependent children$/.test(label) && table === "qs118ew") return { kind: "count", unit: "children" };
  return { kind: "count", unit: countedIn(table) };
}
