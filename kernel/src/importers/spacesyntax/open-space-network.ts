import { quoteIdentifier, quoteLiteral } from "../../engine/quote.ts";
import { UserError } from "../../errors.ts";
import { attributeRows, type Datasource, defineImporter, type ImportContext } from "../importer.ts";
import type { Tables } from "../tables.ts";
import { SPACE_SYNTAX } from "./space-syntax.ts";

const WAY_OUT =
  "Its database was private and is no more. Export the table as GeoJSON and add --local FILE; the datasource is then <schema>.<table>.";

/** Columns that are no measurements. */
const OWN_COLUMNS = new Set(["geom", "id", "time_modified", "OGC_FID"]);

/**
 * Street segments of the Open Space Network by Space Syntax, once tables of a private PostGIS server. One row is one segment. The
 * server cannot be reached, so the tables are read from local GeoJSON files in the national grid or in longitude and latitude.
 */
export const openSpaceNetwork = defineImporter({
  id: "spacesyntax/open-space-network",
  className: "uk.org.tombolo.importer.spacesyntax.OpenSpaceNetworkImporter",
  version: 1,
  title: "Open Space Network",
  doc: `Street segments of the Open Space Network. ${WAY_OUT}`,
  provider: SPACE_SYNTAX,
  licence: "",
  attribution: "© Space Syntax Limited",
  access: "internal",
  unitOfRecord: "none",
  datasources: [],
  unlisted: (id) => {
    const table = /^[\w-]+\.([\w-]+)$/.exec(id)?.[1];
    if (table !== undefined) return networkTable(id, table);
    throw new UserError(`Unknown DatasourceId: ${id}`, { where: id, hint: WAY_OUT });
  },
});

function networkTable(id: string, table: string): Datasource {
  return {
    id,
    name: id,
    description: "",
    url: null,
    subjectTypes: [{ label: "SSxNode", name: "Street segment (node) from an SSx graph" }],
    attributes: [],
    files: ({ localData }: ImportContext) => {
      const [path] = localData;
      if (path === undefined) throw new UserError(`${id} cannot be fetched`, { where: id, hint: WAY_OUT });
      return [{ address: path, path, format: "geo" }];
    },
    rows: (tables) => readSegments(tables, table),
  };
}

async function readSegments(tables: Tables, table: string) {
  const columns = await tables.columns("source");
  const measured = columns.filter((name) => !OWN_COLUMNS.has(name));
  await tables.create(
    "segment",
    `SELECT *, ${quoteLiteral(`${table}:feature-`)} || number AS label FROM (SELECT row_number() OVER () - 1 AS number, * FROM source)`,
  );
  const values = (select: (column: string) => string) =>
    measured
      .map(
        (name) =>
          `SELECT label, ${quoteLiteral(name)} AS attribute, ${select(quoteIdentifier(name))}, number AS position FROM segment`,
      )
      .join(" UNION ALL ");
  return {
    attributes: attributeRows(measured.map((name) => ({ label: name, description: name }))),
    subjects: "SELECT label, label AS name, geom AS shape FROM segment ORDER BY number",
    fixed: values((column) => `${column}::VARCHAR AS value`),
    ...(columns.includes("time_modified") && {
      timed: values(
        (column) => `time_modified::TIMESTAMP AS time, TRY_CAST(${column}::VARCHAR AS DOUBLE) AS value`,
      ),
    }),
  };
}
