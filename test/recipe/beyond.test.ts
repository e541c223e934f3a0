import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { columnMetadata } from "../../kernel/src/engine/columns.ts";
import { parseRecipe } from "../../kernel/src/recipe/parse.ts";
import { computeRecipe } from "../../kernel/src/recipe/run.ts";
import type { Store } from "../../kernel/src/store/store.ts";
import type { Given } from "../conformance/cases.ts";
import { loadGiven } from "../conformance/given.ts";
import { rowsOf, temporaryStore } from "../support/store.ts";

const P = "t";
const square = (x: number, y: number, side: number) =>
  `POLYGON ((${x} ${y}, ${x + side} ${y}, ${x + side} ${y + side}, ${x} ${y + side}, ${x} ${y}))`;
const subject = (
  subjectType: string,
  label: string,
  geometry: string | null,
  name: string | null = label,
) => ({
  provider: P,
  subjectType,
  label,
  name,
  geometry,
});

/** Two areas of a hundredth of a degree side by side near Greenwich, and what lies in and across them. */
const given: Given = {
  subjects: [
    subject("area", "w", square(0, 51.5, 0.01), "West"),
    subject("area", "e", square(0.01, 51.5, 0.01), "East"),
    subject("area", "n", null, "Nowhere"),
    subject("town", "both", "POLYGON ((0 51.5, 0.02 51.5, 0.02 51.51, 0 51.51, 0 51.5))", "Both"),
    // A quarter of a side wide and a half high, half of it in each area.
    subject(
      "park",
      "p",
      "POLYGON ((0.00875 51.5, 0.01125 51.5, 0.01125 51.505, 0.00875 51.505, 0.00875 51.5))",
    ),
    subject("road", "r", "LINESTRING (0.005 51.502, 0.015 51.502)"),
    subject("stop", "s1", "POINT (0.005 51.505)"),
    subject("stop", "s2", "POINT (0.005 51.52)"),
    ...[1, 2, 3, 4, 5, 6].map((house) => subject("house", `h${house}`, `POINT (${0.001 * house} 51.501)`)),
  ],
  timedValues: [
    ["w", P, "soot in ug/m3", "2015-12-31T23:59:59", 7],
    ["w", P, "people", "2010-12-31T23:59:59", 100],
    ["w", P, "people", "2015-06-30T00:00:00", 150],
    ["w", P, "people", "2015-12-31T23:59:59", 160],
    ["e", P, "people", "2010-12-31T23:59:59", 0],
    ["e", P, "people", "2015-12-31T23:59:59", 50],
    ["both", P, "people", "2015-12-31T23:59:59", 999],
    ...[1, 2, 3, 4, 5, 6].flatMap((house): [string, string, string, string, number][] => [
      [`h${house}`, P, "rent", "2015-12-31T23:59:59", house < 4 ? 100 + house : 900 + house],
      [`h${house}`, P, "rooms", "2015-12-31T23:59:59", house],
    ]),
  ],
  fixedValues: [
    ["w", P, "kind", "urban"],
    ["e", P, "kind", "rural"],
    ["both", P, "level", "high"],
    ["w", P, "level", "low"],
    ["h1", P, "floor", "2"],
    ["h2", P, "floor", "4"],
    ["h3", P, "floor", "top"],
  ],
};

let store: Store & { remove(): void };
beforeAll(async () => {
  store = await temporaryStore();
  await loadGiven(store, given);
});
afterAll(() => store.remove());

async function compute(text: string) {
  const warnings: string[] = [];
  const onWarning = (sentence: string) => warnings.push(sentence);
  const result = await computeRecipe(store, parseRecipe(text, { onWarning }), { onWarning });
  return { ...result, warnings, rows: rowsOf(result.table) };
}

const columnOf = async (field: string, subjects = "area") => {
  const { rows } = await compute(`subjects: ${subjects}\nfields:\n  x: ${field}\n`);
  return rows.map(({ x }) => x);
};

/** Lengths of a degree at 51.5° on the ellipsoid WGS 84, in metres. */
const [EAST, NORTH] = [69_440, 111_256];

