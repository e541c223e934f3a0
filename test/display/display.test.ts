import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { tableFromArrays } from "apache-arrow";
import { formatValue } from "../../kernel/src/cell/display.ts";
import { ProgressDisplay } from "../../kernel/src/cell/progress.ts";
import { formatters } from "../../kernel/src/display/formatters.ts";
import { html, md, svg } from "../../kernel/src/display/markup.ts";

const DISPLAY = Symbol.for("Jupyter.display");
const VEGA_LITE = "https://vega.github.io/schema/vega-lite/v5.json";
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47]);
const point = { type: "Point", coordinates: [0, 51] };

/** The MIME types of a value, and the text of the one that is not plain. */
async function shownAs(value: unknown): Promise<readonly string[]> {
  const { shown } = await formatValue(value);
  return Object.keys(shown?.data ?? {}).filter((type) => type !== "text/plain");
}

const undo: (() => void)[] = [];
afterEach(() => {
  for (const one of undo.splice(0)) one();
});

describe("the forms of a value, in their order", () => {
  const all = {
    [DISPLAY]: () => ({ "text/html": "own" }),
    _repr_mimebundle_: () => ({ data: { "text/latex": "$x$" } }),
    _repr_html_: () => "<b>x</b>",
    $schema: VEGA_LITE,
    outerHTML: "<p></p>",
  };

  test.each<[string, unknown, readonly string[]]>([
    ["its display method", all, ["text/html"]],
    ["a display method that is asynchronous", { [DISPLAY]: async () => ({ "text/x": "" }) }, ["text/x"]],
    [
      "a display method of its class",
      new (class {
        [DISPLAY]() {
          return { "text/x": "" };
        }
      })(),
      ["text/x"],
    ],
    [
      "a display method of a function",
      Object.assign(() => 1, { [DISPLAY]: () => ({ "text/x": "" }) }),
      ["text/x"],
    ],
    ["a bundle", { data: { "text/x": "" } }, ["text/x"]],
    ["_repr_mimebundle_", { ...all, [DISPLAY]: undefined }, ["text/latex"]],
    ["_repr_html_", { _repr_html_: () => "<b>x</b>", outerHTML: "<p></p>" }, ["text/html"]],
    ["a table", tableFromArrays({ a: [1, 2] }), ["application/vnd.tombolo.table.v1+json"]],
    ["records", [{ a: 1 }, { a: 2 }], ["application/vnd.tombolo.table.v1+json"]],
    ["GeoJSON", point, ["application/vnd.tombolo.map.v1+json"]],
    ["a picture", PNG, ["image/png"]],
    ["an element", { outerHTML: "<p>x</p>" }, ["text/html"]],
    ["an element of SVG", { outerHTML: "<svg></svg>" }, ["image/svg+xml"]],
    ["a number", 5, []],
    ["records without fields", [{}, {}], []],
    ["an object", { a: 1 }, []],
  ])("%s", async (_, value, types) => {
    const shown = await shownAs(value);
    // Views add forms of their own, such as a picture.
    expect(shown.slice(0, types.length)).toEqual(types);
    if (types.length === 0) expect(shown).toEqual([]);
  });

  test("a specification of Vega-Lite, and what makes one", async () => {
    const specification = { $schema: VEGA_LITE, data: { values: [{ a: 1 }] }, mark: "bar", encoding: {} };
    const types = await shownAs(specification);
    expect(types.some((type) => /vega/.test(type))).toBe(true);
    expect(await shownAs({ toSpec: () => specification })).toEqual(types);
  });

  test("a registered form comes after the value's own and before guesses, until it is taken away", async () => {
    const register = (test: (value: unknown) => boolean) =>
      undo.push(formatters.register(test, () => ({ "text/registered": "" })));
    register(() => true);
    expect(await shownAs(all)).toEqual(["text/html"]);
    expect(await shownAs({ ...all, [DISPLAY]: undefined })).toEqual(["text/latex"]);
    expect(await shownAs([{ a: 1 }])).toEqual(["text/registered"]);
    expect(await shownAs(point)).toEqual(["text/registered"]);
    undo.pop()?.();
    expect(await shownAs([{ a: 1 }])).not.toContain("text/registered");
  });

  test("a form that fails leaves the text, and the error is told", async () => {
    const value = {
      [DISPLAY]: () => {
        throw new Error("no form");
      },
    };
    const { shown, error } = await formatValue(value);
    expect(Object.keys(shown?.data ?? {})).toEqual(["text/plain"]);
    expect(error).toEqual(new Error("no form"));
  });

  test("a mistake in a specification is told alone, by the name of what is wrong", async () => {
    const { shown, error } = await formatValue({
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      data: { values: [{ a: 1 }] },
      layer: [{ mark: { type: "bars" }, encoding: { x: { field: "a" } } }],
    });
    expect(shown).toBeUndefined();
    expect(String(error)).toMatch(/Vega-Lite cannot draw this: it has no mark "bars"\. Did you mean "bar"/);
  });

  test("no getter is called for plain text, and long text ends", async () => {
    const { shown } = await formatValue({
      get trap() {
        throw new Error("called");
      },
    });
    expect(shown?.data["text/plain"]).toContain("[Getter]");
    const long = await formatValue(Array.from({ length: 5000 }, () => "x".repeat(100)));
    expect(String(long.shown?.data["text/plain"]).length).toBeLessThan(20_000);
  });
});

