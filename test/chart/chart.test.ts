import { describe, expect, test } from "@jest/globals";
import {
  BLOBS_SYMBOL,
  checkVegaLite,
  choicesOf,
  DISPLAY_SYMBOL,
  isLiveReference,
  type MimeBundle,
  parseChartSpec,
} from "@tombolo/bundle";
import { chart } from "../../kernel/src/chart/chart.ts";
import { chartTypeNames } from "../../kernel/src/chart/types/index.ts";
import { withColumnMetadata } from "../../kernel/src/engine/columns.ts";
import { tableFromRecords } from "../../kernel/src/engine/records.ts";
import { randomNumbers } from "../support/random.ts";
import { squaresTable } from "../support/tables.ts";

const CHART = "application/vnd.tombolo.chart.v1+json";
const VEGA_LITE_5 = "application/vnd.vegalite.v5+json";
const shown = async (view: { [DISPLAY_SYMBOL](): MimeBundle | Promise<MimeBundle> }) =>
  view[DISPLAY_SYMBOL]();
const schema = "https://vega.github.io/schema/vega-lite/v6.json";

const HOSTILE = [
  { name: "<img src=x onerror=alert(1)>", x: 1, y: 1e308, when: new Date(0) },
  { name: "'; DROP TABLE x; --", x: Number.NaN, y: -1e308, when: new Date(8.64e15) },
  { name: "${process.exit()}", x: Number.POSITIVE_INFINITY, y: Number.NEGATIVE_INFINITY, when: null },
  { name: "__proto__", x: null, y: 5e-324, when: new Date(Number.NaN) },
  { name: "x".repeat(10_000), x: 3, y: 0, when: new Date(1e12) },
  { name: null, x: 3, y: null, when: new Date(1e12) },
];
const COLUMNS: Record<string, object> = {
  line: { x: "when", y: "y" },
  ridge: { x: "x", y: "name" },
  box: { y: "y", x: "name" },
  scatter: { x: "x", y: "y" },
};

describe.each(chartTypeNames)("%s", (type) => {
  test.each([
    ["hostile values", HOSTILE],
    ["one row", [{ name: "A", x: 1, y: 2, when: new Date(0) }]],
    ["equal values", Array(5).fill({ name: "A", x: 7, y: 7, when: new Date(0) })],
  ])("of %s is a chart all the same", async (_, records) => {
    const { data } = await shown(chart(records, { type, ...COLUMNS[type] }));
    expect(parseChartSpec(data[CHART])).toMatchObject({ version: 1, access: "public" });
    expect(Buffer.from(String(data["image/png"]), "base64").length).toBeLessThan(200_000);
    expect(data["text/plain"]).toMatch(/^Chart: /);
  });

  test("of no rows is a chart all the same", async () => {
    const empty = squaresTable([], [], "public");
    expect((await shown(chart(empty, { type, ...(type === "ridge" && { y: "name" }) }))).data).toHaveProperty(
      ["image/png"],
    );
  });
});

