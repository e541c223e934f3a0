import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { openDuckDB } from "../../kernel/src/engine/duckdb.ts";
import type { Engine } from "../../kernel/src/engine/engine.ts";
import { openOsmFile } from "../../kernel/src/importers/formats/osm.ts";
import { OSM_CATEGORIES } from "../../kernel/src/importers/osm/categories.ts";
import { buildOsmShapes } from "../../kernel/src/importers/osm/shapes.ts";
import { anyTag, parseTagFilter, type TagFilter } from "../../kernel/src/importers/osm/tag-filter.ts";
import { findEnvironment } from "../support/environment.ts";
import { rowsOf, temporaryFolder } from "../support/store.ts";

const root = new URL("../../", import.meta.url).pathname;
const town = join(root, "test", "data", "osm", "town.osm.pbf");
const folder = temporaryFolder();
let engine: Engine;
beforeAll(async () => {
  engine = await openDuckDB();
});
afterAll(() => {
  engine.close();
  folder.remove();
});

/** Answers of pyosmium, which assembles areas by code of its own. */
function pyosmium(...parameters: string[]): string {
  const environment = findEnvironment();
  if (!environment) throw new Error("There is no virtual environment with pyosmium.");
  return execFileSync(
    environment.python,
    [join(root, "test", "support", "osm_reference.py"), ...parameters],
    {
      encoding: "utf8",
      maxBuffer: 2 ** 28,
    },
  );
}

async function entities(path: string, filter: TagFilter): Promise<Record<string, unknown>[]> {
  const elements = await openOsmFile(path, { folder: folder.path });
  await buildOsmShapes(engine, elements, filter, {});
  return rowsOf(
    await engine.query(`SELECT kind || '/' || id AS key, ST_GeometryType(shape)::VARCHAR AS type, ST_AsText(shape) AS shape,
      tags['name'] AS name FROM osm_entities ORDER BY kind, id`),
  );
}

const kinds = async (filter: TagFilter) =>
  Object.fromEntries((await entities(town, filter)).map(({ key, type }) => [key, type]));

describe("shapes of a small town", () => {
  test.each([
    ["cycling", { "way/7": "LINESTRING", "way/91": "LINESTRING", "relation/8": "MULTILINESTRING" }],
    [
      "greenspace",
      {
        "way/5": "POLYGON",
        "way/9": "LINESTRING",
        "relation/5": "MULTIPOLYGON",
        "relation/6": "MULTIPOLYGON",
      },
    ],
    ["highways", { "way/6": "LINESTRING", "way/8": "POLYGON", "way/91": "LINESTRING" }],
    ["landuse", { "relation/6": "MULTIPOLYGON" }],
    ["gastronomy", { "node/1": "POINT", "node/5": "POINT" }],
    ["civic", { "node/2": "POINT" }],
    ["education", {}],
  ] as const)("%s", async (category, expected) => {
    expect(await kinds(anyTag(OSM_CATEGORIES[category].tags))).toEqual(expected);
  });

  test("what lacks a node or a member is counted and left out", async () => {
    const elements = await openOsmFile(town, { folder: folder.path });
    const filter = parseTagFilter("highway=service landuse=forest amenity");
    expect(await buildOsmShapes(engine, elements, filter, {})).toEqual({ entities: 5, shapeless: 2 });
  });

  test("a route is the lines of its ways", async () => {
    const [route] = await entities(town, parseTagFilter("route=bicycle"));
    expect(route?.shape).toBe(
      "MULTILINESTRING ((0 51.01, 0.005 51.01, 0.01 51.01), (0.052 51.01, 0.052 51.012))",
    );
  });
});

