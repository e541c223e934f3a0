import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { openDuckDB } from "../../kernel/src/engine/duckdb.ts";
import type { Engine } from "../../kernel/src/engine/engine.ts";
import type { GeometryColumn } from "../../kernel/src/engine/operators/geometry-column.ts";
import { columnFromWkb } from "../../kernel/src/engine/operators/geometry-column-builder.ts";
import { type OperatorName, REASON, runOperator } from "../../kernel/src/engine/operators/operator.ts";
import { isPlainlySimple } from "../../kernel/src/engine/operators/simple-rings.ts";
import { findEnvironment } from "../support/environment.ts";
import { randomNumbers } from "../support/random.ts";
import { line, multiPolygon, type Point, polygon, rectangle } from "../support/wkt.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await openDuckDB();
});
afterAll(() => engine.close());

const shapes = (...texts: readonly (string | null)[]): Promise<GeometryColumn> =>
  engine.shapes(
    `SELECT ST_GeomFromText(text) FROM (VALUES ${texts.map((text, row) => `(${row}, ${text === null ? "NULL" : `'${text}'`})`).join(", ")}) AS row(row, text) ORDER BY row`,
  );

/** Each left shape with the right one of the same row, and no other. */
async function inPairs(operator: OperatorName, left: readonly string[], right: readonly string[]) {
  const answers: number[] = [];
  for (const [row, text] of left.entries()) {
    const { values } = await runOperator({
      operator,
      left: await shapes(text),
      right: await shapes(right[row] ?? null),
    });
    answers.push(values[0] ?? Number.NaN);
  }
  return answers;
}

interface Measures {
  readonly area: number;
  readonly length: number;
  readonly distance: number;
}

/** What GEOS says, or undefined with a reason on the console. */
function shapely(left: readonly string[], right: readonly string[]): Measures[] | undefined {
  const environment = findEnvironment();
  if (!environment) {
    console.warn("There is no virtual environment, so operators are not compared with GEOS.");
    return undefined;
  }
  const script = new URL("../support/shapely_measures.py", import.meta.url).pathname;
  const input = JSON.stringify(left.map((text, row) => ({ left: text, right: right[row] })));
  return JSON.parse(
    execFileSync(environment.python, [script], { input, encoding: "utf8", maxBuffer: 2 ** 28 }),
  );
}

/** Equal but for a billionth of the size of what is measured. */
function expectClose(
  got: readonly number[],
  wanted: readonly number[],
  size: number,
  names: readonly string[],
) {
  const wrong = got.flatMap((value, row) => {
    const difference = Math.abs(value - (wanted[row] ?? Number.NaN));
    return difference <= 1e-9 * size ? [] : [`${names[row]}: ${value} instead of ${wanted[row]}`];
  });
  expect(wrong).toEqual([]);
}

const square = rectangle(0, 0, 10, 10);
const ring = [square, rectangle(2, 2, 6, 6).reverse()];
const bowTie: Point[] = [
  [0, 0],
  [10, 10],
  [10, 0],
  [0, 10],
];

