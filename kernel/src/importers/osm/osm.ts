import { type Datasource, defineImporter, type Rows } from "../importer.ts";
import type { Tables } from "../tables.ts";
import { OSM_CATEGORIES, type OsmCategory } from "./categories.ts";
import { GEOFABRIK_AREAS, osmExtract } from "./geofabrik.ts";
import { buildOsmShapes } from "./shapes.ts";
import { anyTag, filterKeys, parseTagFilter, type TagFilter } from "./tag-filter.ts";

const provider = { label: "org.openstreetmap", name: "Open Street Map" };

/** All ways of an extract below this size fit well into the memory of an import. */
const SMALL_BYTES = 32e6;

/**
 * OpenStreetMap, from the extracts that Geofabrik makes each day, or from a file of one's own. One subject is one node, way or
 * relation. What is not mapped is not there: missing benches are often missing volunteers.
 */
export const osm = defineImporter({
  id: "osm/osm",
  className: "uk.org.tombolo.importer.osm.OSMImporter",
  version: 2,
  title: "OpenStreetMap",
  doc: `Entities of OpenStreetMap by their tags, as points, lines and areas, with all their tags. Eight groups are ready to use, such as \`osm/cycling\`; any other filter can be written instead of one: \`%import "osm/amenity=cafe|pub" --geography rutland\`. The geography is an extract of Geofabrik, such as rutland or europe/united-kingdom/scotland; a local file .osm.pbf or .osm may be given instead. Coverage differs from place to place: what is not mapped is not there.`,
  provider,
  licence: "Open Data Commons Open Database License (ODbL) 1.0",
  attribution: "© OpenStreetMap contributors.",
  access: "public",
  unitOfRecord: "none",
  geographyLabels: GEOFABRIK_AREAS,
  datasources: Object.values(OSM_CATEGORIES).map(category),
  // A filter that is a key alone looks like an id, so it is marked: tags:amenity.
  unlisted: (id) => {
    const marked = /^tags:(.*)$/s.exec(id)?.[1];
    return marked !== undefined || /[=&|]/.test(id) ? filtered(id, marked ?? id) : undefined;
  },
});

function category({ id, title, doc, tags }: OsmCategory): Datasource {
  return datasource(id, title, doc, anyTag(tags));
}

function filtered(id: string, text: string): Datasource {
  return datasource(id, text, `Entities of OpenStreetMap with ${text}.`, parseTagFilter(text));
}

function datasource(id: string, name: string, description: string, filter: TagFilter): Datasource {
  return {
    id,
    name,
    description,
    url: "http://download.geofabrik.de",
    subjectTypes: [{ label: "OSMEntity", name: "Open Street Map Entity" }],
    attributes: filterKeys(filter).map((key) => ({
      label: key,
      description: `Value of the tag ${key}`,
      kind: "category",
      values: "fixed",
    })),
    files: ({ geographyScope, localData }) => {
      if (localData.length > 0) return localData.map((path) => ({ address: path, path, format: "osm" }));
      // Without a geography the importer of 2019 loaded all of Great Britain, piece by piece; one file holds it.
      const extracts = (geographyScope.length > 0 ? geographyScope : ["europe/great-britain"]).map(
        osmExtract,
      );
      return extracts.map(({ addresses: [address = "", ...keptAs] }) => ({
        address,
        keptAs,
        format: "osm",
      }));
    },
    rows: (tables, { geographyScope, localData }) =>
      rowsOf(tables, filter, Math.max(geographyScope.length, localData.length) > 1),
  };
}

async function rowsOf(tables: Tables, filter: TagFilter, mayRepeat: boolean): Promise<Rows> {
  const [size] = await tables.query("FROM source_size");
  const options = { ...tables.work, mayRepeat, keepsWays: Number(size?.["bytes"]) < SMALL_BYTES };
  const { shapeless, entities } = await buildOsmShapes(tables.engine, "source", filter, options);
  if (shapeless > 0)
    tables.warn(
      `${shapeless} of ${entities} entities have no shape, because nodes or members of theirs are missing, or their rings are open or cross.`,
    );
  if (entities === 0) tables.warn("Nothing was imported, because nothing in the extract has such tags.");
  // Nodes, ways and relations are numbered apart, so that numbers may meet; old recipes know the number alone. Views, because a
  // copy of a country's shapes would take the memory twice.
  await tables.create("twice", "SELECT id FROM osm_entities GROUP BY id HAVING count(*) > 1");
  const label = `'osm' || id || CASE WHEN id IN (FROM twice) THEN '/' || kind ELSE '' END`;
  await tables.view("labelled", `SELECT ${label} AS label, tags, shape, kind, id FROM osm_entities`);
  await tables.view(
    "tagged",
    "SELECT label, entry.key AS attribute, entry.value AS value FROM (SELECT label, unnest(map_entries(tags)) AS entry FROM labelled)",
  );
  await tables.create(
    "keys",
    "SELECT key, count(*) AS entities FROM (SELECT unnest(map_keys(tags)) AS key FROM osm_entities) GROUP BY key ORDER BY key",
  );
  const keys = await tables.query("FROM keys");
  return {
    // An entity has a tag once, and its label is its own.
    distinct: new Map(keys.map(({ key, entities }) => [String(key), Number(entities)])),
    valid: true,
    subjects: "SELECT label, tags['name'] AS name, shape FROM labelled ORDER BY kind, id",
    attributes:
      "SELECT key AS label, 'Value of the tag ' || key AS description, NULL AS unit, 'category' AS kind FROM keys ORDER BY key",
    fixed: "SELECT label, attribute, value FROM tagged",
  };
}