describe("what the language of 2019 could not say", () => {
  test("area of an overlap, and the share covered", async () => {
    const [west, east, nowhere] = await columnOf("{ area-inside: park }");
    const half = 0.00125 * EAST * 0.005 * NORTH;
    expect(Number(west) / half).toBeCloseTo(1, 2);
    expect(Number(east) / half).toBeCloseTo(1, 2);
    expect(nowhere).toBeNull();
    const [share] = await columnOf("{ share-covered: park }");
    expect(Number(share)).toBeCloseTo(1 / 16, 4);
  });

  test("length of a line, and of what of it lies inside", async () => {
    const [whole] = await columnOf("{ length: km }", "road");
    expect(Number(whole)).toBeCloseTo((0.01 * EAST) / 1000, 2);
    const [west, east] = await columnOf("{ length-inside: road, unit: km }");
    expect(Number(west) + Number(east)).toBeCloseTo(Number(whole), 6);
  });

  test("distance to the nearest, on the ellipsoid", async () => {
    expect(await columnOf("{ distance-to: stop }", 'area named "West"')).toEqual([0]);
    const [far] = await columnOf("{ distance-to: stop, maxDistanceMetres: 2000 }", 'stop labelled "s2"');
    expect(far).toBe(0);
    const [house] = await columnOf("{ distance-to: stop, unit: km }", 'house labelled "h5"');
    expect(Number(house)).toBeCloseTo((0.004 * NORTH) / 1000, 3);
    expect(await columnOf("{ distance-to: stop, maxDistanceMetres: 100 }", 'house labelled "h5"')).toEqual([
      null,
    ]);
  });

  test("how many are within a distance", async () => {
    expect(await columnOf("{ count-near: house, metres: 420 }", 'stop labelled "s1"')).toEqual([0]);
    expect(await columnOf("{ count-near: house, metres: 451 }", 'stop labelled "s1"')).toEqual([3]);
    expect(await columnOf("{ count-near: house, metres: 100000 }")).toEqual([6, 6, null]);
    // In the plane of the National Grid, where a metre is a little off.
    expect(
      await columnOf("{ count-near: house, metres: 451, targetCRSCode: 27700 }", 'stop labelled "s1"'),
    ).toEqual([3]);
  });

  test.each([
    "area-inside: park",
    "length-inside: road",
    "count-near: park, metres: 10",
    "share-covered: park",
  ])("%s is missing in a system of coordinates that there is not", async (field) => {
    expect(await columnOf(`{ ${field}, targetCRSCode: 99999 }`)).toEqual([null, null, null]);
    expect(await columnOf(`{ ${field}, targetCRSCode: 27700 }`)).toEqual([
      expect.any(Number),
      expect.any(Number),
      null,
    ]);
  });

  test("a distance in such a system is missing, and the reason names it", async () => {
    const { missing } = await compute(
      "subjects: area\nfields:\n  x: { distance-to: park, targetCRSCode: 99999, maxDistanceMetres: 9 }\n",
    );
    expect(missing[0]?.reasons).toEqual([{ reason: "no park is within 9 metres in EPSG:99999", count: 3 }]);
  });

  test("the nearest within metres", async () => {
    const nearest = "{ nearest: house, field: { subject-label: }, maxDistanceMetres: 500 }";
    expect(await columnOf(nearest, 'stop labelled "s1"')).toEqual(["h5"]);
  });

  test("a window of time, and the change between two", async () => {
    expect(await columnOf("{ latest-value: t/people, to: 2012 }")).toEqual([100, 0, null]);
    expect(await columnOf("{ latest-value: t/people, from: 2016 }")).toEqual([null, null, null]);
    expect(await columnOf("{ change: t/people, from: 2010, to: 2015 }")).toEqual([60, 50, null]);
    expect(await columnOf("{ change: t/people, from: 2010, to: 2015-06, as: percent }")).toEqual([
      50,
      null,
      null,
    ]);
    expect(await columnOf("{ change: t/people, from: 2010-12-31T23:59:59, to: 2015-12, as: ratio }")).toEqual(
      [1.6, null, null],
    );
    expect(await columnOf("{ timeseries-mean-value: t/people, from: 2015 }")).toEqual([155, 50, null]);
  });

  test("a mean weighted by another value", async () => {
    const field = "{ mean-within: house, field: t/rent, weight: t/rooms }";
    const [west] = await columnOf(field);
    expect(Number(west)).toBeCloseTo((101 + 204 + 309 + 4 * 904 + 5 * 905 + 6 * 906) / 21, 9);
  });

  test("a back-off shows from which level each value is", async () => {
    const { rows, table } = await compute(
      "subjects: area\nfields:\n  level: { back-off: [{ fixed-value: t/level }], to: [town], levelLabel: from }\n",
    );
    expect(rows.map(({ level, from }) => [level, from])).toEqual([
      ["low", "area"],
      ["high", "town"],
      [null, null],
    ]);
    const twice = await compute(
      "subjects: area\nfields:\n  level: { back-off: [{ fixed-value: t/level }], levelLabel: level }\n",
    );
    expect(twice.warnings[0]).toMatch(/^Two columns are called "level"/);
    expect(table.schema.fields.map(({ name }) => name)).toEqual([
      "label",
      "name",
      "level",
      "from",
      "geometry",
    ]);
  });

  test("groups that are alike, the same for the same seed", async () => {
    const field = "{ cluster: [t/rent, t/rooms], count: 2 }";
    const groups = await columnOf(field, "house");
    expect(groups).toEqual([1, 1, 1, 2, 2, 2]);
    expect(await columnOf(field, "house")).toEqual(groups);
    expect(await columnOf("{ cluster: [t/people], count: 2 }")).toEqual([2, 1, null]);
    expect(await columnOf("{ cluster: [1], count: 5 }", "house")).toEqual([1, 1, 1, 1, 1, 1]);
    // Three that differ make three groups, numbered without a gap, however many are asked for.
    const half = "{ cluster: [{ arithmetic: (t/rooms - 3) * (t/rooms - 4) }], count: 5 }";
    expect(await columnOf(half, "house")).toEqual([3, 2, 1, 1, 2, 3]);
  });

  test("percentiles among named reference subjects", async () => {
    expect(await columnOf("{ quartile: t/rent, subjects: house }", 'house labelled "h6"')).toEqual([4]);
    expect(
      await columnOf('{ percentiles: t/rent, percentileCount: 2, subjects: house labelled "h1" }', "house"),
    ).toEqual([1, 2, 2, 2, 2, 2]);
  });
});

