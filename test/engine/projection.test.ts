import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { openDuckDB } from "../../kernel/src/engine/duckdb.ts";
import type { Engine } from "../../kernel/src/engine/engine.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await openDuckDB();
});
afterAll(() => engine.close());

/** Many little squares scattered over a box, in longitude and latitude. */
const scattered = (west: number, south: number, east: number, north: number) =>
  `SELECT ST_Buffer(ST_Point(${west} + (${east} - ${west}) * (hash(i) % 100003) / 100003, ${south} + (${north} - ${south}) * (hash(-i) % 100003) / 100003), 0.001, 4)
   FROM range(3000) AS row(i)`;

test.each([
  ["the British National Grid over England", 27700, scattered(-3, 51, -0.5, 53)],
  ["the same beyond the border of its use, where PROJ takes another way", 27700, scattered(1, 54, 2.5, 55)],
  ["UTM", 32630, scattered(-4, 40, -2, 42)],
  ["Lambert's projection over France", 2154, scattered(2, 46, 3.5, 47.5)],
  ["the web's projection around the date line", 3857, scattered(178, -19, 180, -16)],
])("%s agrees with PROJ", async (_, crs, shapes) => {
  const { coordinates, boxes } = await engine.shapes(shapes, { crs });
  const exact = await engine.shapes(
    `SELECT ST_Transform(shape, 'OGC:CRS84', 'EPSG:${crs}', always_xy := true) FROM (${shapes}) AS shapes(shape)`,
  );
  expect(coordinates).toHaveLength(exact.coordinates.length);
  const largest = coordinates.reduce(
    (most, value, at) => Math.max(most, Math.abs(value - (exact.coordinates[at] ?? Number.NaN))),
    0,
  );
  expect(largest).toBeLessThan(1e-6);
  expect(Math.abs((boxes[0] ?? 0) - (exact.boxes[0] ?? 0))).toBeLessThan(1e-6);
});

test("a system that there is no way to leaves no shapes", async () => {
  const { kinds } = await engine.shapes("SELECT ST_Point(0, 51)", { crs: 99999 });
  expect([...kinds]).toEqual([0]);
});
