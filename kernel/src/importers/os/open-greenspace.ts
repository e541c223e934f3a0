import { defineImporter } from "../importer.ts";

/**
 * Green spaces that the public may use in Great Britain, from Ordnance Survey: parks, playing fields, cemeteries, allotments and the like. One row
 * is one site; sites may lie inside others, so areas must not simply be added up.
 */
export const openGreenspace = defineImporter({
  id: "os/open-greenspace",
  version: 1,
  title: "OS Open Greenspace",
  doc: "Public green spaces of Great Britain by their function, such as public park, playing field or allotments. A site may lie inside another one: dissolve before adding areas.",
  provider: { label: "uk.co.ordnancesurvey", name: "Ordnance Survey" },
  licence: "Open Government Licence v3.0",
  attribution: "Contains OS data © Crown copyright and database right.",
  access: "public",
  unitOfRecord: "none",
  covers: ["E92000001", "W92000004", "S92000003"],
  source: {
    address:
      "https://api.os.uk/downloads/v1/products/OpenGreenspace/downloads?area=GB&format=GeoPackage&redirect",
    format: "geo",
    suffix: ".zip",
    entries: [".gpkg"],
    layer: "greenspace_site",
  },
  subjectType: { label: "greenspaceSite", name: "Public green space" },
  attributes: [
    {
      label: "function",
      description: "What the site is for, such as Public Park Or Garden",
      kind: "category",
    },
  ],
  rows: "SELECT id AS label, nullif(trim(distinctive_name_1), '') AS name, geom AS shape, \"function\" FROM source ORDER BY id",
  expect: { subjects: { atLeast: 1, atMost: 1_000_000 } },
});