describe("tables", () => {
  test("tell the number of rows and what is missing, and end after the first rows", async () => {
    const rows = Array.from({ length: 1000 }, (_, index) => ({
      id: index,
      label: index === 3 ? null : `n${index}`,
    }));
    const text = String((await formatValue(rows)).shown?.data["text/plain"]);
    expect(text).toMatch(/1,?000 rows/);
    expect(text).toContain("missing in label");
    expect(text).toContain("n19");
    expect(text).not.toContain("n500");
  });
});

describe("tags", () => {
  test.each([
    [html`<b>${"<script>"}</b>`, "<b>&lt;script&gt;</b>"],
    [
      html`<ul>${["a", "<b>"].map((one) => html`<li>${one}</li>`)}</ul>`,
      "<ul><li>a</li><li>&lt;b&gt;</li></ul>",
    ],
    [html`${html`<i>1</i>`}${null}${undefined}${0}`, "<i>1</i>0"],
    [svg`<svg><text>${"a & b"}</text></svg>`, "<svg><text>a &amp; b</text></svg>"],
    [md`# ${"*a* <b>"}`, "# \\*a\\* \\<b\\>"],
  ])("%#", (markup, text) => {
    expect(markup.toString()).toBe(text);
  });
});

describe("progress", () => {
  test("shows at most ten states a second, and leaves the last", async () => {
    const shown: string[] = [];
    const display = new ProgressDisplay((data) => shown.push(data["text/plain"]), 0);
    const until = performance.now() + 450;
    let done = 0;
    while (performance.now() < until) {
      display.report({ stage: "Work", done: ++done, total: 1e9 });
      if (done % 1000 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    display.report({ stage: "Work", done: 1e9, total: 1e9 });
    display.finish();
    expect(shown.length).toBeGreaterThan(1);
    expect(shown.length).toBeLessThanOrEqual(7);
    expect(shown.at(-1)).toContain("100 % of 1,000,000,000");
  });

  test("of work that is patient at first, only how long it took is left, and nothing when it was over soon", () => {
    jest.useFakeTimers();
    try {
      const shown: string[] = [];
      const show = (data: { readonly "text/plain": string }) => shown.push(data["text/plain"]);
      const quick = new ProgressDisplay(show, 400);
      quick.report({ stage: "Reading" });
      quick.finish();
      const slow = new ProgressDisplay(show, 400);
      slow.report({ stage: "Reading" });
      jest.advanceTimersByTime(1500);
      slow.finish();
      slow.finish();
      expect(shown).toEqual(["Reading", "Took 1.5 s"]);
    } finally {
      jest.useRealTimers();
    }
  });

  test("what looks as before is not shown again", () => {
    jest.useFakeTimers();
    try {
      const shown: string[] = [];
      const display = new ProgressDisplay((data) => shown.push(data["text/plain"]), 0);
      for (const done of [1, 2, 3, 500]) {
        display.report({ stage: "Work", done, total: 1000 });
        jest.advanceTimersByTime(150);
      }
      expect(shown.map((text) => text.replace(/.*[█░] /, ""))).toEqual(["0 % of 1,000", "50 % of 1,000"]);
    } finally {
      jest.useRealTimers();
    }
  });

  test("the time left is that of the stage, however long an earlier one took", () => {
    jest.useFakeTimers();
    try {
      const shown: string[] = [];
      const display = new ProgressDisplay((data) => shown.push(data["text/plain"]), 0);
      display.report({ stage: "Reading" });
      jest.advanceTimersByTime(60_000);
      display.report({ stage: "Measuring", done: 0, total: 100, unit: "rows" });
      jest.advanceTimersByTime(2000);
      display.report({ stage: "Measuring", done: 50, total: 100, unit: "rows" });
      display.finish();
      expect(shown.at(-1)).toMatch(/^Measuring █{12}░{12} 50 % of 100 rows · 2\.?0* s, 2\.?0* s left$/);
    } finally {
      jest.useRealTimers();
    }
  });
});
