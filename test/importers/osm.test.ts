import { copyFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { cachePath } from "../../kernel/src/importers/fetch/cache.ts";
import { loadImporter, requestOf, withTags } from "../../kernel/src/importers/find.ts";
import { osmExtract } from "../../kernel/src/importers/osm/geofabrik.ts";
import { importDatasource } from "../../kernel/src/importers/run.ts";
import type { Store } from "../../kernel/src/store/store.ts";
import { rowsOf, temporaryFolder, temporaryStore } from "../support/store.ts";

const town = new URL("../data/osm/town.osm.pbf", import.meta.url).pathname;
const folder = temporaryFolder();
let store: Store & { remove(): void };
beforeAll(async () => {
  store = await temporaryStore();
  // Where caches of 2019 keep the extract of Rutland.
  const old = "http://download.geofabrik.de/europe/great-britain/england/rutland-latest.osm.pbf";
  const path = cachePath(folder.path, "org.openstreetmap", old, ".osm.pbf");
  mkdirSync(dirname(path), { recursive: true });
  copyFileSync(town, path);
});
afterAll(() => {
  store.remove();
  folder.remove();
});

const rows = async (sql: string) => rowsOf(await store.engine.query(sql));

describe("OpenStreetMap as an importer", () => {
  test.each([
    ["OSMGreenspace", ["europe/great-britain/england/rutland"], 4, 9],
    ["osmgreenspace", ["rutland"], 4, 9],
    ["OSMHighways", ["europe/united-kingdom/england/rutland"], 3, 6],
    ["OSMCycling", ["Rutland"], 3, 7],
  ])("%s of %j, by the class name of 2019", async (datasourceId, geographyScope, subjects, fixedValues) => {
    const importerClass = "uk.org.tombolo.importer.osm.OSMImporter";
    const report = await importDatasource(
      store,
      { importerClass, datasourceId, geographyScope },
      { cache: folder.path, offline: true, force: true },
    );
    expect(report.counts).toEqual({ subjects, fixedValues, timedValues: 0 });
  });

  test("subjects have labels of 2019, names, shapes, and all their tags", async () => {
    expect(
      await rows(
        "SELECT name, ST_GeometryType(shape)::VARCHAR AS type FROM subjects WHERE subject_type = 'OSMEntity' AND label = 'osm9'",
      ),
    ).toEqual([{ name: null, type: "LINESTRING" }]);
    expect(
      await rows("SELECT attribute, value FROM fixed_values WHERE subject_label = 'osm8' ORDER BY attribute"),
    ).toEqual([
      { attribute: "area", value: "yes" },
      { attribute: "cycleway", value: "track" },
      { attribute: "highway", value: "residential" },
      { attribute: "name", value: "Route 8" },
      { attribute: "route", value: "bicycle" },
      { attribute: "type", value: "route" },
    ]);
  });

  test("entities of one number and several kinds are kept apart", async () => {
    const request = requestOf(["osm/natural=* leisure=* amenity=*"], { localData: [town] });
    expect(await importDatasource(store, request ?? "")).toMatchObject({ changed: true });
    // Node 5, way 5 and relation 5; nothing else has the number of another.
    expect(await rows("SELECT label FROM subjects WHERE label LIKE 'osm5%' ORDER BY label")).toEqual(
      ["osm5", "osm5/node", "osm5/relation", "osm5/way"]
        .map((label) => ({ label }))
        .filter(({ label }) => label !== "osm5"),
    );
  });

  test("short names, filters and local files", async () => {
    expect(requestOf(["osm/cycling"])).toEqual({ importerClass: "osm/osm", datasourceId: "cycling" });
    expect(requestOf(withTags(["osm"], "amenity"))).toEqual({
      importerClass: "osm/osm",
      datasourceId: "tags:amenity",
    });
    expect(requestOf(["osm", "amenity=cafe"])).toEqual({
      importerClass: "osm/osm",
      datasourceId: "amenity=cafe",
    });
    const scopes = { localData: [town] };
    const report = await importDatasource(store, requestOf(["osm/amenity=pub|cafe"], scopes) ?? "");
    expect(report).toMatchObject({
      title: "OpenStreetMap: amenity=pub|cafe",
      counts: { subjects: 2 },
    });
    const gastronomy = requestOf(["osm/gastronomy"], scopes) ?? "";
    expect((await importDatasource(store, gastronomy)).counts.subjects).toBe(2);
    const tagged = requestOf(withTags(["osm"], "amenity"), scopes) ?? "";
    expect((await importDatasource(store, tagged)).counts.subjects).toBe(3);
  });

  test("the same once more changes nothing", async () => {
    const request = requestOf(["osm/landuse"], { localData: [town] }) ?? "";
    expect(await importDatasource(store, request)).toMatchObject({
      changed: true,
      warnings: [
        "1 of 2 entities have no shape, because nodes or members of theirs are missing, or their rings are open or cross.",
      ],
    });
    expect(await importDatasource(store, request)).toMatchObject({ changed: false });
  });

  test.each([
    ["europe/great-britain/england/rutland", "europe/united-kingdom/england/rutland", 2],
    ["rutland", "europe/united-kingdom/england/rutland", 2],
    ["Greater London", "europe/united-kingdom/england/greater-london", 2],
    ["scotland", "europe/united-kingdom/scotland", 2],
    ["europe/great-britain", "europe/great-britain", 1],
    [
      "http://download.geofabrik.de/europe/great-britain/england/dorset-latest.osm.pbf",
      "europe/united-kingdom/england/dorset",
      2,
    ],
    ["europe/germany/berlin", "europe/germany/berlin", 1],
  ])("the extract %s", (area, path, addresses) => {
    const extract = osmExtract(area);
    expect([extract.area, extract.addresses.length]).toEqual([path, addresses]);
    expect(extract.addresses[0]).toBe(`http://download.geofabrik.de/${path}-latest.osm.pbf`);
  });

  test("an extract that there is not", () => {
    expect(() => osmExtract("rutlan")).toThrow(
      /There is no extract of OpenStreetMap named "rutlan"\. Did you mean ".*rutland"/,
    );
  });

  test("its ids are those of 2019, in their order", async () => {
    const { datasources } = await loadImporter("uk.org.tombolo.importer.osm.OSMImporter");
    expect(datasources.map(({ id, attributes }) => [id, attributes.length])).toEqual([
      ["OSMCycling", 3],
      ["OSMGreenspace", 3],
      ["OSMEducation", 1],
      ["OSMHealth", 1],
      ["OSMCivic", 1],
      ["OSMHighways", 1],
      ["OSMLanduse", 1],
      ["OSMGastronomy", 1],
    ]);
  });
});
