import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../errors.ts";
import { trimmed } from "../grid.ts";
import { defineImporter } from "../importer.ts";
import { readProperties } from "../properties.ts";

const address = "https://data.tfl.gov.uk/tfl/syndication/feeds/stations-facilities.xml";

/** Keys that Transport for London gives to those who register, and the variables of the environment that may have them. */
const keys = [
  ["apiIdTfl", "TOMBOLO_API_ID_TFL"],
  ["apiKeyTfl", "TOMBOLO_API_KEY_TFL"],
] as const;

/**
 * Stations of Transport for London from its feed of station facilities. One row is one station; the measurement is how many
 * lines serve it. The feed asks for a key, which appears in no name of a file and no message.
 */
export const stations = defineImporter({
  id: "tfl/stations",
  className: "uk.org.tombolo.importer.tfl.TfLStationsImporter",
  version: 1,
  title: "London stations",
  doc: "Stations of Transport for London as points, with the number of lines that serve them. The feed needs keys: put apiIdTfl and apiKeyTfl into apikeys.properties, or TOMBOLO_API_ID_TFL and TOMBOLO_API_KEY_TFL into the environment.",
  provider: { label: "uk.gov.tfl", name: "Transport for London" },
  licence: "Transport for London's terms for open data",
  attribution: "Powered by TfL Open Data.",
  access: "public",
  unitOfRecord: "none",
  datasources: [
    {
      id: "StationList",
      name: "TfL Stations",
      description: "List of TfL Stations",
      url: "https://data.tfl.gov.uk/",
      subjectTypes: [{ label: "TfLStation", name: "Transport for London Station" }],
      attributes: [
        {
          label: "ServingLineCount",
          description: "The number of lines serving the station",
          unit: "lines",
          kind: "count",
          values: "timed",
        },
      ],
      files: ({ folder }) => [
        {
          address,
          format: "xml",
          secret: () => query(folder),
          keptAs: [`${address}?app_id=tflAppIdTest&app_key=tflAppKeyTest`, ...recorded(folder)],
        },
      ],
      rows: async (tables) => {
        await tables.create(
          "station",
          `SELECT row_number() OVER () AS number, station, concat('tfl:station:', station->>'$."@type"', ':', station->>'$."@id"') AS label
            FROM (SELECT unnest(json_extract(json, '$..station[*]')) AS station FROM source)`,
        );
        // The feed lists a station once for each of its entrances or operators; they are one subject.
        await tables.create(
          "place",
          "SELECT * FROM station QUALIFY row_number() OVER (PARTITION BY label ORDER BY number DESC) = 1",
        );
        const text = (path: string) => `station->>'$.Placemark[0].${path}[0]."#text"'`;
        const part = (index: number) =>
          `TRY_CAST(trim(split_part(${text("Point[0].coordinates")}, ',', ${index})) AS DOUBLE)`;
        return {
          subjects: `SELECT label, ${trimmed(text("name"))} AS name, ST_Point(${part(1)}, ${part(2)}) AS shape FROM place ORDER BY number`,
          timed: `SELECT label, 'ServingLineCount' AS attribute,
              (SELECT replace(left(json->>'$.Root[0].Header[0].PublishDateTime[0]."@canonical"', 19), ' ', 'T') FROM source) AS time,
              coalesce(json_array_length(station, '$.servingLines[0].servingLine'), 0) AS value FROM place ORDER BY number`,
        };
      },
      expect: { subjects: { atLeast: 1, atMost: 100_000 } },
    },
  ],
});

function query(folder: string): string {
  const [id = "", key = ""] = keys.map(([name, variable]) => {
    const value = process.env[variable] ?? properties(folder)[name];
    if (value) return encodeURIComponent(value);
    throw new UserError(`Property ${name} not defined`, {
      where: name,
      hint: `Put it into apikeys.properties, or ${variable} into the environment.`,
    });
  });
  return `?app_id=${id}&app_key=${key}`;
}

/** Earlier versions made the key part of the name in the cache. */
function recorded(folder: string): string[] {
  const [id, key] = keys.map(([name, variable]) => process.env[variable] ?? properties(folder)[name]);
  return id && key ? [`${address}?app_id=${id}&app_key=${key}`] : [];
}

function properties(folder: string): Readonly<Record<string, string>> {
  const path = join(folder, "apikeys.properties");
  return existsSync(path) ? readProperties(readFileSync(path, "utf8")) : {};
}
