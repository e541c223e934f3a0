import { expect, test } from "@jest/globals";
import { toParameter } from "../../kernel/src/magics/sql.ts";
import { adviceOnDegrees } from "../../kernel/src/magics/sql-degrees.ts";

test.each([
  [1.5, 1.5],
  ["x'; DROP TABLE y", "x'; DROP TABLE y"],
  [null, null],
  [undefined, null],
  [true, true],
  [new Date(Date.UTC(2018, 1, 4)), "2018-02-04T00:00:00.000Z"],
])("%p can be bound", (value, parameter) => {
  expect(toParameter(value, "x")).toEqual(parameter);
});

test("an object cannot be bound", () => {
  expect(() => toParameter({}, "limit")).toThrow(
    '"limit" cannot be a value in SQL. Numbers, texts, booleans and dates can.',
  );
});

test.each<[string, readonly string[]]>([
  ["SELECT ST_Area(shape) FROM borough", ["ST_Area counts in degrees"]],
  ["SELECT st_distance (a.shape, b.shape) FROM a, b", ["st_distance counts in degrees"]],
  ["SELECT ST_Area(ST_Transform(shape, 'EPSG:4326', 'EPSG:27700', always_xy := true)) FROM borough", []],
  [
    "SELECT ST_Area(ST_Transform(shape, 'EPSG:4326', 'EPSG:27700')) FROM borough",
    ["ST_Transform takes latitude first"],
  ],
  ["SELECT ST_Transform(shape, 'EPSG:27700', 'EPSG:3857') FROM projected", []],
  ["SELECT ST_Area_Spheroid(shape) FROM borough", ["ST_Area_Spheroid takes latitude before longitude"]],
  ["SELECT ST_Area_Spheroid(ST_FlipCoordinates(shape)) FROM borough", []],
  ["SELECT name, ST_Contains(shape, ST_Point(-0.1, 51.5)) FROM borough", []],
])("%s", (text, expected) => {
  const advice = adviceOnDegrees(text);
  expect(advice).toHaveLength(expected.length);
  for (const [index, part] of expected.entries()) expect(advice[index]).toContain(part);
});