describe("area of overlap, as GEOS has it", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ["the same polygon", polygon(square), polygon(square)],
    ["the same polygon, other direction", polygon(square), polygon([...square].reverse())],
    ["the same polygon, other start", polygon(square), polygon([...square.slice(2), ...square.slice(0, 2)])],
    ["a shared edge, outside", polygon(square), polygon(rectangle(10, 0, 5, 10))],
    ["a shared edge, inside", polygon(square), polygon(rectangle(5, 0, 5, 10))],
    ["part of a shared edge", polygon(square), polygon(rectangle(10, 3, 5, 4))],
    ["a corner touches", polygon(square), polygon(rectangle(10, 10, 5, 5))],
    ["apart", polygon(square), polygon(rectangle(20, 20, 5, 5))],
    ["inside", polygon(square), polygon(rectangle(3, 3, 2, 2))],
    ["around", polygon(rectangle(3, 3, 2, 2)), polygon(square)],
    ["across", polygon(square), polygon(rectangle(-5, 4, 20, 2))],
    ["in a hole", polygon(...ring), polygon(rectangle(3, 3, 2, 2))],
    ["just the hole", polygon(...ring), polygon(rectangle(2, 2, 6, 6))],
    ["over a hole", polygon(...ring), polygon(rectangle(1, 1, 8, 8))],
    ["two with the same hole", polygon(...ring), polygon(...ring)],
    ["holes that cross", polygon(...ring), polygon(square, rectangle(4, 1, 3, 8))],
    ["an island in a hole", multiPolygon(ring, [rectangle(4, 4, 2, 2)]), polygon(rectangle(3, 3, 4, 4))],
    [
      "a sliver",
      polygon(square),
      polygon([
        [-1, 5],
        [11, 5],
        [11, 5.000001],
      ]),
    ],
    [
      "a diagonal shared",
      polygon([
        [0, 0],
        [9, 3],
        [0, 3],
      ]),
      polygon([
        [3, 1],
        [6, 2],
        [6, 0],
      ]),
    ],
    [
      "a diagonal shared, other side",
      polygon([
        [0, 0],
        [9, 3],
        [0, 3],
      ]),
      polygon([
        [3, 1],
        [6, 2],
        [3, 2],
      ]),
    ],
    [
      "an upright edge through a box",
      polygon(rectangle(0, 0, 10, 100)),
      polygon([
        [-1, 50],
        [1, 48],
        [1, 52],
      ]),
    ],
    ["a bow tie", polygon(bowTie), polygon(rectangle(0, 0, 4, 10))],
    ["two bow ties", polygon(bowTie), polygon([...bowTie].reverse())],
    [
      "a ring that crosses itself twice",
      polygon([
        [0, 0],
        [10, 0],
        [2, 8],
        [8, 8],
        [0, 1],
      ]),
      polygon(square),
    ],
    ["parts that overlap", multiPolygon([square], [rectangle(5, 5, 10, 10)]), polygon(rectangle(4, 4, 4, 4))],
    ["parts that are equal", multiPolygon([square], [square]), polygon(square)],
    ["a hole outside", polygon(square, rectangle(20, 0, 3, 3)), polygon(rectangle(5, 0, 30, 10))],
    ["a hole across the edge", polygon(square, rectangle(8, 3, 5, 3)), polygon(rectangle(0, 0, 20, 20))],
    [
      "parts that touch along an edge",
      multiPolygon([square], [rectangle(10, 0, 10, 10)]),
      polygon(rectangle(8, 2, 4, 4)),
    ],
    [
      "a spike",
      polygon([
        [0, 0],
        [10, 0],
        [10, 10],
        [5, 10],
        [5, 15],
        [5, 10],
        [0, 10],
      ]),
      polygon(rectangle(2, 2, 20, 20)),
    ],
    [
      "far from the origin",
      polygon(rectangle(531234.125, 181234.5, 100, 100)),
      polygon(rectangle(531284.25, 181200, 10, 60.125)),
    ],
  ];
  test("cases by hand", async () => {
    const [left, right] = [cases.map(([, one]) => one), cases.map(([, , other]) => other)];
    const wanted = shapely(left, right)?.map(({ area }) => area);
    if (!wanted) return;
    const names = cases.map(([name]) => name);
    expectClose(await inPairs("overlap-area", left, right), wanted, 1, names);
    expectClose(await inPairs("overlap-area", right, left), wanted, 1, names);
  });

  test.each([
    [1, "of a grid, so that edges and corners coincide", true],
    [2, "anywhere", false],
  ])("random polygons %#: corners %s", async (seed, _, snapped) => {
    const random = randomNumbers(seed);
    const left = Array.from({ length: 150 }, () => randomPolygon(random, snapped));
    const right = left.map(() => randomPolygon(random, snapped));
    const wanted = shapely(left, right)?.map(({ area }) => area);
    if (!wanted) return;
    const names = left.map((text, row) => `${text} ${right[row]}`);
    expectClose(await inPairs("overlap-area", left, right), wanted, 100, names);
  });
});

