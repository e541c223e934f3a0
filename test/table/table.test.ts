import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import {
  decodeRows,
  parseTableAnswer,
  parseTableRequest,
  rowNumbers,
  type TableQuery,
} from "@tombolo/bundle";
import { tableFromIPC } from "apache-arrow";
import { withColumnMetadata } from "../../kernel/src/engine/columns.ts";
import { openDuckDB } from "../../kernel/src/engine/duckdb.ts";
import type { Engine } from "../../kernel/src/engine/engine.ts";
import { tableFromRecords } from "../../kernel/src/engine/records.ts";
import type { Comm } from "../../kernel/src/magics/comms.ts";
import { map } from "../../kernel/src/map/map.ts";
import { filter } from "../../kernel/src/selection/selection.ts";
import { table as service } from "../../kernel/src/services/table.ts";
import { tableReaders } from "../../kernel/src/table/readers.ts";
import { statisticsOf } from "../../kernel/src/table/statistics.ts";
import { table } from "../../kernel/src/table/table.ts";
import { randomNumbers } from "../support/random.ts";
import { rowsOf } from "../support/store.ts";

const random = randomNumbers(5);
const names = ["north", "south", "East", "10 west", "9 west", "<b>bold</b>"];
const records = Array.from({ length: 5000 }, (_, row) => ({
  row,
  name: random() < 0.05 ? null : names[Math.floor(random() * names.length)],
  value: random() < 0.1 ? null : Math.round(random() * 1000) / 10,
  count: random() < 0.1 ? null : Math.floor(random() * 40),
  // The year before and the years after 2020.
  time: new Date(Date.UTC(2019, 0, 1) + Math.floor(random() * 1000) * 86_400_000),
}));
const data = withColumnMetadata(tableFromRecords(records), () => ({ access: "public" }));
const reader = (of = data) => {
  const found = tableReaders.find(table(of).spec.plan ?? "");
  if (!found) throw new Error("the table was not kept");
  return found;
};
const read = (query: TableQuery) => [...reader().rows(query, undefined)];

describe("agrees with SQL", () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openDuckDB();
    await engine.register("records", data);
  });
  afterAll(() => engine.close());

  test.each<[string, string, string]>([
    ["value", "> 50", "value > 50"],
    ["value", "<= 12.5", "value <= 12.5"],
    ["value", "10..20", "value BETWEEN 10 AND 20"],
    ["value", "!= 3", "value <> 3"],
    ["count", "7", "count = 7"],
    ["value", "missing", "value IS NULL"],
    ["name", "present", "name IS NOT NULL"],
    ["name", "WEST", "name ILIKE '%west%'"],
    ["name", "= south", "name = 'south'"],
    ["name", "!= south", "name <> 'south'"],
    ["name", "<b>", "name LIKE '%<b>%'"],
    ["time", "2020", "year(time) = 2020"],
    ["time", "> 2020", "year(time) > 2020"],
    ["time", ">= 2020-03", "time >= TIMESTAMP '2020-03-01'"],
    ["time", "2019-12..2020-01", "time BETWEEN TIMESTAMP '2019-12-01' AND TIMESTAMP '2020-01-31 23:59'"],
    ["time", "< 2019-02-03", "time < TIMESTAMP '2019-02-03'"],
  ])("%s %s", async (column, written, condition) => {
    const expected = rowsOf(
      await engine.query(`SELECT "row" FROM records WHERE ${condition} ORDER BY "row"`),
    );
    expect(expected.length).toBeGreaterThan(0);
    expect(read({ filters: { [column]: written } })).toEqual(expected.map(({ row }) => row));
  });

  test.each([
    ["value", false],
    ["value", true],
    ["count", false],
    ["time", true],
  ])(
    "ordered by %s, descending %s, what is missing comes last and equals keep their order",
    async (column, descending) => {
      const direction = descending ? "DESC" : "ASC";
      const sql = `SELECT "row" FROM records ORDER BY "${column}" ${direction} NULLS LAST, "row"`;
      const expected = rowsOf(await engine.query(sql)).map(({ row }) => row);
      expect(read({ sort: { column, descending }, filters: {} })).toEqual(expected);
    },
  );

  test("a column's figures", async () => {
    const [expected = {}] = rowsOf(
      await engine.query(
        "SELECT min(value) AS least, max(value) AS most, avg(value) AS mean, stddev_samp(value) AS deviation, count(*) - count(value) AS missing FROM records",
      ),
    );
    const { figures, bars } = statisticsOf(reader().column("value"), Int32Array.from(records.keys()));
    const figure = (name: string) => Number(Object.fromEntries(figures)[name]);
    expect(figure("Missing")).toBe(expected.missing);
    for (const [name, value] of [
      ["Least", expected.least],
      ["Greatest", expected.most],
      ["Mean", expected.mean],
      ["Standard deviation", expected.deviation],
    ] as const)
      expect(figure(name)).toBeCloseTo(Number(value), 0);
    expect(bars.reduce((sum, [, count]) => sum + count, 0)).toBe(5000 - Number(expected.missing));
  });
});

