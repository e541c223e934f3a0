import { quoteLiteral } from "../../engine/quote.ts";
import { fromBritishGrid } from "../coordinate-system.ts";
import { plainNumber } from "../formats/csv.ts";
import { defineImporter, type ImporterAttribute } from "../importer.ts";
import { SPACE_SYNTAX } from "./space-syntax.ts";

const address =
  "https://github.com/FutureCitiesCatapult/TomboloOpenData/raw/master/ssx_openmapping_gb_v1_greaterlondon.zip";

type Measure = Pick<ImporterAttribute, "unit" | "kind">;

const INDEX: Measure = { kind: "index" };

/** What the names of the columns say, where they say something, and what its numbers are; names and codes unless told otherwise. */
const words: readonly (readonly [RegExp, string, Measure?])[] = [
  [/^metres$/, "Length of the segment in metres", { unit: "m", kind: "amount" }],
  [
    /^choice(\d+)km(rank|log)?$/,
    "How often the segment lies on the shortest ways between others within a radius",
    INDEX,
  ],
  [/^integration(\d+)km(rank)?$/, "How near the segment is to all others within a radius", INDEX],
  [/^nodecount(\d+)km$/, "Number of segments within a radius", { unit: "segments", kind: "count" }],
  [/^meridian_/, "From the meridian road network"],
  [/^id$/, "Number of the segment"],
  [/^(oa|wz|lsoa|msoa|lad)11(cd|nm)$/, "Area of 2011 in which the segment lies: code or name"],
  [/^wkt$/, "Shape in the national grid, as text"],
];

const columns = [
  ..."id metres meridian_id meridian_gid meridian_code meridian_osodr meridian_number meridian_road_name".split(
    " ",
  ),
  ..."meridian_indicator meridian_class choice2km choice2kmrank choice2kmlog nodecount2km integration2km".split(
    " ",
  ),
  ..."integration2kmrank choice10km choice10kmrank choice10kmlog nodecount10km integration10km".split(" "),
  ..."integration10kmrank choice100km choice100kmlog nodecount100km integration100km oa11cd wz11cd".split(
    " ",
  ),
  ..."lsoa11cd lsoa11nm msoa11cd msoa11nm lad11cd lad11nm meridian_class_scale wkt".split(" "),
];

const SHAPE = columns.indexOf("wkt");

/**
 * Street segments of Greater London with measures of how central they are, by Space Syntax. One row is one segment. Each cell
 * that is a number becomes a timed value, each other cell a fixed one.
 */
export const openMapping = defineImporter({
  id: "spacesyntax/open-mapping",
  className: "uk.org.tombolo.importer.spacesyntax.OpenMappingImporter",
  version: 1,
  title: "Space Syntax OpenMapping",
  doc: "Street segments of Greater London with their choice, integration and node count within 2, 10 and 100 km. Each number is a timed value of 2018, each other cell a fixed value.",
  provider: SPACE_SYNTAX,
  licence: "Creative Commons Attribution-ShareAlike 4.0",
  attribution: "© Space Syntax Limited, OpenMapping. Contains OS data © Crown copyright and database right.",
  access: "public",
  unitOfRecord: "none",
  datasources: [
    {
      id: "SpaceSyntaxOpenMapping",
      name: "Space Syntax Open Mapping",
      description: "Space Syntax OpenMapping of Greater London",
      url: address,
      subjectTypes: [{ label: "space_syntax", name: "space syntax" }],
      attributes: columns.map((label): ImporterAttribute => {
        const [, meaning, measure] = words.find(([pattern]) => pattern.test(label)) ?? [];
        const description = meaning === undefined ? label : `${label}: ${meaning}`;
        return { label, description, kind: "category", ...measure, values: "timed" };
      }),
      files: [
        { address, format: "csv", suffix: ".zip", entries: ["ssx_openmapping_gb_v1_greaterlondon.csv"] },
      ],
      rows: async (tables) => {
        await tables.expectHeadings([
          [0, "id"],
          [SHAPE, "wkt"],
        ]);
        await tables.create(
          "segment",
          "SELECT *, 'com.spacesyntax_' || trim(c0) AS label FROM source WHERE row > 0 AND trim(c0) <> ''",
        );
        const cells = columns.map(
          (column, index) =>
            `SELECT label, ${quoteLiteral(column)} AS attribute, coalesce(c${index}, '') AS value, row AS position FROM segment`,
        );
        await tables.create("cell", cells.join(" UNION ALL "));
        return {
          subjects: `SELECT label, trim(c0) AS name, ${fromBritishGrid(`TRY(ST_GeomFromText(c${SHAPE}))`)} AS shape FROM segment ORDER BY row`,
          fixed: `SELECT label, attribute, value, position FROM cell WHERE ${plainNumber("value")} IS NULL`,
          timed: `SELECT label, attribute, '2018' AS time, ${plainNumber("value")} AS value, position FROM cell WHERE ${plainNumber("value")} IS NOT NULL`,
        };
      },
      repeatedSubjects: true,
      expect: { subjects: { atLeast: 1, atMost: 10_000_000 } },
    },
  ],
});