describe("filters", () => {
  const labels = async (subjects: string) =>
    (await compute(`subjects: '${subjects}'\nfields: {}\n`)).rows.map(({ label }) => label);
  test.each([
    ["house where t/rent > 900", ["h4", "h5", "h6"]],
    ["house where t/rent > 900 and t/rooms < 6", ["h4", "h5"]],
    ["house where t/rent < 102 or t/rooms = 6", ["h1", "h6"]],
    ["house where not (t/rent < 905 or t/rooms = 6)", ["h5"]],
    ['house where label like "h_" and not name = "h2"', ["h1", "h3", "h4", "h5", "h6"]],
    ['area where t/kind = "urban"', ["w"]],
    ["area where t/kind != urban", ["e"]],
    ["area where t/kind exists", ["w", "e"]],
    // What has no value fulfils neither a test nor its opposite.
    ["area where not t/people > 1000000", ["w", "e"]],
    ['house in area "West" where t/rooms >= 5', ["h5", "h6"]],
    ['area in "Both"', ["w", "e"]],
    ['house in "West" or "East"', ["h1", "h2", "h3", "h4", "h5", "h6"]],
    ['area crossing "nothing"', []],
    ['house where t/rooms > "5"', ["h6"]],
    ['house where t/rooms = "5.0"', ["h5"]],
    ["house where t/rooms > many", []],
    ["house where t/rooms = 0x5", []],
  ])("%s", async (subjects, expected) => {
    expect(await labels(subjects)).toEqual(expected);
  });

  test("choose the members of an aggregate", async () => {
    expect(await columnOf("{ count-within: house where t/rent > 900 }", 'area named "West"')).toEqual([3]);
  });

  test("may name a column", async () => {
    const { rows } = await compute(
      "subjects: house where twice > 9\nfields:\n  twice: { arithmetic: 2 * t/rooms }\n",
    );
    expect(rows.map(({ twice }) => twice)).toEqual([10, 12]);
  });
});

