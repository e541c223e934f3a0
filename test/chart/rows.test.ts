import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { rowNumbers, rowSet } from "@tombolo/bundle";
import type { Table } from "apache-arrow";
import type { DrawnRows } from "../../kernel/src/chart/chart-type.ts";
import { thinLine } from "../../kernel/src/chart/m4.ts";
import type { ChartOptions } from "../../kernel/src/chart/options.ts";
import { prepareChart } from "../../kernel/src/chart/prepare.ts";
import { withColumnMetadata } from "../../kernel/src/engine/columns.ts";
import { openDuckDB } from "../../kernel/src/engine/duckdb.ts";
import type { Engine } from "../../kernel/src/engine/engine.ts";
import { tableFromRecords } from "../../kernel/src/engine/records.ts";
import { randomNumbers } from "../support/random.ts";
import { rowsOf } from "../support/store.ts";

const random = randomNumbers(11);
const groups = ["north", "south", "east", "west"];
const count = 30_000;

/** Sensors with gaps, in four groups whose values differ. */
const records = Array.from({ length: count }, (_, row) => ({
  label: `s${row}`,
  group: groups[row % 4],
  people: Math.floor(random() * 500),
  rate: random() < 0.02 ? null : random() * 10 + (row % 4) * 5,
  time: new Date(1_600_000_000_000 + row * 3_600_000),
}));
const table = withColumnMetadata(tableFromRecords(records), ({ name }) => ({
  access: "public",
  ...(name === "people" && { kind: "count" as const }),
}));
const drawn = (options: ChartOptions, sets = {}, data: Table = table): DrawnRows =>
  prepareChart(data, options).rows(sets);
const objects = (rows: DrawnRows) =>
  Array.from({ length: Object.values(rows)[0]?.length ?? 0 }, (_, at) =>
    Object.fromEntries(Object.entries(rows).map(([name, values]) => [name, values[at]])),
  );

describe("agrees with SQL", () => {
  let engine: Engine;

  beforeAll(async () => {
    engine = await openDuckDB();
    await engine.register("sensors", table);
  });
  afterAll(() => engine.close());
  const sql = async (text: string) => rowsOf(await engine.query(text));

  test.each(["mean", "sum", "median", "min", "max"] as const)("a bar's %s", async (aggregate) => {
    const expected = await sql(
      `SELECT "group" AS category, ${aggregate === "mean" ? "avg" : aggregate}(rate) AS value, count(*) AS count
       FROM sensors GROUP BY 1 ORDER BY 2 DESC`,
    );
    const rows = objects(drawn({ type: "bar", x: "group", y: "rate", aggregate }));
    expect(rows.map(({ category, count: rows }) => [category, rows])).toEqual(
      expected.map(({ category, count: rows }) => [category, rows]),
    );
    expect(rows.map(({ value }) => value)).toEqual(
      expected.map(({ value }) => expect.closeTo(Number(value), 8)),
    );
  });

  test("a histogram's counts, of all rows and of those selected", async () => {
    const selected = rowSet(
      count,
      Array.from({ length: count / 3 }, (_, row) => row * 3),
    );
    const rows = objects(drawn({ type: "histogram", x: "rate" }, { selected }));
    const expected = await sql(`SELECT floor(rate)::INTEGER AS "from", count(*) AS count,
      count(*) FILTER (WHERE substr(label, 2)::INTEGER % 3 = 0) AS selected
      FROM sensors WHERE rate IS NOT NULL GROUP BY 1 ORDER BY 1`);
    expect(
      rows.map(({ from, count: all, selected: some }) => ({ from, count: all, selected: some })),
    ).toEqual(expected);
  });

  test("a box's five numbers", async () => {
    const rows = objects(drawn({ type: "box", y: "rate", x: "group" })).filter(({ part }) => part === "box");
    const expected = await sql(
      `SELECT "group", quantile_cont(rate, 0.25) AS first, median(rate) AS median, quantile_cont(rate, 0.75) AS third
       FROM sensors GROUP BY 1`,
    );
    for (const { category, first, median, third } of rows) {
      const found = expected.find(({ group }) => group === category);
      expect([first, median, third].map(Number)).toEqual(
        [found?.first, found?.median, found?.third].map((value) => expect.closeTo(Number(value), 9)),
      );
    }
  });

  test("the correlation of two columns, and the density of their points", async () => {
    const chart = prepareChart(table, { type: "scatter", x: "people", y: "rate" });
    const rows = chart.rows({});
    const [{ correlation, present } = {}] = await sql(
      "SELECT corr(people, rate) AS correlation, count(rate) AS present FROM sensors",
    );
    expect(chart.describe(rows)).toContain(`Correlation: ${Number(correlation).toFixed(2)}`);
    expect(Array.from(rows.count ?? []).reduce<number>((sum, each) => sum + Number(each), 0)).toBe(present);
  });

  test("a line over time, where several rows have one time", async () => {
    const daily = withColumnMetadata(
      tableFromRecords(
        records
          .slice(0, 4000)
          .map((row) => ({ ...row, time: new Date(row.time.getTime() - (row.time.getTime() % 86_400_000)) })),
      ),
      () => ({ access: "public" }),
    );
    await engine.register("daily", daily);
    const rows = objects(drawn({ type: "line", x: "time", y: "rate", colour: "group" }, {}, daily));
    const expected = await sql(
      `SELECT "group" AS colour, epoch_ms("time") AS x, avg(rate) AS y FROM daily GROUP BY 1, 2`,
    );
    expect(rows).toHaveLength(expected.length);
    for (const { colour, x, y } of rows) {
      const found = expected.find((each) => each.colour === colour && Number(each.x) === x);
      expect(y).toBeCloseTo(Number(found?.y), 9);
    }
  });
});

