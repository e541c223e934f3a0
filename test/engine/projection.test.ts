import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { openDuckDB } from "../../kernel/src/engine/duckdb.ts";
import type { Engine } from "../../kernel/src/engine/engine.ts";
import { GeometryColumnBuilder } from "../../kernel/src/engine/operators/geometry-column-builder.ts";
import { KnownProjection } from "../../kernel/src/engine/projection/known-projection.ts";
import type { Place } from "../../kernel/src/engine/projection/patch.ts";
import type { ProjectPlaces } from "../../kernel/src/engine/projection/project.ts";
import { projectColumn } from "../../kernel/src/engine/projection/project-column.ts";

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
  ["the same on both sides of that border, off Great Yarmouth", 27700, scattered(1.6, 52.4, 2.2, 53)],
  ["the same around a corner of it", 27700, scattered(1.7, 49.6, 2.1, 50.1)],
  ["European Datum 1950, where many ways meet", 23030, scattered(-10, 41, -9, 42)],
  ["the web's projection around the date line", 3857, scattered(178, -19, 182, -16)],
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

/** Places in the British National Grid, by PROJ. */
const toNationalGrid: ProjectPlaces = async (places) => {
  const { coordinates } = await engine.shapes(
    `SELECT ST_Transform(ST_Point(place[1], place[2]), 'OGC:CRS84', 'EPSG:27700', always_xy := true)
     FROM (SELECT unnest(CAST('${JSON.stringify(places)}' AS DOUBLE[][])) AS place)`,
  );
  return coordinates;
};

function pointsAt(places: readonly Place[]) {
  const builder = new GeometryColumnBuilder();
  for (const [x, y] of places) builder.appendPoint(x, y);
  return builder.finish();
}

const numbered = <Item>(count: number, make: (index: number) => Item) =>
  Array.from({ length: count }, (_, index) => make(index));

/** Places all over a box, other ones for another seed. */
const placesIn = (west: number, south: number, east: number, north: number, seed: number): Place[] =>
  numbered(3000, (index) => [
    west + (east - west) * ((index * 0.754877 + seed) % 1),
    south + (north - south) * ((index * 0.56984 + seed) % 1),
  ]);

async function expectExact(coordinates: Float64Array, places: readonly Place[]): Promise<void> {
  const exact = await toNationalGrid(places);
  expect(coordinates).toHaveLength(exact.length);
  for (const [at, value] of exact.entries())
    expect(Math.abs((coordinates[at] ?? 0) - value)).toBeLessThan(1e-6);
}

test("places on a border between two ways agree with PROJ", async () => {
  const border = [-1e-9, -1e-13, 0, 1e-13, 1e-9].flatMap((beside): Place[] => [
    [1.92 + beside, 52.6],
    [-1.2, 49.79 + beside],
  ]);
  const places = [...border, ...placesIn(-1.5, 49.6, 2.2, 53, 0)];
  const { coordinates } = (await projectColumn(pointsAt(places), toNationalGrid)) ?? pointsAt([]);
  await expectExact(coordinates, places);
});

test.each([
  ["Great Yarmouth", 1.6, 52.4, 1.77, 52.75],
  ["the Lizard", -5.3, 49.95, -5.1, 50.15],
  ["the Isles of Scilly", -6.4, 49.8, -6.2, 50],
])(
  "PROJ is asked for no place of %s once the squares there are known",
  async (_, west, south, east, north) => {
    const known = new KnownProjection();
    await projectColumn(pointsAt(placesIn(west, south, east, north, 0)), toNationalGrid, known);
    const places = placesIn(west, south, east, north, 0.5);
    const asked: Place[] = [];
    const askedFor: ProjectPlaces = (more) => {
      asked.push(...more);
      return toNationalGrid(more);
    };
    const { coordinates } = (await projectColumn(pointsAt(places), askedFor, known)) ?? pointsAt([]);
    expect(asked).toEqual([]);
    await expectExact(coordinates, places);
  },
);

test("columns that are projected at the same time learn the squares there once", async () => {
  const known = new KnownProjection();
  let asked = 0;
  const counting: ProjectPlaces = (places) => {
    asked += places.length;
    return toNationalGrid(places);
  };
  await projectColumn(pointsAt(placesIn(-3, 51, -1, 53, 0)), counting);
  const once = asked;
  const columns = numbered(3, (seed) => pointsAt(placesIn(-3, 51, -1, 53, seed / 3)));
  asked = 0;
  await Promise.all(columns.map((column) => projectColumn(column, counting, known)));
  expect(asked).toBe(once);
});

test("a system that there is no way to leaves no shapes", async () => {
  const { kinds } = await engine.shapes("SELECT ST_Point(0, 51)", { crs: 99999 });
  expect([...kinds]).toEqual([0]);
});
