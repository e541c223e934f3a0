import { quoteIdentifier } from "../../engine/quote.ts";
import { UserError } from "../../errors.ts";
import { type Datasource, defineImporter } from "../importer.ts";
import type { Tables } from "../tables.ts";
import { ONS, OPEN_GOVERNMENT_LICENCE } from "./ons.ts";

const FOLDER = "https://raw.githubusercontent.com/FutureCitiesCatapult/TomboloOpenData/master";

const areas = [
  [
    "ward",
    "Ward",
    "Ward Boundaries",
    "Wards_December_2017_Super_Generalised_Clipped_Boundaries_in_Great_Britain",
    "2017",
  ],
  ["lsoa", "LSOA", "Lower Layer Super Output Areas", "UK_2011_Census_Boundaries__LSOA", "2011"],
  ["msoa", "MSOA", "Middle Layer Super Output Areas", "UK_2011_Census_Boundaries__MSOA", "2011"],
  [
    "localAuthority",
    "Local Authority",
    "Local Authority",
    "UK_2011_Census_Boundaries__Local_Authority",
    "2014",
  ],
  [
    "englandBoundaries",
    "England Boundaries",
    "England Boundaries",
    "Regions_December_2016_Ultra_Generalised_Clipped_Boundaries_in_England",
    "2016",
  ],
] as const;

/**
 * Boundaries of statistical areas by the Office for National Statistics, as the 2019 system kept them in a repository. One
 * row is one area; its label is the official code. Codes change with each census: never join these to data of 2021 areas.
 */
export const oa = defineImporter({
  id: "ons/oa",
  className: "uk.org.tombolo.importer.ons.OaImporter",
  version: 1,
  title: "Areas of the Office for National Statistics",
  doc: "Boundaries of wards (2017), lower and middle layer super output areas (2011), local authorities (2014) and English regions (2016), by their official codes.",
  provider: ONS,
  licence: OPEN_GOVERNMENT_LICENCE,
  attribution:
    "Contains National Statistics data © Crown copyright and database right. Contains OS data © Crown copyright and database right.",
  access: "public",
  unitOfRecord: "area",
  datasources: areas.map(
    ([id, name, description, file, vintage]): Datasource => ({
      id,
      name,
      description,
      url: null,
      subjectTypes: [{ label: id, name: description, vintage }],
      attributes: [],
      files: [{ address: `${FOLDER}/${file}.geojson`, format: "geo", suffix: ".json" }],
      rows: async (tables) => ({
        subjects: `SELECT ${await columnEnding(tables, "CD")}::VARCHAR AS label, ${await columnEnding(tables, "NM")}::VARCHAR AS name,
          geom AS shape FROM source ORDER BY OGC_FID`,
      }),
      expect: { subjects: { atLeast: 1, atMost: 60_000 } },
    }),
  ),
});

/** The names of code and name columns begin with the kind of area and the year: `lsoa11cd`, `LAD24NM`. */
async function columnEnding(tables: Tables, end: string): Promise<string> {
  const columns = await tables.columns("source");
  const found = columns.find((name) => name.toUpperCase().endsWith(end));
  if (found !== undefined) return quoteIdentifier(found);
  throw new UserError(`The boundaries have no column whose name ends in ${end}, so nothing was imported`, {
    hint: `They have ${columns.join(", ")}.`,
  });
}