/** A polygon of random corners: star-shaped, with a hole, crossing itself, or in two parts. */
function randomPolygon(random: () => number, snapped: boolean): string {
  const place = (value: number) => (snapped ? Math.round(value) : value);
  // Holes keep off the grid: one that shares an edge with the outside GEOS fills up, here it stays a hole.
  const hole = () => star(2).map(([x, y]): Point => [x + 0.25, y + 0.35]);
  const star = (radius: number): Point[] => {
    const [x, y] = [6 * random(), 6 * random()];
    const count = 3 + Math.floor(9 * random());
    return Array.from({ length: count }, (_, corner) => {
      const angle = (2 * Math.PI * (corner + 0.8 * random())) / count;
      const reach = radius * (0.3 + 0.7 * random());
      return [place(x + reach * Math.cos(angle)), place(y + reach * Math.sin(angle))];
    });
  };
  const tangle: Point[] = Array.from({ length: 5 }, () => [place(10 * random()), place(10 * random())]);
  const kind = random();
  if (kind < 0.4) return polygon(star(5));
  if (kind < 0.6) return polygon(star(8), hole());
  if (kind < 0.8) return polygon(tangle);
  return multiPolygon([star(4)], [star(4), hole()]);
}

describe("rings that are plainly simple", () => {
  /** Rings around a middle, some with corners out of turn, some on a coarse grid, where corners and edges often coincide. */
  function randomRing(random: () => number): Point[] {
    const corners = 4 + Math.floor(random() * 40);
    const grid = random() < 0.3 ? 5 : 0;
    const ring = Array.from({ length: corners }, (_, corner): Point => {
      const angle = (2 * Math.PI * (corner + 0.8 * random())) / corners;
      const radius = 20 + 20 * random();
      const place = [radius * Math.cos(angle), radius * Math.sin(angle)] as const;
      return grid > 0
        ? [Math.round(place[0] / grid) * grid, Math.round(place[1] / grid) * grid]
        : [place[0], place[1]];
    });
    const [one, other] = [Math.floor(random() * corners), Math.floor(random() * corners)];
    const [first = [0, 0], second = [0, 0]] = [ring[one], ring[other]];
    if (random() < 0.4) {
      ring[one] = second;
      ring[other] = first;
    }
    return [...ring, ring[0] ?? [0, 0]];
  }

  test("GEOS calls them valid, and few valid ones are missed: those with a corner twice", async () => {
    const random = randomNumbers(11);
    const rings = Array.from({ length: 3000 }, () => randomRing(random));
    const texts = rings.map((ring) => `POLYGON((${ring.map(([x, y]) => `${x} ${y}`).join(", ")}))`);
    const rows = texts.map((text, row) => `(${row}, '${text}')`).join(", ");
    const valid = (
      await engine.query(
        `SELECT ST_IsValid(ST_GeomFromText(text)) AS valid FROM (VALUES ${rows}) AS row(row, text) ORDER BY row`,
      )
    ).getChild("valid");
    const raw = columnFromWkb(rings.map(ringBytes));
    const simple = rings.map((_, row) => isPlainlySimple(raw, row));
    const wrong = rings.filter((_, row) => simple[row] && !valid?.get(row));
    expect(wrong).toEqual([]);
    const ofValid = simple.filter((_, row) => valid?.get(row));
    expect(ofValid.length).toBeGreaterThan(1000);
    expect(ofValid.filter(Boolean).length / ofValid.length).toBeGreaterThan(0.9);
    expect(ofValid.length).toBeLessThan(2900);
  });
});

function ringBytes(ring: readonly Point[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(13 + 16 * ring.length));
  view.setUint8(0, 1);
  view.setUint32(1, 3, true);
  view.setUint32(5, 1, true);
  view.setUint32(9, ring.length, true);
  ring.flat().forEach((value, at) => {
    view.setFloat64(13 + 8 * at, value, true);
  });
  return new Uint8Array(view.buffer);
}