describe("bars of several colours", () => {
  const rows = ["A", "B"].flatMap((area) =>
    ["old", "young"].map((age, index) => ({ area, age, share: 10 + index, people: 100 + index })),
  );
  const drawingOf = (aggregate: "mean" | "sum", y: string) =>
    JSON.stringify(chart(rows, { type: "bar", x: "area", y, colour: "age", aggregate }).spec.vegaLite);

  test("stand on each other where together they are an amount, else beside each other", () => {
    expect(drawingOf("sum", "people")).toMatch(/"stack":"zero"/);
    expect(drawingOf("sum", "people")).not.toMatch(/yOffset/);
    const means = drawingOf("mean", "share");
    expect(means).toMatch(/"stack":null/);
    expect(means).toMatch(/"yOffset":\{"field":"colour"/);
  });
});

describe("what a chart is called and what it tells", () => {
  const rents = withColumnMetadata(
    tableFromRecords([
      { borough: "Camden", rent: 100, homes: 10 },
      { borough: "Camden", rent: 300, homes: 20 },
      { borough: "Barnet", rent: 150, homes: 5 },
    ]),
    ({ name }) => ({
      access: "public",
      source: "Made by hand.",
      ...(name === "rent" && { unit: "£", title: "Weekly rent", kind: "rate" as const }),
      ...(name === "homes" && { title: "Homes", kind: "count" as const }),
    }),
  );

  test.each([
    [
      { x: "borough", y: "rent" },
      ["Chart: Mean weekly rent by borough", "  Camden: 200 £", "  Barnet: 150 £", "Made by hand."],
    ],
    [
      { x: "borough", y: "homes" },
      ["Chart: Total homes by borough", "  Camden: 30", "  Barnet: 5", "Made by hand."],
    ],
    [{ x: "borough" }, ["Chart: Number of rows by borough", "  Camden: 2", "  Barnet: 1", "Made by hand."]],
    [
      { x: "rent", y: "homes" },
      [
        "Chart: Homes against weekly rent",
        "3 points",
        "Weekly rent: 100 – 300 £",
        "Homes: 5 – 20",
        "Correlation: 0.84",
        "Made by hand.",
      ],
    ],
    [
      { type: "box", y: "rent", title: "Rents" } as const,
      ["Chart: Rents", "  median 150 £, mostly 100 – 300", "Made by hand."],
    ],
  ])("%j", async (options, lines) => {
    expect((await shown(chart(rents, options))).data["text/plain"]).toBe(lines.join("\n"));
  });

  test.each([
    [{ type: "histogram", x: "borough" } as const, 'The column "borough" has no numbers'],
    [{ x: "boroug" }, 'The table has no column "boroug". Did you mean "borough"?'],
    [{ type: "pie" as "bar" }, 'There is no kind of chart "pie"'],
    [{ aggregate: "avg" as "mean" }, 'Values cannot be put together by "avg"'],
    [{ type: "ridge", x: "rent" } as const, "The chart needs a column with names for its ridges"],
  ])("%j is a sentence", (options, message) => {
    expect(() => chart(rents, options)).toThrow(
      expect.objectContaining({ name: "UserError", message: expect.stringContaining(message) }),
    );
  });

  test("more small multiples than a page has room for is a sentence", () => {
    const many = Array.from({ length: 30 }, (_, at) => ({ at: `f${at}`, value: at }));
    expect(() => chart(many, { type: "histogram", x: "value", facet: "at" })).toThrow(
      "24 small multiples are the most",
    );
  });
});

describe("a specification of a table's rows", () => {
  const rows = [
    { name: "a", size: 1 },
    { name: "b", size: 2 },
  ];
  const encoding = { x: { field: "size", type: "quantitative" } };

  test("is linked by its rows, and selects points as rows", () => {
    const params = [
      { name: "pick", select: "point" },
      { name: "range", select: { type: "interval", encodings: ["x"] } },
      { name: "zoom", select: "interval", bind: "scales" },
    ];
    const { spec } = chart(rows, { mark: "point", encoding, params });
    expect(spec.link?.count).toBe(2);
    expect(spec.table).toBeDefined();
    expect(spec.vegaLite.params).toEqual([
      { name: "hasSelection", value: false },
      { name: "pick", select: { type: "point", fields: ["row"] } },
      ...params.slice(1),
    ]);
    expect(choicesOf(spec.vegaLite)).toEqual(["pick", "range"]);
  });

  test("keeps its own columns of the names that a link would need", () => {
    const { spec } = chart([{ row: 7, size: 1 }], {
      mark: "point",
      encoding: { ...encoding, y: { field: "row", type: "quantitative" } },
    });
    expect(spec.link).toBeUndefined();
    expect(spec.vegaLite.params).toBeUndefined();
  });

  test.each([
    [{ x: { field: "sice" } }, 'The table has no column "sice". Did you mean "size"?'],
    [{ x: { field: "size" }, color: { condition: { param: "p", field: "kind" }, value: "grey" } }, '"kind"'],
  ])("that names no column is a sentence: %j", (parts, message) => {
    const params = [{ name: "p", select: "point" }];
    expect(() => chart(rows, { mark: "point", params, encoding: parts })).toThrow(message);
  });

  test.each([
    [{ mark: "point", transform: [{ calculate: "1", as: "one" }], encoding: { x: { field: "one" } } }],
    [{ repeat: ["size"], spec: { mark: "point", encoding: { x: { field: { repeat: "repeat" } } } } }],
    [{ layer: [{ data: { values: [{ a: 1 }] }, mark: "point", encoding: { x: { field: "a" } } }] }],
    [
      {
        mark: "point",
        encoding: { x: { field: "name" }, color: { field: "selected" }, y: { field: "size" } },
      },
    ],
  ])("may have fields of its own: %j", async (specification) => {
    expect((await shown(chart(rows, specification))).data).toHaveProperty(["image/png"]);
  });

  test("finds columns with dots and brackets in their names", async () => {
    const odd = [{ "a.b": 1, "c[d]": 2 }];
    const names = ["a\\.b", "c\\[d\\]"].map((field) => ({ field, type: "quantitative" }));
    const { data } = await shown(chart(odd, { mark: "point", encoding: { x: names[0], y: names[1] } }));
    expect(data).toHaveProperty([VEGA_LITE_5, "data", "values"], [{ ...odd[0], row: 0 }]);
  });

  test("has its choices found in every part", () => {
    const part = (name: string) => ({ mark: "point", params: [{ name, select: "point" }] });
    expect(choicesOf({ hconcat: [part("a"), { layer: [part("b"), { mark: "rule" }] }] })).toEqual(["a", "b"]);
    expect(choicesOf({ repeat: ["x"], spec: part("c") })).toEqual(["c"]);
  });
});

describe("any Vega-Lite specification", () => {
  const values = [
    { a: "A", b: 28 },
    { a: "B", b: 55 },
  ];
  const encoding = { x: { field: "a", type: "nominal" }, y: { field: "b", type: "quantitative" } };

  test("is drawn with its own data, or with a table's", async () => {
    const own = await shown(
      chart({ $schema: schema, title: "Own", data: { values }, mark: "bar", encoding }),
    );
    expect(own.data).toHaveProperty([VEGA_LITE_5, "data", "values"], values);
    expect(own.data["text/plain"]).toBe("Chart: Own\nDrawn with bar\nShows a, b");
    const given = chart(values, { mark: "bar", encoding });
    expect(given.spec.vegaLite.data).toEqual({ name: "rows" });
    const numbered = values.map((value, row) => ({ ...value, row }));
    expect((await shown(given)).data).toHaveProperty([VEGA_LITE_5, "data", "values"], numbered);
  });

  test.each([
    [
      "data",
      { data: { url: "https://example.org/data.csv" }, mark: "bar", encoding },
      "https://example.org/data.csv",
    ],
    [
      "a picture",
      { data: { values }, mark: { type: "image", url: "http://169.254.169.254/latest" }, encoding },
      "http://169.254.169.254/latest",
    ],
    [
      "a picture that a row names",
      {
        data: { values: [{ at: 1, picture: "https://example.org/a.png" }] },
        mark: "image",
        encoding: { x: { field: "at", type: "quantitative" }, url: { field: "picture", type: "nominal" } },
      },
      "Not loaded: https://example.org/a.png",
    ],
    [
      "a script",
      { data: { values }, mark: "bar", encoding: { ...encoding, href: { value: "javascript:alert(1)" } } },
      "Not loaded: javascript:alert(1)",
    ],
    ["a file", { data: { url: "file:///etc/passwd" }, mark: "bar", encoding }, "file:///etc/passwd"],
  ])("that asks for %s is drawn without it, and says so", async (_, specification, told) => {
    const { data } = await shown(chart(specification));
    expect(data["text/plain"]).toContain(told);
    expect(data).toHaveProperty(["image/png"]);
  });

  test.each([
    [{ transform: [{ calculate: "process.exit(3)", as: "c" }] }],
    [{ transform: [{ calculate: "datum.constructor.constructor('return process')().exit(3)", as: "c" }] }],
    [{ transform: [{ filter: "(function(){ while (true); })()" }] }],
  ])("cannot run code: %j", async (extra) => {
    const specification = { data: { values }, mark: "bar", encoding, ...extra };
    const answer = await shown(chart(specification)).then(
      ({ data }) => typeof data["image/png"],
      (error: unknown) => (error instanceof Error ? error.name : error),
    );
    expect(["string", "UserError"]).toContain(answer);
  });

  test("that would make more values than can be drawn is a sentence", () => {
    const specification = { data: { sequence: { start: 0, stop: 1e9 } }, mark: "point" };
    expect(() => chart(specification)).toThrow("it makes more values than can be drawn");
    expect(() => chart({ data: { values }, height: 1e6, mark: "bar", encoding })).toThrow(
      "its height is more than 20000 pixels",
    );
    let deep: object = { mark: "point" };
    for (let level = 0; level < 100; level++) deep = { layer: [deep] };
    expect(() => checkVegaLite(deep)).toThrow("nested too deeply");
  });

  test("that is none is a sentence", async () => {
    expect(() => chart({ data: { values } })).toThrow("This is not a Vega-Lite specification");
    await expect(shown(chart({ data: { values }, mark: "no-such-mark", encoding }))).rejects.toThrow(
      "Vega-Lite cannot draw this",
    );
  });

  test.each([
    [
      { encoding: { x: { field: "a", bin: { maxbins: -5 } } } },
      "a part of it is missing, or is not what it should be",
    ],
    [{ encoding, transform: [{ calculate: "datum.a +", as: "c" }] }, "an expression in it cannot be read"],
    [{ encoding, transform: [{ filter: "while (true) {}" }] }, "an expression in it is more than one value"],
  ])("that is broken is a sentence: %j", async (parts, message) => {
    await expect(shown(chart({ data: { values }, mark: "bar", ...parts }))).rejects.toThrow(message);
  });
});

const pictureOf = async (specification: Record<string, unknown>) => {
  const { data } = await shown(chart(specification));
  return Buffer.from(String(data["image/png"]), "base64");
};

test("a text that Vega hides, as it does with labels that would lie on each other, is not in the picture", async () => {
  const place = { x: { value: 100 }, y: { value: 100 } };
  const text = (opacity: number) => ({ mark: { type: "text", text: "MMMM", opacity }, encoding: place });
  const pictures = [[], [text(0)], [text(1)]].map((layers) =>
    pictureOf({
      data: { values: [{}] },
      width: 200,
      height: 200,
      layer: [{ mark: "rule", encoding: place }, ...layers],
    }),
  );
  const [without, hidden, visible] = await Promise.all(pictures);
  expect(hidden).toEqual(without);
  expect(visible).not.toEqual(without);
});

test("a picture of many different marks stays small enough to be saved, and shows the whole chart", async () => {
  const random = randomNumbers(7);
  const values = Array.from({ length: 4000 }, () => ({ x: random(), y: random(), colour: random() }));
  const field = (name: string) => ({ field: name, type: "quantitative" });
  const encoding = { x: field("x"), y: field("y"), color: field("colour") };
  const specification = { data: { values }, width: 900, height: 5000, mark: "point", encoding };
  const { data, metadata } = await shown(chart(specification));
  expect(Buffer.from(String(data["image/png"]), "base64").length).toBeLessThanOrEqual(200_000);
  expect(metadata).toMatchObject({ "image/png": { height: expect.closeTo(5000, -3) } });
});

test("a specification with much data of its own is not saved: the front end asks the kernel for it", async () => {
  const values = Array.from({ length: 20_000 }, (_, at) => ({ at, value: at % 7 }));
  const view = chart({ data: { values }, mark: "bar", encoding: { x: { aggregate: "count" } } });
  const { data } = await shown(view);
  const saved = data[CHART];
  expect(JSON.stringify(saved).length).toBeLessThan(300);
  const { live } = isLiveReference(saved) ? saved : { live: "" };
  const whole: unknown = JSON.parse(new TextDecoder().decode(view[BLOBS_SYMBOL]?.get(live)));
  expect(parseChartSpec(whole)).toMatchObject({ access: "public", vegaLite: { data: { values } } });
  expect(data).not.toHaveProperty([VEGA_LITE_5]);
});

test("a chart of many rows is small: its rows are put together, and others get no copy that would swell the notebook", async () => {
  const many = Array.from({ length: 40_000 }, (_, at) => ({ x: Math.sin(at) * at, y: Math.cos(at * 7) }));
  const { data } = await shown(chart(many, { x: "x", y: "y" }));
  const others = data[VEGA_LITE_5];
  expect(others === undefined || JSON.stringify(others).length <= 200_000).toBe(true);
  expect(JSON.stringify(data[CHART]).length).toBeLessThan(5000);
});
