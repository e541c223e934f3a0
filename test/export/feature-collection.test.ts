import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { openDuckDB } from "../../kernel/src/engine/duckdb.ts";
import type { Engine } from "../../kernel/src/engine/engine.ts";
import { featureCollection } from "../../kernel/src/export/feature-collection.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await openDuckDB();
});
afterAll(() => engine.close());

const shapes = [
  "POINT (1 2)",
  "MULTIPOINT ((1 2), (3 4))",
  "MULTIPOINT ((1 2))",
  "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)))",
  "GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (0 0, 1 1))",
  "LINESTRING (0 0, 1 1, 2 0)",
  "MULTILINESTRING ((0 0, 1 1), (2 2, 3 3, 4 2))",
  "POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 1 2, 2 2, 1 1))",
  "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 5, 9 5, 9 9, 5 5), (6 5.5, 7 6, 7 5.5, 6 5.5)))",
];

describe("rows as GeoJSON", () => {
  test.each(shapes)("%s is what DuckDB says", async (wkt) => {
    const table = await engine.query(
      "SELECT ST_GeomFromText(?::VARCHAR) AS shape, ST_AsGeoJSON(ST_GeomFromText(?::VARCHAR)) AS expected",
      {
        parameters: [wkt, wkt],
      },
    );
    const [feature] = featureCollection(table).features;
    expect(feature?.geometry).toEqual(JSON.parse(String(feature?.properties?.["expected"])));
  });

  test.each([["POINT EMPTY"], [null]])("%s is left out", async (wkt) => {
    const table = await engine.query("SELECT ST_GeomFromText(?::VARCHAR) AS shape", { parameters: [wkt] });
    expect(featureCollection(table).features).toEqual([]);
  });

  test("properties are what JSON can hold, and the label is the id", async () => {
    const table = await engine.query(
      "SELECT 'E1' AS label, 7::BIGINT AS people, 1.5 AS rate, NULL::VARCHAR AS note, TIMESTAMP '2018-02-03 04:05:06' AS time, ST_Point(1, 2) AS shape",
    );
    const { features } = featureCollection(table);
    expect(JSON.parse(JSON.stringify(features))).toEqual([
      {
        type: "Feature",
        id: "E1",
        properties: { label: "E1", people: 7, rate: 1.5, note: null, time: "2018-02-03T04:05:06.000Z" },
        geometry: { type: "Point", coordinates: [1, 2] },
      },
    ]);
  });

  test("a list of rows is as good as its table", async () => {
    const table = await engine.query(
      "SELECT 'a' AS label, ST_Point(1, 2) AS shape UNION ALL SELECT 'b', ST_Point(3, 4)",
    );
    const rows = [...table].map((row) => ({ ...row }));
    expect(featureCollection(rows)).toEqual(featureCollection(table));
  });
});