describe("length of overlap, as GEOS has it", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ["across", polygon(square), line([-5, 5], [15, 6])],
    ["inside", polygon(square), line([1, 1], [2, 7], [8, 3])],
    ["outside", polygon(square), line([11, 0], [11, 10])],
    ["along the lower edge", polygon(square), line([-5, 0], [5, 0])],
    ["along the upper edge", polygon(square), line([-5, 10], [5, 10])],
    ["along the left edge", polygon(square), line([0, -5], [0, 5])],
    ["along the right edge", polygon(square), line([10, -5], [10, 5])],
    [
      "along a slanting edge",
      polygon([
        [0, 0],
        [9, 3],
        [0, 3],
      ]),
      line([3, 1], [6, 2]),
    ],
    [
      "along a slanting edge, other side",
      polygon([
        [0, 0],
        [9, 0],
        [9, 3],
      ]),
      line([6, 2], [3, 1]),
    ],
    ["through a corner", polygon(square), line([-5, -5], [15, 15])],
    ["past a corner", polygon(square), line([-5, 5], [5, -5])],
    ["over a hole", polygon(...ring), line([-5, 5], [15, 5])],
    ["along the edge of a hole", polygon(...ring), line([0, 2], [10, 2])],
    ["along the upright edge of a hole", polygon(...ring), line([2, 0], [2, 10])],
    [
      "upright through corners",
      polygon([
        [0, 0],
        [5, 5],
        [10, 0],
        [5, 12],
      ]),
      line([5, -5], [5, 20]),
    ],
    [
      "upright along the seam of two parts",
      multiPolygon([square], [rectangle(10, 5, 5, 10)]),
      line([10, -5], [10, 20]),
    ],
    ["a bow tie", polygon(bowTie), line([-5, 5], [15, 5.5])],
    ["upright in a bow tie", polygon(bowTie), line([3, -5], [3, 15])],
    ["a line without length", polygon(square), line([5, 5], [5, 5])],
    ["several lines", polygon(square), "MULTILINESTRING ((-1 1, 3 1), (5 5, 20 5))"],
    ["the same way twice", polygon(square), "LINESTRING (1 1, 5 5, 9 1)"],
  ];
  test("cases by hand, from both sides", async () => {
    const [left, right] = [cases.map(([, one]) => one), cases.map(([, , other]) => other)];
    const wanted = shapely(left, right)?.map(({ length }) => length);
    if (!wanted) return;
    const names = cases.map(([name]) => name);
    expectClose(await inPairs("overlap-length", left, right), wanted, 10, names);
    expectClose(await inPairs("overlap-length", right, left), wanted, 10, names);
  });

  test.each([
    [3, true],
    [4, false],
  ])("random lines %#", async (seed, snapped) => {
    const random = randomNumbers(seed);
    const place = () => (snapped ? Math.round(12 * random() - 1) : 12 * random() - 1);
    const left = Array.from({ length: 150 }, () => randomPolygon(random, snapped));
    const right = left.map(() => line([place(), place()], [place(), place()]));
    const wanted = shapely(left, right)?.map(({ length }) => length);
    if (!wanted) return;
    const names = left.map((text, row) => `${text} ${right[row]}`);
    expectClose(await inPairs("overlap-length", left, right), wanted, 10, names);
  });
});