describe("what is chosen in a chart", () => {
  test.each<
    [string, ChartOptions, Record<string, (string | number)[]>, (row: (typeof records)[number]) => boolean]
  >([
    [
      "a bar",
      { type: "bar", x: "group", y: "people" },
      { category: ["south", "west"] },
      ({ group }) => group === "south" || group === "west",
    ],
    [
      "a range of a histogram",
      { type: "histogram", x: "rate" },
      { from: [3, 5] },
      ({ rate }) => rate !== null && rate >= 3 && rate < 5,
    ],
    [
      "a part of a density",
      { x: "people", y: "rate" },
      { fromX: [10, 20], fromY: [9, 3] },
      ({ people, rate }) => people >= 10 && people <= 20 && rate !== null && rate >= 3 && rate <= 9,
    ],
    [
      "a stretch of a long line",
      { x: "time", y: "rate" },
      { x: [1_600_000_000_000, 1_600_100_000_000] },
      ({ time }) => time.getTime() <= 1_600_100_000_000,
    ],
  ])("as %s is the rows that it stands for", (_, options, brush, isMeant) => {
    const found = prepareChart(table, options).find?.(brush);
    const expected = records.flatMap((record, row) => (isMeant(record) ? [row] : []));
    expect(expected.length).toBeGreaterThan(0);
    expect(found && [...rowNumbers(found)]).toEqual(expected);
  });
});

test("a filter leaves only the rows that it shows", () => {
  const shown = rowSet(count, [0, 1, 4]);
  const bars = objects(drawn({ type: "bar", x: "group", y: "people" }, { shown }));
  const [first, second, , , fifth] = records.map(({ people }) => people);
  expect(bars.find(({ category }) => category === "north")).toMatchObject({
    count: 2,
    value: (first ?? 0) + (fifth ?? 0),
  });
  expect(bars.find(({ category }) => category === "south")).toMatchObject({ count: 1, value: second });
  expect(bars).toHaveLength(2);
  expect(
    Array.from(drawn({ type: "histogram", x: "people" }, { shown }).count ?? []).reduce<number>(
      (sum, each) => sum + Number(each),
      0,
    ),
  ).toBe(3);
});

test("a thinned line keeps, of each stretch, its first, last, lowest and highest point", () => {
  const x = Float64Array.from({ length: 50_000 }, (_, at) => at);
  const y = Float64Array.from(x, () => random());
  const points = Int32Array.from(x.keys());
  const kept = thinLine(points, x, y, [0, 49_999], 100);
  expect(kept.length).toBeLessThanOrEqual(400);
  for (let stretch = 0; stretch < 100; stretch++) {
    const inside = (all: Int32Array) =>
      [...all].filter((at) => Math.min(99, Math.floor(at / 499.99)) === stretch);
    const [all, few] = [inside(points), inside(kept)];
    const heights = (list: number[]) => list.map((at) => y[at] ?? 0);
    expect([few[0], few.at(-1)]).toEqual([all[0], all.at(-1)]);
    expect([Math.min(...heights(few)), Math.max(...heights(few))]).toEqual([
      Math.min(...heights(all)),
      Math.max(...heights(all)),
    ]);
  }
});

test("a ridge is a density: its area is the same for each group, and the selection's is its share", () => {
  const selected = rowSet(
    count,
    Array.from({ length: count / 2 }, (_, row) => row * 2),
  );
  const rows = objects(drawn({ type: "ridge", x: "rate", y: "group" }, { selected }));
  const area = (part: string, name: string) =>
    rows
      .filter((row) => row.part === part && row.category === name)
      .reduce((sum, { top, base }) => sum + Number(top) - Number(base), 0);
  expect(area("all", "north")).toBeCloseTo(area("all", "west"), 0);
  // Every row of the first and the third group has an even number.
  expect(area("selected", "north") / area("all", "north")).toBeCloseTo(1, 6);
  expect(area("selected", "south")).toBe(0);
});
