import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { openDuckDB } from "../../kernel/src/engine/duckdb.ts";
import type { Engine } from "../../kernel/src/engine/engine.ts";
import { overlapLength } from "../../kernel/src/engine/overlap-length.ts";
import { readWkb } from "../../kernel/src/engine/wkb.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await openDuckDB();
});
afterAll(() => engine.close());

/** Shapes given as WKT, as WKB. */
async function wkb(shapes: readonly string[]): Promise<Uint8Array[]> {
  const result: Uint8Array[] = [];
  for (const shape of shapes) {
    const table = await engine.query("SELECT ST_AsWKB(ST_GeomFromText(?::VARCHAR)) AS shape", {
      parameters: [shape],
    });
    const value: unknown = table.getChild("shape")?.get(0);
    if (value instanceof Uint8Array) result.push(value);
  }
  return result;
}

const measure = async (areas: readonly string[], lines: readonly string[]) => [
  ...(await overlapLength(await wkb(areas), await wkb(lines))),
];

const square = "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))";

describe("length of a line inside an area", () => {
  test.each([
    ["inside", square, "LINESTRING (1 1, 4 5)", 5],
    ["outside", square, "LINESTRING (20 0, 20 9)", 0],
    ["through", square, "LINESTRING (-5 5, 15 5)", 10],
    ["in and out again", square, "LINESTRING (5 5, 15 5, 15 7, 5 7)", 10],
    ["through a corner", square, "LINESTRING (-5 15, 15 -5)", Math.hypot(10, 10)],
    ["touching a corner", square, "LINESTRING (-5 5, 5 -5)", 0],
    [
      "over a hole",
      "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0), (4 4, 6 4, 6 6, 4 6, 4 4))",
      "LINESTRING (0 5, 10 5)",
      8,
    ],
    [
      "over two parts",
      "MULTIPOLYGON (((0 0, 2 0, 2 2, 0 2, 0 0)), ((4 0, 6 0, 6 2, 4 2, 4 0)))",
      "LINESTRING (-1 1, 9 1)",
      4,
    ],
    [
      "of a ring the other way round",
      "POLYGON ((0 0, 0 10, 10 10, 10 0, 0 0))",
      "LINESTRING (-5 5, 15 5)",
      10,
    ],
    ["of several parts", square, "MULTILINESTRING ((1 1, 2 1), (-3 5, 3 5))", 4],
    ["with points twice", square, "LINESTRING (1 1, 1 1, 4 5, 4 5)", 5],
    [
      "through vertices of the area",
      "POLYGON ((0 0, 10 0, 10 5, 10 10, 0 10, 0 5, 0 0))",
      "LINESTRING (-5 5, 15 5)",
      10,
    ],
    ["of a bow tie, by parity", "POLYGON ((0 0, 10 10, 10 0, 0 10, 0 0))", "LINESTRING (0 8, 10 8)", 4],
    ["of a point", square, "POINT (5 5)", 0],
  ])("%s", async (_, area, line, length) => {
    const [found] = await measure([area], [line]);
    expect(found).toBeCloseTo(length, 9);
  });

  test("a boundary that two areas share is counted once", async () => {
    const left = "POLYGON ((0 0, 5 0, 5 10, 0 10, 0 0))";
    const right = "POLYGON ((5 0, 10 0, 10 10, 5 10, 5 0))";
    expect(await measure([left, right], ["LINESTRING (5 2, 5 8)"])).toEqual([0, 6]);
  });

  test("an area or a line that is missing has no length", async () => {
    const [area = null] = await wkb([square]);
    expect([...(await overlapLength([null, area], [null]))]).toEqual([0, 0]);
  });
});

/** The same numbers at every run. */
function* random(seed: number): Generator<number, never> {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

test("agrees with GEOS to 1e-9 on stars with holes and random lines", async () => {
  const numbers = random(20_180_316);
  const next = () => numbers.next().value;
  const star = (x: number, y: number, radius: number) => {
    const points = Array.from({ length: 24 }, (_, index) => {
      const angle = (index / 24) * 2 * Math.PI;
      const reach = radius * (0.4 + 0.6 * next());
      return `${x + reach * Math.cos(angle)} ${y + reach * Math.sin(angle)}`;
    });
    return `(${[...points, points[0]].join(", ")})`;
  };
  const areas = Array.from({ length: 40 }, () => {
    const [x, y] = [400_000 + next() * 20_000, 200_000 + next() * 20_000];
    return `POLYGON (${star(x, y, 4000)}, ${star(x, y, 900)})`;
  });
  const lines = Array.from({ length: 60 }, () => {
    const points = Array.from(
      { length: 8 },
      () => `${400_000 + next() * 20_000} ${200_000 + next() * 20_000}`,
    );
    return `LINESTRING (${points.join(", ")})`;
  });
  const ours = await measure(areas, lines);
  const union = lines.map((line) => `ST_GeomFromText('${line}')`).join(", ");
  for (const [index, area] of areas.entries()) {
    const table = await engine.query(
      `SELECT sum(ST_Length(ST_Intersection(ST_GeomFromText('${area}'), line))) AS length FROM (SELECT unnest([${union}]) AS line)`,
    );
    const theirs = Number(table.getChild("length")?.get(0));
    expect(theirs).toBeGreaterThan(0);
    expect(Math.abs((ours[index] ?? 0) / theirs - 1)).toBeLessThan(1e-9);
  }
});

describe("WKB", () => {
  test.each([
    ["POINT (1 2)", "point", [1, 2], [1]],
    ["POINT Z (1 2 3)", "point", [1, 2], [1]],
    ["POINT EMPTY", "point", [], []],
    ["LINESTRING (0 0, 1 1, 2 0)", "line", [0, 0, 1, 1, 2, 0], [3]],
    ["MULTIPOINT ((1 2), (3 4))", "point", [1, 2, 3, 4], [1, 2]],
    ["POLYGON ((0 0, 1 0, 0 1, 0 0))", "polygon", [0, 0, 1, 0, 0, 1, 0, 0], [4]],
    ["GEOMETRYCOLLECTION (POINT (9 9), LINESTRING (0 0, 1 1))", "line", [0, 0, 1, 1], [2]],
  ])("%s", async (text, kind, coordinates, ends) => {
    const [bytes = new Uint8Array()] = await wkb([text]);
    const flat = readWkb(bytes);
    expect({ kind: flat.kind, coordinates: [...flat.coordinates], ends: [...flat.ends] }).toEqual({
      kind,
      coordinates,
      ends,
    });
  });

  test("in the other byte order, and cut short", () => {
    const point = new DataView(new ArrayBuffer(21));
    point.setUint32(1, 1);
    point.setFloat64(5, 7);
    point.setFloat64(13, 8);
    expect([...readWkb(new Uint8Array(point.buffer)).coordinates]).toEqual([7, 8]);
    expect(() => readWkb(Uint8Array.of(1, 2, 0, 0, 0, 255, 0, 0, 0))).toThrow(RangeError);
    expect(() => readWkb(Uint8Array.of(1))).toThrow(RangeError);
  });
});