describe("nearest", () => {
  test("distances of all kinds of shapes, as GEOS has them", async () => {
    const random = randomNumbers(5);
    const place = () => 30 * random();
    const any = () => {
      const kind = Math.floor(3 * random());
      if (kind === 0) return `POINT (${place()} ${place()})`;
      if (kind === 1) return line([place(), place()], [place(), place()], [place(), place()]);
      const [x, y, size] = [place(), place(), 6 * random()];
      return polygon(rectangle(x, y, size, size), rectangle(x + size / 4, y + size / 4, size / 2, size / 2));
    };
    const left = Array.from({ length: 200 }, any);
    const right = left.map(any);
    const wanted = shapely(left, right)?.map(({ distance }) => distance);
    if (!wanted) return;
    expectClose(
      await inPairs("nearest", left, right),
      wanted,
      10,
      left.map((text, row) => `${text} ${right[row]}`),
    );
  });

  test("of many, the same as looking at each; of equal ones the first", async () => {
    const random = randomNumbers(6);
    const points = (count: number) =>
      Array.from({ length: count }, (): Point => [Math.floor(20 * random()), Math.floor(20 * random())]);
    const [from, to] = [points(100), points(60)];
    const asShapes = (list: readonly Point[]) => shapes(...list.map(([x, y]) => `POINT (${x} ${y})`));
    const { values, matches } = await runOperator({
      operator: "nearest",
      left: await asShapes(from),
      right: await asShapes(to),
    });
    for (const [row, [x, y]] of from.entries()) {
      const distances = to.map(([a, b]) => Math.hypot(a - x, b - y));
      expect(values[row]).toBeCloseTo(Math.min(...distances), 12);
      expect(matches[row]).toBe(
        distances.findIndex((distance) => Math.abs(distance - (values[row] ?? 0)) < 1e-12),
      );
    }
  });

  test("not farther than a limit, and why not", async () => {
    const left = await shapes("POINT (0 0)", "POINT (100 0)", null, "POINT EMPTY");
    const right = await shapes("POINT (5 0)", null, "POINT (-5 0)");
    const { values, matches, reasons } = await runOperator({ operator: "nearest", left, right, limit: 5 });
    expect([...values]).toEqual([5, Number.NaN, Number.NaN, Number.NaN]);
    expect([...matches]).toEqual([0, -1, -1, -1]);
    expect([...reasons]).toEqual([REASON.NONE, REASON.NOTHING_NEAR, REASON.NO_SHAPE, REASON.NO_SHAPE]);
  });

  test("counts and sums within a distance", async () => {
    const left = await shapes("POINT (0 0)", polygon(square));
    const right = await shapes("POINT (3 4)", "POINT (12 0)", "POINT (20 20)", "LINESTRING (0 6, 6 0)");
    const weights = Float64Array.of(1, 10, 100, 1000);
    const call = { operator: "within-distance", left, right, limit: 5 } as const;
    expect([...(await runOperator(call)).values]).toEqual([2, 3]);
    expect([...(await runOperator({ ...call, weights })).values]).toEqual([1001, 1011]);
  });

  test.each([
    ["the equator", 0, 400],
    ["London", 51.5, 2000],
    ["the south", -45, 20_000],
    ["the north", 70, 300_000],
    ["near a pole", 85, 9000],
  ])("counts points within metres on the ellipsoid as DuckDB does: %s", async (_, latitude, metres) => {
    const random = randomNumbers(Math.round(latitude));
    const spread = metres / 111_195;
    const place = (): Point => [
      (3 * spread * (random() - 0.5)) / Math.cos((latitude * Math.PI) / 180),
      Math.min(90, latitude + 3 * spread * (random() - 0.5)),
    ];
    const points = Array.from({ length: 200 }, place);
    const [from = [0, 0], to = [0, 0]] = points;
    const spheroid = (a: string, b: string) => `ST_Distance_Spheroid(${a}, ${b})`;
    const at = ([x, y]: Point) => `ST_Point2D(${y}, ${x})`;
    // Limits too between which one pair lies.
    const exactly = await engine.query(`SELECT ${spheroid(at(from), at(to))} AS metres`);
    const column = await shapes(...points.map(([x, y]) => `POINT (${x} ${y})`));
    const places = points.map((point, row) => `(${row}, ${at(point)})`).join(", ");
    const between = Number(exactly.getChild("metres")?.get(0));
    for (const limit of [metres, between * (1 - 1e-9), between * (1 + 1e-9)]) {
      const call = { operator: "within-metres", left: column, right: column, limit } as const;
      const counted = await engine.query(
        `WITH p AS (SELECT * FROM (VALUES ${places}) AS p(row, place)) SELECT count(*)::INTEGER AS number
         FROM p a JOIN p b ON a.row = b.row OR ${spheroid("a.place", "b.place")} <= ${limit} GROUP BY a.row ORDER BY a.row`,
      );
      expect([...(await runOperator(call)).values]).toEqual([...(counted.getChild("number") ?? [])]);
    }
  });

  test.each([0.5, 1, 5, 13, 25, 1000])(
    "counts many points within a distance as DuckDB does: %d",
    async (limit) => {
      // Among whole numbers many points lie at a distance of 5, 13 or 25 exactly. Some places have several points.
      const grid = "SELECT (i * i) % 61 AS x, (i * 7) % 43 AS y, i FROM range(600) AS r(i)";
      const column = await engine.shapes(`SELECT ST_Point(x, y) FROM (${grid}) ORDER BY i`);
      const counted = await engine.query(
        `WITH p AS (${grid}) SELECT count(*)::INTEGER AS number FROM p a JOIN p b
       ON ST_Distance(ST_Point(a.x, a.y), ST_Point(b.x, b.y)) <= ${limit} GROUP BY a.i ORDER BY a.i`,
      );
      const { values } = await runOperator({
        operator: "within-distance",
        left: column,
        right: column,
        limit,
      });
      expect([...values]).toEqual([...(counted.getChild("number") ?? [])]);
    },
  );

  test.each(["ST_Point(1, 2)", "ST_GeomFromText('LINESTRING (0 0, 1 1)')"])(
    "takes a point without a latitude for no shape, beside %s too",
    async (other) => {
      const column = await engine.shapes(`SELECT unnest([ST_Point(1, 'NaN'::DOUBLE), ${other}])`);
      const { reasons } = await runOperator({ operator: "nearest", left: column, right: column });
      expect([...reasons]).toEqual([REASON.NO_SHAPE, REASON.NONE]);
    },
  );

  test("finds the polygon in which a point lies, and leaves to the engine what lies on a border or in several", async () => {
    const right = await shapes(
      polygon(rectangle(0, 0, 4, 4), rectangle(1, 1, 2, 2)),
      multiPolygon([rectangle(4, 0, 4, 4)], [rectangle(10, 0, 2, 4)]),
      polygon(rectangle(11, 1, 3, 2)),
      "LINESTRING (20 0, 22 2)",
      null,
    );
    const cases: readonly [text: string | null, value: number, match: number][] = [
      ["POINT (3.5 3.5)", 1, 0],
      ["POINT (2 2)", 0, -1],
      ["POINT (5 2)", 1, 1],
      ["POINT (10.5 2)", 1, 1],
      ["POINT (13 2)", 1, 2],
      ["POINT (9 2)", 0, -1],
      ["POINT (11.5 2)", Number.NaN, -1],
      ["POINT (4 2)", Number.NaN, -1],
      ["POINT (0 4)", Number.NaN, -1],
      ["POINT (1 1.5)", Number.NaN, -1],
      ["POINT (21 1)", Number.NaN, -1],
      ["POINT (3.5 1)", 1, 0],
      [polygon(rectangle(2, 2, 3, 3)), Number.NaN, -1],
      [null, Number.NaN, -1],
    ];
    const left = await shapes(...cases.map(([text]) => text));
    const { values, matches } = await runOperator({ operator: "containing", left, right });
    expect([...values].map((value, row) => [value, matches[row]])).toEqual(
      cases.map(([, value, match]) => [value, match]),
    );
  });

  test.each([
    ["parts that overlap", multiPolygon([rectangle(0, 0, 6, 6)], [rectangle(3, 3, 6, 6)])],
    ["a part inside another", multiPolygon([rectangle(0, 0, 9, 9)], [rectangle(3, 3, 3, 3)])],
    ["a hole that reaches out", polygon(rectangle(0, 0, 6, 6), rectangle(3, 3, 6, 2))],
    ["holes that overlap", polygon(rectangle(0, 0, 9, 9), rectangle(1, 1, 5, 5), rectangle(3, 3, 5, 5))],
    [
      "a ring that crosses itself",
      polygon([
        [0, 0],
        [8, 8],
        [8, 0],
        [0, 8],
      ]),
    ],
  ])("finds points within an invalid polygon as DuckDB does: %s", async (_, text) => {
    const points = Array.from(
      { length: 100 },
      (__, at) => `ST_Point(${at % 10} + 0.3, ${Math.floor(at / 10)} + 0.6)`,
    );
    const rows = `FROM (VALUES ${points.map((point, row) => `(${row}, ${point})`).join(", ")}) AS p(row, shape)`;
    const left = await engine.shapes(`SELECT shape ${rows} ORDER BY row`);
    const right = await engine.shapes(`SELECT ST_GeomFromText('${text}')`, { unrepaired: true });
    const { values } = await runOperator({ operator: "containing", left, right });
    const wanted = await engine.query(
      `SELECT ST_Within(shape, ST_GeomFromText('${text}'))::INTEGER AS inside ${rows} ORDER BY row`,
    );
    expect([...values]).toEqual([...(wanted.getChild("inside") ?? [])]);
  });

  test.each([1, 2, 3, 4])("finds points within as DuckDB does: %d", async (seed) => {
    const random = randomNumbers(seed);
    // Among whole numbers many points lie on corners and borders, in tenths of them many lie on slanting ones but for rounding.
    const step = seed % 2 === 0 ? 10 : 1;
    const whole = (most: number) => Math.floor(most * step * random()) / step;
    const star = (): string => {
      const [x, y, size] = [whole(60), whole(60), 2 + whole(10)];
      const corners = Array.from({ length: 3 + Math.floor(6 * random()) }, (_, corner, count = 9) => {
        const angle = (2 * Math.PI * corner) / count;
        const radius = size * (0.3 + random());
        const rounded = (value: number) => Math.round(value * step) / step;
        return [rounded(x + radius * Math.cos(angle)), rounded(y + radius * Math.sin(angle))] as const;
      });
      return polygon(corners.map(([cornerX, cornerY]): Point => [cornerX, cornerY]));
    };
    const polygons = Array.from({ length: 25 }, star);
    const points = Array.from({ length: 800 }, () => `POINT (${whole(70)} ${whole(70)})`);
    const rows = (texts: readonly string[]) =>
      `(SELECT row, ST_GeomFromText(text) AS shape FROM (VALUES ${texts.map((text, row) => `(${row}, '${text}')`).join(", ")}) AS t(row, text))`;
    const valid = `(SELECT row, CASE WHEN ST_IsValid(shape) THEN shape END AS shape FROM ${rows(polygons)})`;
    const left = await engine.shapes(`SELECT shape FROM ${rows(points)} ORDER BY row`);
    const right = await engine.shapes(`SELECT shape FROM ${valid} ORDER BY row`);
    const found = await engine.query(
      `SELECT p.row, count(a.row)::INTEGER AS number, min(a.row) AS least FROM ${rows(points)} p LEFT JOIN ${valid} a
       ON ST_Within(p.shape, a.shape) GROUP BY p.row ORDER BY p.row`,
    );
    const { values, matches } = await runOperator({ operator: "containing", left, right });
    const wanted = Array.from(found, ({ number, least }) => ({ number, least }));
    const open = [...values].map(Number.isNaN);
    expect(wanted.flatMap(({ number }, row) => (number > 1 && !open[row] ? [row] : []))).toEqual([]);
    expect([...values].filter((_, row) => !open[row])).toEqual(
      wanted.flatMap(({ number }, row) => (open[row] ? [] : [number])),
    );
    expect([...matches].filter((_, row) => !open[row])).toEqual(
      wanted.flatMap(({ least }, row) => (open[row] ? [] : [least ?? -1])),
    );
    expect(open.filter(Boolean).length).toBeLessThan(points.length / 2);
    expect([...values].filter((value) => value === 1).length).toBeGreaterThan(points.length / 20);
  });

  test("what is no point is not counted within metres", async () => {
    const right = await shapes("POINT (0 0)", "LINESTRING (1 1, 2 2)");
    const left = await shapes("POINT (0 0)", "POINT (1.5 1.5)", polygon(square), null);
    const call = { operator: "within-metres", left, right, limit: 100 } as const;
    expect([...(await runOperator(call)).values]).toEqual([1, Number.NaN, Number.NaN, Number.NaN]);
  });

  test("nothing on the right side", async () => {
    const call = { left: await shapes(polygon(square)), right: await shapes(null) };
    expect([...(await runOperator({ ...call, operator: "overlap-area" })).values]).toEqual([0]);
    expect([...(await runOperator({ ...call, operator: "overlap-length" })).values]).toEqual([0]);
    expect([...(await runOperator({ ...call, operator: "nearest" })).reasons]).toEqual([REASON.NOTHING_NEAR]);
  });
});

