import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { openDuckDB } from "../../kernel/src/engine/duckdb.ts";
import type { Engine } from "../../kernel/src/engine/engine.ts";
import { readGeo } from "../../kernel/src/importers/formats/geo-file.ts";
import { FIELD_END, splitFeatures } from "../../kernel/src/importers/formats/split-features.ts";
import type { Progress } from "../../kernel/src/progress.ts";
import { rowsOf, temporaryFolder } from "../support/store.ts";

const folder = temporaryFolder();
let engine: Engine;
beforeAll(async () => {
  engine = await openDuckDB();
});
afterAll(() => {
  engine.close();
  folder.remove();
});

const point = (properties: object | null, x = 0.5, y = 51.5) => ({
  type: "Feature",
  properties,
  geometry: { type: "Point", coordinates: [x, y] },
});
const collection = (features: readonly object[], more: object = {}) => ({
  type: "FeatureCollection",
  ...more,
  features,
});

async function read(text: string) {
  const path = join(folder.path, "file.geojson");
  writeFileSync(path, text);
  const source = { address: path, path, format: "geo" } as const;
  await readGeo(engine, [{ path, name: "file.geojson", source }], "source", { folder: folder.path });
  const described = rowsOf(await engine.query("SELECT column_name, column_type FROM (DESCRIBE source)"));
  const types = Object.fromEntries(described.map((row) => [String(row["column_name"]), row["column_type"]]));
  const rows = rowsOf(
    await engine.query("SELECT * REPLACE (ST_AsText(geom) AS geom) FROM source ORDER BY OGC_FID"),
  );
  return { types, rows };
}

describe("features are split from their document", () => {
  const tricky = collection(
    [
      point({ text: 'a "quoted" } ] , { [ \\ text', nested: { list: [1, { two: 2 }] } }),
      point(null),
      point({ features: ["x"] }),
    ],
    { name: "features", crs: { type: "name", properties: { features: [{ a: 1 }] } } },
  );
  test.each([
    ["in one line", JSON.stringify(tricky)],
    ["with line breaks", JSON.stringify(tricky, null, 2)],
    ["with line breaks of Windows", JSON.stringify(tricky, null, "\t").replaceAll("\n", "\r\n")],
    [
      "with the rest behind them",
      JSON.stringify({ ...collection([]), ...{ features: tricky.features, after: { features: [1] } } }),
    ],
    [
      "longer than a piece of the file",
      JSON.stringify(
        collection(Array.from({ length: 9000 }, (_, index) => point({ index, text: "]},{".repeat(40) }))),
      ),
    ],
  ])("%s", async (_, text) => {
    const [path, lines] = [join(folder.path, "split.json"), join(folder.path, "lines.json")];
    writeFileSync(path, text);
    const { rest, longest } = await splitFeatures(path, lines);
    const { features, ...others } = JSON.parse(text);
    expect(JSON.parse(rest)).toEqual({ ...others, features: [] });
    const split = readFileSync(lines, "utf8")
      .split("\n")
      .filter((line) => line !== "");
    const fields = split.map((line) => line.split(FIELD_END).map((field) => JSON.parse(field || "null")));
    expect(fields).toEqual(
      features.map(({ properties, geometry }: Record<string, unknown>, index: number) => [
        index,
        properties,
        geometry,
      ]),
    );
    expect(longest).toBe(Math.max(...split.map((line) => Buffer.byteLength(line) + 1)));
  });
});

test("properties have the types that all features agree on, in their order", async () => {
  const { types, rows } = await read(
    JSON.stringify(
      collection([
        point({ name: "a", count: 1, share: 1, mixed: 1, flag: true, list: [1], none: null, id: 7 }),
        { ...point({ name: "b", count: -2, share: 0.5, mixed: "x", extra: "y" }), geometry: null },
      ]),
    ),
  );
  expect(Object.keys(types)).toEqual([
    "OGC_FID",
    "name",
    "count",
    "share",
    "mixed",
    "flag",
    "list",
    "none",
    "id",
    "extra",
    "geom",
  ]);
  expect(types).toMatchObject({
    name: "VARCHAR",
    count: "BIGINT",
    share: "DOUBLE",
    mixed: "VARCHAR",
    flag: "BOOLEAN",
    extra: "VARCHAR",
  });
  expect(rows[0]).toMatchObject({
    OGC_FID: 0,
    mixed: "1",
    list: "[1]",
    none: null,
    geom: "POINT (0.5 51.5)",
  });
  expect(rows[1]).toMatchObject({ OGC_FID: 1, mixed: "x", extra: "y", geom: null, flag: null });
});

