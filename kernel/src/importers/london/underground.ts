import { defineImporter } from "../importer.ts";

/**
 * Track of London's Underground, Overground and Docklands Light Railway on 4 February 2018, drawn from OpenStreetMap by
 * Oliver O'Brien. One row is one section of track between two junctions or stations. Lines that share a track have a
 * section each there, so lengths count the track once for each line.
 */
export const underground = defineImporter({
  id: "london/underground",
  version: 1,
  title: "London Underground lines",
  doc: "Sections of track of the Underground, the Overground and the Docklands Light Railway in 2018. Lines that share a track have a section each.",
  provider: { label: "org.openstreetmap", name: "OpenStreetMap" },
  licence: "Open Data Commons Open Database License (ODbL)",
  attribution: "© OpenStreetMap contributors, lines prepared by Oliver O'Brien.",
  access: "public",
  unitOfRecord: "none",
  source: {
    address: "https://github.com/oobrien/vis/blob/master/tubecreature/data/tfl_lines.json",
    package: { name: "vega-datasets", path: "data/londonTubeLines.json" },
    format: "geo",
  },
  subjectType: { label: "underground-line", name: "Section of an Underground line" },
  attributes: [{ label: "line", description: "Name of the line", kind: "category" }],
  rows: `SELECT id || '/' || row_number() OVER (PARTITION BY id ORDER BY OGC_FID) AS label,
                id AS name, geom AS shape, id AS line
         FROM source ORDER BY OGC_FID`,
  expect: { subjects: { atLeast: 394, atMost: 394 } },
});