test("polygons that lie side by side share exactly nothing", async () => {
  const random = randomNumbers(11);
  const pairs = Array.from({ length: 200 }, () => {
    const [x, y] = [531_000 + 300 * random(), 181_000 + 300 * random()];
    const [up, across] = [40 + 60 * random(), 40 + 60 * random()];
    const corner = (part: number, aside: number): Point => [x + part * across + aside, y + part * up];
    // Two sides of a slanting border, of which only one has all the corners.
    const border = [0, 0.21, 0.5, 0.83, 1].map((part) => corner(part, 0));
    return [
      polygon([...border, corner(1, -70), corner(0, -70)]),
      polygon([corner(0, 1e-6), corner(1, 1e-6), corner(1, 70), corner(0, 70)]),
    ];
  });
  const [left, right] = [0, 1].map((side) => pairs.map((pair) => pair[side] ?? ""));
  const areas = await inPairs("overlap-area", left ?? [], right ?? []);
  expect(areas.filter((area) => area !== 0)).toEqual([]);
});

test("the polygon that shares most area", async () => {
  const left = await shapes(polygon(square), polygon(rectangle(50, 50, 1, 1)));
  const right = await shapes(
    polygon(rectangle(-5, 0, 6, 10)),
    polygon(rectangle(4, 0, 4, 10)),
    polygon(rectangle(0, 4, 10, 4)),
  );
  const { values, matches } = await runOperator({ operator: "largest-overlap", left, right });
  expect([...matches]).toEqual([1, -1]);
  expect(values[0]).toBe(40);
});

