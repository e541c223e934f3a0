import { PORTAL_ATTRIBUTION, portalQuery } from "../boundaries/feature-service.ts";
import { defineImporter } from "../importer.ts";

const FIELDS = ["LSOA21CD", "LSOA21NM", "WD24CD", "WD24NM", "LAD24CD", "LAD24NM"];

const ATTRIBUTES = [
  ["msoaName", "Name of the middle layer super output area", "regexp_replace(LSOA21NM, '[A-Z]$', '')"],
  ["ward", "Code of the ward of 2024 (best fit)", "WD24CD"],
  ["wardName", "Name of the ward of 2024 (best fit)", "WD24NM"],
  ["localAuthority", "Code of the local authority of 2024", "LAD24CD"],
  ["localAuthorityName", "Name of the local authority of 2024", "LAD24NM"],
] as const;

/**
 * Which ward and local authority each lower layer super output area of 2021 belongs to, from the Office for National
 * Statistics. One row is one area. Wards do not fit exactly: each area goes to the ward that holds most of its people.
 */
export const lsoa2021 = defineImporter({
  id: "lookups/lsoa2021",
  version: 1,
  title: "Lookup of neighbourhoods, wards and local authorities",
  doc: "The ward (best fit), the middle layer area and the local authority of each lower layer super output area of 2021 in England and Wales. With it, areas are found in areas by their codes.",
  provider: { label: "uk.gov.ons", name: "Office for National Statistics" },
  licence: "Open Government Licence v3.0",
  attribution: PORTAL_ATTRIBUTION,
  access: "public",
  unitOfRecord: "area",
  covers: ["E92000001", "W92000004"],
  source: { address: portalQuery("LSOA21_WD24_LAD24_EW_LU", FIELDS, false), format: "json", pages: "arcgis" },
  subjectType: {
    label: "lsoa2021Lookup",
    name: "Lookup of a lower layer super output area",
    vintage: "2021",
  },
  attributes: ATTRIBUTES.map(([label, description]) => ({ label, description, kind: "category" })),
  rows: `SELECT LSOA21CD AS label, LSOA21NM AS name, NULL::GEOMETRY('OGC:CRS84') AS shape,
      ${ATTRIBUTES.map(([label, , value]) => `${value} AS "${label}"`).join(", ")}
    FROM (SELECT unnest(from_json(json, '{"features": [{"attributes": {${FIELDS.map((field) => `"${field}": "VARCHAR"`).join(", ")}}}]}').features).attributes AS a FROM source) t, (SELECT UNNEST(a)) ORDER BY label`,
  expect: { subjects: { atLeast: 30_000, atMost: 40_000 } },
});