describe("what is missing", () => {
  test("is counted by reason, in the result and in its columns", async () => {
    const { missing, warnings, table } = await compute(
      "subjects: area\nfields:\n  x: { arithmetic: 1 / t/people }\n  y: { fixed-value: t/level }\n",
    );
    expect(missing[0]).toEqual({
      label: "x",
      count: 1,
      total: 3,
      reasons: [{ reason: "the subject has no value of t/people", count: 1 }],
    });
    expect(warnings).toEqual([
      "x: 1 of 3 values are missing: the subject has no value of t/people.",
      "y: 2 of 3 values are missing: the subject has no value of t/level.",
    ]);
    const column = table.schema.fields.find(({ name }) => name === "x");
    expect(column && columnMetadata(column).missing).toBe(warnings[0]);
  });

  test.each([
    // Of the six houses in the west one has a floor that is no number, and three have none.
    [
      "{ sum-within: house, field: { fixed-value: t/floor } }",
      [6, 0, 0],
      "in 1 of 3 values 4 members without a number are left out",
    ],
    [
      "{ arithmetic: { operation: add, field1: { mean-within: house, field: { fixed-value: t/floor } }, field2: 1 } }",
      [4, null, null],
      "in 1 of 3 values 4 members without a number are left out",
    ],
    ["{ sum: [t/kind, 5] }", [5, 5, null], "in 2 of 3 values 2 members without a number are left out"],
    [
      "{ sum: [t/kind, { latest-value: t/people }] }",
      [160, 50, null],
      "in 2 of 3 values 2 members without a number are left out",
    ],
    [
      "{ descriptive-statistics: [{ latest-value: t/people }, 8, 9], statistic: min }",
      [8, 8, 8],
      "in 1 of 3 values 1 member without a number is left out",
    ],
    [
      "{ linear-combination: [{ latest-value: t/people }, t/kind], scalars: [1, 1] }",
      [160, 50, 0],
      "in 3 of 3 values 4 members without a number are counted as 0",
    ],
    ["{ count-within: house }", [6, 0, 0], undefined],
    ["{ sum-within: house, field: { latest-value: t/rooms } }", [21, 0, 0], undefined],
  ])("members without a number are counted: %s", async (field, values, told) => {
    const { rows, warnings } = await compute(`subjects: area\nfields:\n  x: ${field}\n`);
    expect(rows.map(({ x }) => x)).toEqual(values);
    expect(warnings.filter((sentence) => sentence.includes("without a number"))).toEqual(
      told === undefined ? [] : [`x: ${told}.`],
    );
  });

  test("has the reason of the operand that is missing", async () => {
    const { missing } = await compute(
      "subjects: area\nfields:\n  x: { arithmetic: (t/people - 50) / (t/people - 50) }\n",
    );
    expect(missing[0]?.reasons).toEqual([
      { reason: "a division by zero", count: 1 },
      { reason: "the subject has no value of t/people", count: 1 },
    ]);
  });

  test("a label with a slash needs no provider", async () => {
    const { rows, warnings } = await compute(
      'subjects: area named "West"\nfields:\n  x: { value: soot in ug/m3 }\n',
    );
    expect(rows[0]?.x).toBe(7);
    expect(warnings).toEqual([]);
  });

  test("an unknown type and a place without subjects are told", async () => {
    const { warnings } = await compute("subjects: area\nfields:\n  x: { count-within: t/hose }\n");
    expect(warnings).toEqual(['The store has no subjects of type "t/hose". Did you mean "t/house"?']);
    const none = await compute("subjects: area where t/people > 1000000\nfields: {}\n");
    expect(none.warnings).toEqual(['No subject of type "area" fulfils the condition: the result is empty.']);
    const words = await compute("subjects: area where t/people > many\nfields: {}\n");
    expect(words.warnings[0]).toBe(
      'where: "many" is no number, and what it is compared with is one: none fulfils this.',
    );
    const empty = await compute('subjects: area in "Atlantis"\nfields: {}\n');
    expect(empty.warnings.join(" ")).toMatch(/The place that the recipe names is not in the store/);
  });

  test("a reference subject without a value is an error that names it, unless it is skipped", async () => {
    await expect(
      compute("subjects: area\nfields:\n  x: { quartile: t/people, subjects: area }\n"),
    ).rejects.toThrow("x: the reference subject n has no value: the subject has no value of t/people");
    expect(await columnOf("{ quartile: t/people, subjects: area, missing: skip }")).toEqual([3, 1, null]);
  });

  test("of several percentiles the first that lacks a value is told, with the first subject that lacks it", async () => {
    const fields = (first: string) =>
      `subjects: house\nfields:\n  a: { quartile: t/rent, subjects: house }\n${first}` +
      "  c: { quartile: t/people, subjects: area }\n  d: { quartile: t/level, subjects: area }\n";
    await expect(compute(fields(""))).rejects.toThrow("c: the reference subject n has no value");
    await expect(compute(fields("  b: { quartile: t/kind, subjects: area }\n"))).rejects.toThrow(
      "b: the reference subject e has no value: its value is no number",
    );
  });

  test("percentiles of the same subjects have each their own number of buckets and their own gaps", async () => {
    const { rows } = await compute(
      "subjects: house\nfields:\n  a: { percentiles: t/rent, percentileCount: 2, subjects: house }\n" +
        "  b: { percentiles: t/rooms, percentileCount: 6, subjects: house, inverse: true }\n" +
        "  c: { percentiles: t/people, percentileCount: 3, subjects: house, missing: skip }\n",
    );
    expect(rows.map(({ a, b, c }) => [a, b, c])).toEqual([
      [1, 6, null],
      [1, 5, null],
      [1, 4, null],
      [2, 3, null],
      [2, 2, null],
      [2, 1, null],
    ]);
  });
});