describe("many shapes, in worker threads", () => {
  const grid = (
    count: number,
    size: number,
  ) => `SELECT ST_MakeEnvelope(x * ${size}, y * ${size}, (x + 1) * ${size}, (y + 1) * ${size})
    FROM range(${count}) AS a(x), range(${count}) AS b(y) ORDER BY x, y`;

  test("a polygon of very many corners over a grid that covers it", async () => {
    const wave = Array.from({ length: 30_000 }, (_, corner): Point => {
      const angle = (2 * Math.PI * corner) / 30_000;
      const radius = 40 + 5 * Math.sin(200 * angle);
      return [50 + radius * Math.cos(angle), 50 + radius * Math.sin(angle)];
    });
    const text = polygon(wave);
    const left = await engine.shapes(grid(100, 1));
    const right = await engine.shapes(`SELECT ST_GeomFromText('${text}')`);
    const { values } = await runOperator({ operator: "overlap-area", left, right });
    const area = await engine.query(`SELECT ST_Area(ST_GeomFromText('${text}')) AS area`);
    const whole = Number(area.getChild("area")?.get(0));
    expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(whole, 6);
    const { values: back } = await runOperator({ operator: "overlap-area", left: right, right: left });
    expect(back[0]).toBeCloseTo(whole, 6);
  });

  test("stops within a second, and says how far it is", async () => {
    const left = await engine.shapes(grid(150, 1));
    const right = await engine.shapes(
      `SELECT ST_Buffer(ST_Point(75, 75), 60 + i / 100, 64) FROM range(300) AS row(i)`,
    );
    const stop = new AbortController();
    const seen: number[] = [];
    const work = runOperator(
      { operator: "overlap-area", left, right },
      {
        signal: stop.signal,
        onProgress: ({ done = 0, total }) => {
          expect(total).toBe(22_500);
          if (seen.push(done) === 2) stop.abort();
        },
      },
    );
    await expect(work).rejects.toThrow(/abort/i);
    expect(seen.length).toBeGreaterThanOrEqual(2);
    expect(seen.at(-1)).toBeLessThan(22_500);
    // The workers are there for the next call.
    const { values } = await runOperator({ operator: "largest-overlap", left, right: left });
    expect(values.every((value) => value === 1)).toBe(true);
  });
});

describe("shapes in WKB", () => {
  test("as PostGIS, in any byte order, with heights, in collections", async () => {
    const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, "hex"));
    const column = columnFromWkb([
      bytes("0101000020e6100000000000000000f03f0000000000000040"),
      bytes("00000003e93ff000000000000040000000000000004008000000000000"),
      null,
    ]);
    expect([...column.kinds]).toEqual([1, 1, 0]);
    expect([...column.coordinates]).toEqual([1, 2, 1, 2]);
    expect(() => columnFromWkb([bytes("0103000000ffffffff")])).toThrow(RangeError);
    const mixed = await shapes(
      "GEOMETRYCOLLECTION (POINT (9 9), LINESTRING (0 0, 1 1), POLYGON ((0 0, 2 0, 2 2, 0 0)))",
    );
    expect([...mixed.boxes]).toEqual([0, 0, 2, 2]);
  });
});
