import { PORTAL_ATTRIBUTION, portalQuery } from "../boundaries/feature-service.ts";
import { defineImporter } from "../importer.ts";

const FIELDS = ["LSOA11CD", "LSOA11NM", "LSOA21CD", "LSOA21NM", "CHGIND", "LAD22CD", "LAD22NM"];

const ATTRIBUTES = [
  ["lsoa2011", "Code of 2011", "LSOA11CD"],
  ["lsoa2021", "Code of 2021", "LSOA21CD"],
  ["change", "U unchanged, S split, M merged, X changed so that years cannot be compared", "CHGIND"],
  ["localAuthority", "Code of the local authority of 2022", "LAD22CD"],
  ["localAuthorityName", "Name of the local authority of 2022", "LAD22NM"],
] as const;

/**
 * How the lower layer super output areas of 2011 became those of 2021, from the Office for National Statistics. One row is one pair of codes:
 * a split area has a row for each part, merged areas have a row each. Areas with X were redrawn; leaving them out drops people.
 */
export const lsoaChange = defineImporter({
  id: "lookups/lsoa-change",
  version: 1,
  title: "Neighbourhoods of 2011 and 2021",
  doc: "Which lower layer super output areas of 2011 became which of 2021: U unchanged, S split, M merged, X redrawn so that figures of the two years cannot be compared. All four must be dealt with when data of 2011 are carried to 2021.",
  provider: { label: "uk.gov.ons", name: "Office for National Statistics" },
  licence: "Open Government Licence v3.0",
  attribution: PORTAL_ATTRIBUTION,
  access: "public",
  unitOfRecord: "area",
  covers: ["E92000001", "W92000004"],
  source: {
    address: portalQuery("LSOA11_LSOA21_LAD22_EW_LU_v5", FIELDS, false),
    format: "json",
    pages: "arcgis",
  },
  subjectType: { label: "lsoaChange", name: "Change of a lower layer super output area from 2011 to 2021" },
  attributes: ATTRIBUTES.map(([label, description]) => ({ label, description, kind: "category" })),
  rows: `SELECT LSOA11CD || '>' || LSOA21CD AS label, LSOA11NM || ' > ' || LSOA21NM AS name, NULL::GEOMETRY('OGC:CRS84') AS shape,
      ${ATTRIBUTES.map(([label, , value]) => `${value} AS "${label}"`).join(", ")}
    FROM (SELECT unnest(from_json(json, '{"features": [{"attributes": {${FIELDS.map((field) => `"${field}": "VARCHAR"`).join(", ")}}}]}').features).attributes AS a FROM source) t, (SELECT UNNEST(a)) ORDER BY label`,
  expect: { subjects: { atLeast: 30_000, atMost: 40_000 } },
});
