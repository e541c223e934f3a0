import { type Datasource, defineImporter } from "../importer.ts";
import { OPEN_GOVERNMENT_LICENCE } from "../ons/ons.ts";

const QUERY = "https://data.gov.uk/data/api/service/health/sql?query=SELECT%20*%20FROM%20";

const kinds = [
  ["hospital", "Hospital", "List of Hospitals in England", "hospitals"],
  ["clinic", "Clinic", "List of Clinics in England", "clinics"],
  ["gpSurgeries", "GP Surgeries", "List of GP Surgeries in England", "gp_surgeries"],
] as const;

/**
 * Hospitals, clinics and doctors' surgeries of England by NHS Choices. One row is one organisation. A few have no coordinates
 * and so no shape.
 */
export const organisations = defineImporter({
  id: "nhs/organisations",
  className: "uk.org.tombolo.importer.nhschoices.HealthOrganisationImporter",
  version: 1,
  title: "Health organisations",
  doc: "Hospitals, clinics and doctors' surgeries of England as points. A few have no coordinates and so no shape.",
  provider: { label: "uk.nhs", name: "NHS Choices" },
  licence: OPEN_GOVERNMENT_LICENCE,
  attribution: "Source: NHS Choices, by way of data.gov.uk.",
  access: "public",
  unitOfRecord: "organisation",
  datasources: kinds.map(([id, name, description, table]): Datasource => {
    const address = `${QUERY}${table}%3B`;
    const number = (key: string) => `TRY_CAST(nullif(trim(entry->>'${key}'), '') AS DOUBLE)`;
    return {
      id,
      name,
      description,
      url: address,
      subjectTypes: [{ label: id, name: description }],
      attributes: [],
      ...(id === "gpSurgeries" && {
        notice: "The publisher's list of GP surgeries is known to have wrong entries.",
      }),
      files: [{ address, format: "json" }],
      rows: async (tables) => {
        await tables.create(
          "organisation",
          "SELECT row_number() OVER () AS number, entry FROM (SELECT unnest(json_extract(json, '$.result[*]')) AS entry FROM source)",
        );
        return {
          subjects: `SELECT entry->>'organisation_id' AS label, entry->>'organisation_name' AS name,
              ST_Point(${number("longitude")}, ${number("latitude")}) AS shape
            FROM organisation WHERE entry->>'organisation_id' IS NOT NULL ORDER BY number`,
        };
      },
      repeatedSubjects: true,
      expect: { subjects: { atLeast: 1, atMost: 1_000_000 } },
    };
  }),
});
