import { defineImporter } from "../importer.ts";

const MODES = ["tube", "dlr", "overground", "elizabeth-line", "tram"];
/** What is read of an answer. */
const SHAPE = JSON.stringify({
  stopPoints: [
    {
      naptanId: "VARCHAR",
      commonName: "VARCHAR",
      lat: "DOUBLE",
      lon: "DOUBLE",
      stopType: "VARCHAR",
      modes: ["VARCHAR"],
      lines: [{ id: "VARCHAR", name: "VARCHAR" }],
    },
  ],
});

const API = "https://api.tfl.gov.uk";

/**
 * Stations of London's Underground, Docklands Light Railway, Overground, Elizabeth line and trams from Transport for London's Unified
 * API. One subject is one station; the API lists entrances and platforms as well, which are left out. No key is needed.
 */
export const stopPoints = defineImporter({
  id: "tfl/stop-points",
  version: 1,
  title: "London's stations today",
  doc: "Stations of the Underground, the Docklands Light Railway, the Overground, the Elizabeth line and the trams, with the lines that serve each. A geography names other modes, such as tube or national-rail.",
  provider: { label: "uk.gov.tfl", name: "Transport for London" },
  licence: "Transport for London Open Data Licence (Open Government Licence v2.0 with additions)",
  attribution: "Powered by TfL Open Data. Contains OS data © Crown copyright and database rights.",
  access: "public",
  unitOfRecord: "none",
  covers: ["E12000007"],
  geographyLabels: [...MODES, "national-rail", "river-bus"],
  datasources: [
    {
      id: "stopPoints",
      name: "Stations with the lines that serve them",
      description: "Stations by mode of transport, with number and names of lines.",
      url: `${API}/swagger/ui/index.html`,
      subjectTypes: [{ label: "station", name: "Station in London" }],
      attributes: [
        {
          label: "ServingLineCount",
          description: "Number of lines that serve the station",
          unit: "lines",
          kind: "count",
          values: "fixed",
        },
        {
          label: "lines",
          description: "Names of the lines, parted by commas",
          kind: "category",
          values: "fixed",
        },
        {
          label: "modes",
          description: "Modes of transport, parted by commas",
          kind: "category",
          values: "fixed",
        },
      ],
      files: ({ geographyScope, localData }) => {
        if (localData.length > 0) return localData.map((path) => ({ address: path, path, format: "json" }));
        return (geographyScope.length > 0 ? geographyScope : MODES).map((mode) => ({
          address: `${API}/StopPoint/Mode/${encodeURIComponent(mode)}`,
          format: "json",
        }));
      },
      rows: async (tables) => {
        await tables.create(
          "stops",
          `SELECT DISTINCT ON (stop.naptanId) stop.* FROM (SELECT unnest(from_json(json, '${SHAPE}').stopPoints) AS stop FROM source)
           WHERE stop.stopType LIKE '%Station' ORDER BY stop.naptanId`,
        );
        const names = "list_sort(list_distinct(list_transform(lines, line -> line.name)))";
        const values = [
          ["ServingLineCount", `len(list_distinct(list_transform(lines, line -> line.id)))::VARCHAR`],
          ["lines", `array_to_string(${names}, ', ')`],
          ["modes", "array_to_string(list_sort(modes), ', ')"],
        ] as const;
        return {
          subjects:
            "SELECT naptanId AS label, commonName AS name, ST_Point(lon, lat) AS shape FROM stops ORDER BY naptanId",
          fixed: values
            .map(
              ([attribute, value]) =>
                `SELECT naptanId AS label, '${attribute}' AS attribute, ${value} AS value FROM stops`,
            )
            .join(" UNION ALL "),
        };
      },
    },
  ],
});