/** The area of every polygon as WKT, summed by DuckDB from what either side says. */
async function areas(shapes: Record<string, unknown>): Promise<Record<string, number>> {
  writeFileSync(
    join(folder.path, "shapes.json"),
    Object.entries(shapes)
      .map(([key, shape]) => JSON.stringify({ key, shape }))
      .join("\n"),
  );
  const rows = rowsOf(
    await engine.query(`SELECT key, round(ST_Area(ST_GeomFromText(shape)) * 1e6, 6) AS area,
      ST_NumGeometries(ST_GeomFromText(shape)) AS parts, ST_NPoints(ST_GeomFromText(shape)) AS points
      FROM read_json('${join(folder.path, "shapes.json")}', columns = {key: 'VARCHAR', shape: 'VARCHAR'}) ORDER BY key`),
  );
  return Object.fromEntries(rows.map(({ key, area }) => [String(key), Number(area)]));
}

describe.each(["town", "tangled", ...Array.from({ length: 4 }, (_, seed) => `random ${seed}`)])(
  "beside pyosmium: %s",
  (name) => {
    test("the same points, lines and areas", async () => {
      const random = /^random (\d+)$/.exec(name)?.[1];
      const path = name === "town" ? town : join(folder.path, `${name}.osm.pbf`);
      if (name === "tangled") pyosmium("tangled", path);
      if (random !== undefined) pyosmium("random", random, path);
      const theirs: {
        points: Record<string, [number, number]>;
        lines: Record<string, [number, number][]>;
        areas: Record<string, string>;
      } = JSON.parse(pyosmium("shapes", path));
      const ours = await entities(path, parseTagFilter("leisure landuse natural highway amenity"));
      const polygons = ours.filter(({ type }) => String(type).endsWith("POLYGON"));
      const named = Object.fromEntries(polygons.map(({ key, shape }) => [String(key), shape]));
      // Theirs makes an area of each closed way as well, whatever its tags.
      const wanted = Object.entries(theirs.areas).filter(
        ([key]) => key in named || key.startsWith("relation"),
      );
      expect(await areas(named)).toEqual(await areas(Object.fromEntries(wanted)));
      const text = (points: [number, number][]) => points.map((point) => point.join(" ")).join(", ");
      for (const { key, type, shape } of ours) {
        if (type === "POINT") expect(shape).toBe(`POINT (${theirs.points[String(key)]?.join(" ")})`);
        if (type === "LINESTRING")
          expect(shape).toBe(`LINESTRING (${text(theirs.lines[String(key)] ?? [])})`);
      }
      expect(ours.length).toBeGreaterThan(random === undefined ? 6 : 350);
    });
  },
);

test("XML, plain and gzipped, gives what the compressed format gives", async () => {
  const filter = parseTagFilter("leisure landuse natural highway amenity cycleway");
  const expected = await entities(town, filter);
  const xml = join(root, "test", "data", "osm", "town.osm");
  expect(await entities(xml, filter)).toEqual(expected);
  const gzipped = join(folder.path, "town.osm.gz");
  writeFileSync(gzipped, gzipSync(execFileSync("cat", [xml])));
  expect(await entities(gzipped, filter)).toEqual(expected);
});

describe("a tag filter", () => {
  test.each([
    ["amenity=cafe", "tags['amenity'] IN ('cafe')"],
    ["amenity=cafe|pub", "('cafe', 'pub')"],
    ["highway", "tags['highway'] IS NOT NULL"],
    ["highway=*&lit=yes", "tags['highway'] IS NOT NULL AND "],
    ["highway!=service", "NOT coalesce(tags['highway'] IN ('service'), false)"],
    ["highway!=*", "tags['highway'] IS NULL"],
    ["a=b, c=d", " OR "],
    ['name="Tooting, Common"', "'Tooting, Common'"],
    ["name=O'Hara", "'O''Hara'"],
  ])("%s", async (text, part) => {
    const { tagFilterSql } = await import("../../kernel/src/importers/osm/tag-filter.ts");
    expect(tagFilterSql(parseTagFilter(text))).toContain(part);
  });

  test.each([["="], ["=cafe"], ["amenity="], [" "], ["a&&=b"]])("%s is refused", (text) => {
    expect(() => parseTagFilter(text)).toThrow(/tag filter/);
  });
});