test("texts are ordered as people order them: numbers in them by size, capitals beside small letters", () => {
  const order = [
    ...new Set(
      read({ sort: { column: "name", descending: false }, filters: {} }).map((row) => records[row]?.name),
    ),
  ];
  expect(order).toEqual(["<b>bold</b>", "9 west", "10 west", "East", "north", "south", null]);
});

test.each([
  ["value", "a lot", '"value" is compared with a number, and "a lot" is none'],
  ["time", "> soon", '"time" is compared with a time, and "soon" is none'],
  ["nothing", "1", 'The table does not show a column "nothing"'],
])("%s %s is a sentence", (column, written, message) => {
  expect(() => read({ filters: { [column]: written } })).toThrow(message);
});

test("why a value is missing is told, in its cell, in the column's figures and in what is saved", async () => {
  const marked = withColumnMetadata(
    tableFromRecords([
      { area: "A", people: 12, marks: null },
      { area: "B", people: null, marks: "[c]" },
      { area: "C", people: null, marks: null },
    ]),
    ({ name }) => ({ access: "public", ...(name === "people" && { marks: "marks", unit: "people" }) }),
  );
  const { spec } = table(marked);
  expect(spec.rows).toEqual([
    ["A", "12"],
    ["B", "[c]"],
    ["C", null],
  ]);
  const { figures } = statisticsOf(reader(marked).column("people"), Int32Array.from([0, 1, 2]));
  expect(figures).toEqual(
    expect.arrayContaining([
      ["Missing [c]", "1"],
      ["Missing", "1"],
      ["Median", "12 people"],
    ]),
  );
});

describe("the front end", () => {
  /** Opens a table as the front end does. */
  function opened(plan: string) {
    const sent: [unknown, readonly Uint8Array[]][] = [];
    const received: ((data: unknown, buffers: readonly Uint8Array[]) => unknown)[] = [];
    let isClosed = false;
    const end: Comm = {
      id: "t",
      target: service.target,
      send: (message, buffers = []) => void sent.push([message, buffers]),
      onMessage: (each) => void received.push(each),
      onClose: () => undefined,
      close: () => {
        isClosed = true;
      },
    };
    Reflect.apply(service.opened, undefined, [undefined, end, { plan }]);
    const ask = (request: object) => {
      for (const each of received) each({ number: 1, ...request }, []);
      const [message, buffers = []] = sent.at(-1) ?? [];
      return { answer: parseTableAnswer(message), buffers };
    };
    return { ask, isClosed: () => isClosed };
  }

  test("reads pages of a query, and only the rows that are shown", async () => {
    const { ask } = opened(table(data).spec.plan ?? "");
    const query = { sort: { column: "value", descending: true }, filters: { name: "north" } };
    const { answer, buffers } = ask({ want: "rows", query, start: 10, end: 30 });
    const expected = read(query);
    expect(answer).toEqual({ number: 1, give: "rows", start: 10, count: expected.length });
    const page = tableFromIPC(buffers[0]);
    expect([...(page.getChild("row") ?? [])]).toEqual(expected.slice(10, 30));
    expect(page.getChild("c1")?.get(0)).toBe("north");
    await filter(data, [3, 4, 5]);
    expect(ask({ want: "rows", query: { filters: {} }, start: 0, end: 10 }).answer).toMatchObject({
      count: 3,
    });
    await filter(data, null);
    const found = ask({ want: "found", query: { filters: { count: "3" } } });
    expect([...rowNumbers(decodeRows(found.buffers[0] ?? new Uint8Array()))]).toEqual(
      read({ filters: { count: "3" } }),
    );
  });

  test("is told of a condition that cannot be understood", () => {
    const { ask } = opened(table(data).spec.plan ?? "");
    expect(ask({ want: "rows", query: { filters: { value: "x" } }, start: 0, end: 1 }).answer).toMatchObject({
      give: "mistake",
    });
  });

  test("that asks for a table of another kernel gets none", () => {
    expect(opened("0123456789abcdef").isClosed()).toBe(true);
  });

  test.each([
    null,
    {},
    { number: 1, want: "rows", query: {} },
    { number: 1, want: "all", query: { filters: {} } },
  ])("cannot ask %j", (request) => {
    expect(() => parseTableRequest(request)).toThrow(TypeError);
  });
});

test("two tables with the same labels and other values are told apart, though their rows are linked", () => {
  const [first, second] = [1, 2].map((value) => table([{ label: "A", value }]).spec);
  expect(first?.link).toEqual(second?.link);
  expect(first?.plan).not.toBe(second?.plan);
});

test("a map of the same rows leaves the table with the rows that its columns are as wide as", () => {
  const places = withColumnMetadata(
    tableFromRecords(
      records.slice(0, 30).map((record, row) => ({ ...record, longitude: row / 10, latitude: 51 })),
    ),
    () => ({ access: "public" }),
  );
  const { plan = "" } = table(places).spec;
  const { layers } = map(places).spec;
  expect(layers[0]?.plan).toBe(plan);
  expect(tableReaders.find(plan)?.spec.rows.length).toBe(20);
});