test("a coordinate system that the file names is undone", async () => {
  const crs = { type: "name", properties: { name: "urn:ogc:def:crs:EPSG::27700" } };
  const { rows } = await read(JSON.stringify(collection([point({ name: "a" }, 530_600, 185_870)], { crs })));
  expect(String(rows[0]?.["geom"])).toMatch(/^POINT \(-0\.11753938\d* 51\.5566037\d*\)$/);
});

test("names that SQL cannot tell apart, or that are ours, get a number", async () => {
  const { rows } = await read(
    JSON.stringify(collection([point({ name: "a", NAME: "b", geom: "c", 'a/b"~': "d" })])),
  );
  expect(rows[0]).toMatchObject({
    name: "a",
    "NAME 2": "b",
    "geom 2": "c",
    'a/b"~': "d",
    geom: "POINT (0.5 51.5)",
  });
});

test.each(["[", "]", '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Poi'])(
  "a file cut short is told in a sentence: %s",
  async (text) => {
    await expect(
      read(text.startsWith("{") ? text : `${JSON.stringify(collection([point({})])).slice(0, -1)}${text}`),
    ).rejects.toThrow(/^file\.geojson cannot be read: it is damaged or cut short$/);
  },
);

test.each([1, 3, 20])("a feature of %s megabytes is read whole", async (megabytes) => {
  const ring = Array.from({ length: megabytes * 25_000 }, (_, index) => [index / 1e6, Math.sin(index) / 1e7]);
  const closed = [...ring, [1, 1], ring[0]];
  const long = {
    type: "Feature",
    properties: { name: "long" },
    geometry: { type: "Polygon", coordinates: [closed] },
  };
  await read(JSON.stringify(collection([point({ name: "before" }), long, point({ name: "after" })])));
  const rows = rowsOf(
    await engine.query("SELECT name, ST_NPoints(geom) AS points FROM source ORDER BY OGC_FID"),
  );
  expect(rows.map(({ name, points }) => [name, Number(points)])).toEqual([
    ["before", 1],
    ["long", closed.length],
    ["after", 1],
  ]);
});

test("a collection may be empty, and features may have neither properties nor a place", async () => {
  expect((await read(JSON.stringify(collection([])))).rows).toEqual([]);
  const { rows } = await read(
    '{"features": [{"type": "Feature"}, {"properties": {}, "geometry": null}], "type": "FeatureCollection"}',
  );
  expect(rows).toEqual([
    { OGC_FID: 0, geom: null },
    { OGC_FID: 1, geom: null },
  ]);
});

test.each([
  ["something else among the features", '[{"type": "Feature", "properties": {}, "geometry": null}, 7]'],
  ["a member without a value", '[{"type": "Feature", "properties"}]'],
  ["numbers that are none", '[{"type": "Feature", "geometry": {"type": "Point", "coordinates": [1, one]}}]'],
  ["properties that are no JSON", '[{"type": "Feature", "properties": {"a": oops}, "geometry": null}]'],
])("what is no GeoJSON is told in a sentence: %s", async (_, features) => {
  await expect(read(`{"type": "FeatureCollection", "features": ${features}}`)).rejects.toThrow(
    /^file\.geojson cannot be read: it is damaged or cut short$/,
  );
});

test("reading tells how many bytes of the file are done", async () => {
  const path = join(folder.path, "told.geojson");
  const features = Array.from({ length: 20_000 }, (_, index) => point({ text: "x".repeat(100), index }));
  writeFileSync(path, JSON.stringify(collection(features)));
  const reports: Progress[] = [];
  const source = { address: path, path, format: "geo" } as const;
  const work = { folder: folder.path, onProgress: (progress: Progress) => reports.push(progress) };
  await readGeo(engine, [{ path, name: "told.geojson", source }], "source", work);
  const bytes = reports.filter(({ unit }) => unit === "bytes");
  expect(bytes.length).toBeGreaterThan(2);
  expect(bytes.every(({ total }) => total === statSync(path).size)).toBe(true);
  const done = bytes.map((report) => report.done ?? 0);
  expect(done).toEqual(done.toSorted((first, second) => first - second));
});
