import { UserError } from "../../errors.ts";
import { defineImporter, type ImportContext, type SourceFile } from "../importer.ts";

const API = "https://data.police.uk/api/crimes-street/all-crime";

/** What is read of an answer. */
const SHAPE = JSON.stringify({
  id: "VARCHAR",
  persistent_id: "VARCHAR",
  category: "VARCHAR",
  month: "VARCHAR",
  location: { latitude: "VARCHAR", longitude: "VARCHAR", street: { name: "VARCHAR" } },
  outcome_status: { category: "VARCHAR" },
});

const ATTRIBUTES = [
  ["category", "Kind of crime, such as bicycle-theft", "category"],
  ["month", "Month in which it happened, as 2024-03", "month"],
  ["street", "Where it happened, roughly, such as On or near High Street", "location.street.name"],
  ["outcome", "What came of it so far", "outcome_status.category"],
  ["persistentId", "Identifier that stays the same between releases", "nullif(persistent_id, '')"],
] as const;

/**
 * Crimes in the streets of England, Wales and Northern Ireland from the police's open data. One subject is one crime. Places are not
 * exact: each crime is put on the nearest of a list of points, so that counts of very small areas mean little.
 */
export const crimes = defineImporter({
  id: "police/crimes",
  version: 1,
  title: "Crimes in the streets",
  doc: "Crimes that the police recorded, by kind and month, within a mile of a place or inside a polygon. The geography is latitude,longitude (51.5142,-0.0755), or the corners of a polygon parted by colons; the time is one or more months such as 2024-03. Places are moved to points of a list before they are published, and some three years are kept.",
  provider: { label: "uk.police", name: "Police forces of England, Wales and Northern Ireland" },
  licence: "Open Government Licence v3.0",
  attribution: "Contains public sector information from data.police.uk.",
  access: "public",
  unitOfRecord: "event",
  covers: ["E92000001", "W92000004", "N92000002"],
  datasources: [
    {
      id: "crimes",
      name: "Crimes in the streets",
      description: "Crimes by kind, month and rough place.",
      url: "https://data.police.uk/docs/",
      subjectTypes: [{ label: "crime", name: "Recorded crime" }],
      attributes: ATTRIBUTES.map(([label, description]) => ({
        label,
        description,
        kind: "category",
        values: "fixed",
      })),
      example: { geographyScope: ["51.5142,-0.0755"] },
      years: "about the last three",
      files,
      rows: async (tables) => {
        await tables.create(
          "crimes",
          // The reader takes a list apart: a row is one crime.
          `SELECT DISTINCT ON (crime.id) crime.* FROM (SELECT from_json(json, '${SHAPE}') AS crime FROM source)
           WHERE crime.id IS NOT NULL ORDER BY crime.id`,
        );
        const number = (text: string) => `TRY_CAST(location.${text} AS DOUBLE)`;
        return {
          subjects: `SELECT id AS label, concat_ws(', ', category, location.street.name) AS name,
            ST_Point(${number("longitude")}, ${number("latitude")}) AS shape FROM crimes ORDER BY id`,
          fixed: ATTRIBUTES.map(
            ([label, , value]) =>
              `SELECT id AS label, '${label}' AS attribute, ${value} AS value FROM crimes WHERE ${value} IS NOT NULL`,
          ).join(" UNION ALL "),
        };
      },
    },
  ],
});

function files({ geographyScope, temporalScope, localData }: ImportContext): SourceFile[] {
  if (localData.length > 0) return localData.map((path) => ({ address: path, path, format: "json" }));
  const months = temporalScope.length > 0 ? temporalScope : [undefined];
  const wrong = temporalScope.find((month) => !/^\d{4}-\d{2}$/.test(month));
  if (wrong !== undefined) throw new UserError(`"${wrong}" is not a month`, { hint: "Write it as 2024-03." });
  if (geographyScope.length === 0) {
    throw new UserError("Crimes of which place?", {
      hint: "Give a geography: latitude,longitude such as 51.5142,-0.0755, or the corners of a polygon parted by colons.",
    });
  }
  return geographyScope.flatMap((place) =>
    months.map((month) => ({ address: address(place, month), format: "json" as const })),
  );
}

function address(place: string, month: string | undefined): string {
  const corners = place.split(":").map((corner) => {
    const [latitude, longitude, ...rest] = corner.split(",").map((text) => Number(text.trim() || Number.NaN));
    const isPlace =
      latitude !== undefined &&
      longitude !== undefined &&
      rest.length === 0 &&
      Math.abs(latitude) <= 90 &&
      Math.abs(longitude) <= 180;
    if (isPlace) return [latitude, longitude] as const;
    throw new UserError(`"${corner}" is not a place`, {
      where: place,
      hint: "Write latitude,longitude such as 51.5142,-0.0755.",
    });
  });
  const [first] = corners;
  const where =
    corners.length > 1 || !first
      ? `poly=${corners.map((corner) => corner.join(",")).join(":")}`
      : `lat=${first[0]}&lng=${first[1]}`;
  return `${API}?${where}${month === undefined ? "" : `&date=${month}`}`;
}
