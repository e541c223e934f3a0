import { defineImporter } from "../importer.ts";

/**
 * Boundaries of the 32 London boroughs and the City of London, from the Greater London Authority's statistical boundary
 * files of 2015, without the tidal Thames. One row is one borough. The npm package `vega-datasets` carries them, simplified
 * to some 60 points a borough, as TopoJSON; they have no codes, so the name is the label.
 */
export const boroughs = defineImporter({
  id: "london/boroughs",
  version: 1,
  title: "London boroughs",
  doc: "Boundaries of the 32 London boroughs and the City of London in 2015, simplified, without the tidal Thames.",
  provider: { label: "uk.gov.london", name: "Greater London Authority" },
  licence: "Open Government Licence v3.0",
  attribution:
    "Contains National Statistics data © Crown copyright and database right (2015). Contains Ordnance Survey data © Crown copyright and database right (2015).",
  access: "public",
  unitOfRecord: "area",
  source: {
    address: "https://data.london.gov.uk/dataset/statistical-gis-boundary-files-london",
    package: { name: "vega-datasets", path: "data/londonBoroughs.json" },
    format: "geo",
  },
  subjectType: { label: "borough", name: "London borough" },
  attributes: [],
  rows: "SELECT id AS label, id AS name, geom AS shape FROM source ORDER BY id",
  expect: { subjects: { atLeast: 33, atMost: 33 } },
});
