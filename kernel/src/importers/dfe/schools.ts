import { defineImporter, type ImporterAttribute } from "../importer.ts";
import { OPEN_GOVERNMENT_LICENCE } from "../ons/ons.ts";

const headings = [
  "URN",
  "Local authority (code)",
  "Local authority (name)",
  "Establishment number",
  "Establishment name",
  "Street",
  "Locality",
  "Address3",
  "Town",
  "County",
  "Postcode",
  "Type of establishment",
  "Statutory highest age",
  "Statutory lowest age",
  "Boarders",
  "Sixth form",
  "UKPRN",
  "Phase of education",
  "Gender",
  "Religious character",
  "Religious ethos",
  "Admissions policy",
  "Website address",
  "Telephone number",
  "Headteacher",
  "Establishment status",
  "Reason establishment opened",
  "Opening date",
  "Parliamentary Constituency (code)",
  "Parliamentary Constituency (name)",
  "Region",
];

/**
 * Open schools of England by the Department for Education (EduBase, April 2017). One row is one school. The points are the
 * middles of the outward part of the postcode, so schools of one district lie on one another.
 */
export const schools = defineImporter({
  id: "dfe/schools",
  className: "uk.org.tombolo.importer.dfe.SchoolsImporter",
  version: 1,
  title: "Schools in England",
  doc: "Open schools of England in April 2017 with their register entries. The points are the middles of postcode districts (the part before the blank), so schools of one district lie on one another.",
  provider: { label: "uk.gov.education", name: "Department for Education" },
  licence: OPEN_GOVERNMENT_LICENCE,
  attribution:
    "Source: Department for Education, EduBase. Crown copyright. Postcode districts: freemaptools.com.",
  access: "public",
  unitOfRecord: "organisation",
  datasources: [
    {
      id: "schools",
      name: "Schools in England",
      description: "Schools in England",
      url: "https://www.gov.uk/government/publications/schools-in-england/",
      subjectTypes: [{ label: "dfeSchools", name: "DfE schools UK" }],
      attributes: headings.map(
        (heading): ImporterAttribute => ({
          label: heading,
          description: heading,
          kind: "category",
          values: "fixed",
        }),
      ),
      files: [
        {
          address:
            "https://www.gov.uk/government/uploads/system/uploads/attachment_data/file/597965/EduBase_Schools_April_2017.xlsx",
          format: "spreadsheet",
          suffix: ".xlsx",
          sheets: [0],
        },
        {
          address: "https://www.freemaptools.com/download/outcode-postcodes/postcode-outcodes.csv",
          format: "csv",
          table: "outcodes",
        },
      ],
      rows: async (tables) => {
        // Styled rows without a number follow the schools.
        await tables.create(
          "school",
          `SELECT row, 'uk.gov.education_schools_' || urn::VARCHAR AS label
            FROM (SELECT row, coalesce(number, TRY_CAST(text AS DOUBLE)) AS urn FROM source_cells WHERE col = 0 AND row > 0) WHERE urn IS NOT NULL`,
        );
        const heading = "SELECT col, trim(text) AS attribute FROM source_cells WHERE row = 0";
        return {
          subjects: `SELECT label, name.text AS name,
              coalesce(ST_Point(outcode.c3::DOUBLE, outcode.c2::DOUBLE), ST_GeomFromText('POINT EMPTY')) AS shape
            FROM school
            LEFT JOIN source_cells name ON name.row = school.row AND name.col = 4
            LEFT JOIN source_cells postcode ON postcode.row = school.row AND postcode.col = 10
            LEFT JOIN outcodes outcode ON outcode.c1 = split_part(trim(postcode.text), ' ', 1)
            ORDER BY school.row`,
          attributes: `SELECT attribute AS label, attribute AS description, 'category' AS kind FROM (${heading}) ORDER BY col`,
          fixed: `SELECT label, attribute, coalesce(trim(cell.text), '') AS value, school.row * 100 + heading.col AS position
            FROM school CROSS JOIN (${heading}) heading
            LEFT JOIN source_cells cell ON cell.row = school.row AND cell.col = heading.col`,
        };
      },
    },
  ],
});
