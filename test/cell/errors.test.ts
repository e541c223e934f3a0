import { describe, expect, test } from "@jest/globals";
import { tableFromArrays } from "apache-arrow";
import { adviceFor } from "../../kernel/src/cell/advice.ts";
import { compileCell } from "../../kernel/src/cell/compile.ts";
import { showError } from "../../kernel/src/cell/errors.ts";
import { References } from "../../kernel/src/cell/references.ts";
import { cleanMessage, tidyStacks } from "../../kernel/src/cell/stack.ts";
import { type CellText, keepText } from "../../kernel/src/cell/texts.ts";
import { UserError } from "../../kernel/src/errors.ts";

const URL = "file:///notebook/cell-1.ts";
const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, "g");

/** The traceback of a cell that fails, without colours. */
async function tracebackOf(
  source: string,
  values: Readonly<Record<string, unknown>> = {},
): Promise<string[]> {
  const variables = new References();
  for (const [name, value] of Object.entries(values)) variables.provide(name, value);
  let text: CellText = { label: "In[3]", source, original: () => undefined };
  try {
    const options = { url: URL, isShared: (name: string) => !(name in globalThis), isMagic: () => false };
    const cell = compileCell(source, options);
    text = { ...text, original: cell.original };
    keepText(URL, text);
    const { run } = cell;
    await run(...cell.references.map((name) => variables.cell(name)));
  } catch (error) {
    const advice = adviceFor(error, source, (name) => variables.get(name));
    const shown = showError(error, { failing: text, advice });
    const lines = shown.traceback.join("\n").replace(COLOURS, "").split("\n");
    return lines.filter((line) => !line.includes(import.meta.filename));
  }
  throw new Error("the cell did not fail");
}

describe("errors in the user's terms", () => {
  test("name the cell, the line and its neighbours", async () => {
    const source = "interface Row {\n  a: number;\n}\nconst row: Row | undefined = undefined;\nrow.a;\nrow;";
    expect(await tracebackOf(source)).toEqual([
      "TypeError: Cannot read properties of undefined (reading 'a')",
      "Cell In[3], line 5",
      "        4 | const row: Row | undefined = undefined;",
      "---->   5 | row.a;",
      "                ^",
      "        6 | row;",
    ]);
  });

  test("show the calls within cells and nothing of ours", async () => {
    const traceback = await tracebackOf("function f(): never {\n  throw new RangeError('far');\n}\n\nf();");
    expect(traceback).toEqual([
      "RangeError: far",
      "Cell In[3], line 2 in f",
      "        1 | function f(): never {",
      "---->   2 |   throw new RangeError('far');",
      "                    ^",
      "        3 | }",
      "Cell In[3], line 5",
    ]);
  });

  test.each([
    ["rows.filter(Boolean)", /^"rows" is a table\. `\[\.\.\.rows\]\.filter\(…\)`/],
    ["later.map(String)", /^"later" is a promise: write `await later`/],
    ["[...later]", /^"later" is a promise/],
    ["for (const row of later) row", /^"later" is a promise/],
    ["rows.fly()", undefined],
    ["count.filter(Boolean)", undefined],
    ["[...count]", undefined],
  ])("%s: a table or a promise that is used like a list is told the way out", async (source, advice) => {
    const rows = tableFromArrays({ people: [1, 2] });
    const traceback = await tracebackOf(source, { rows, later: Promise.resolve([1]), count: 3 });
    expect(traceback[0]).toMatch(/^TypeError: .* is not (a function|iterable)/);
    if (advice) expect(traceback.at(-1)).toMatch(advice);
    else expect(traceback.join("\n")).not.toMatch(/is a (table|promise)/);
  });

  test.each([
    ["!ls -la", "Commands of the shell are written `%sh ls -la`."],
    ["?map", "Help is written `map?` or `%help map`."],
    ["import geopandas as gpd", /^Cells are TypeScript, where packages of Python/],
    ["from os import path", /^Cells are TypeScript, where packages of Python/],
    ["def twice(x):\n  return 2 * x", "Cells are TypeScript: `function twice(…) { … }`."],
    ["for row in rows:\n  row", "Cells are TypeScript: `for (const row of …) { … }`."],
    ["# rows\n1", "Comments begin with `//`."],
    ["print(1)", "`console.log(…)` prints."],
    ["[None]", /^`undefined` or `null`/],
  ])("%j of Python is told what TypeScript has for it", async (source, advice) => {
    expect((await tracebackOf(source)).at(-1)).toMatch(advice);
  });

  test.each(["absent", "const b = !absent", "const = 1", "class A { #x = 1; f( }", "const a = f(`x` y"])(
    "%j is no Python",
    async (source) => expect((await tracebackOf(source)).at(-1)).not.toMatch(/are written|begin with|Cells/),
  );

  test("point at a syntax error once, counting bytes beyond ASCII rightly", async () => {
    expect(await tracebackOf('const é = "ü";\nconst ö = ;')).toEqual([
      "SyntaxError: Unexpected token",
      "Cell In[3], line 2",
      '        1 | const é = "ü";',
      "---->   2 | const ö = ;",
      "                      ^",
    ]);
  });

  test("show causes and collected errors", async () => {
    const source = "throw new AggregateError([new Error('a')], 'many', { cause: new RangeError('c') })";
    const traceback = await tracebackOf(source);
    expect(traceback[0]).toBe("AggregateError: many");
    expect(traceback).toContain("  Error: a");
    expect(traceback).toContain("caused by RangeError: c");
  });

  test("are one sentence for the user's own mistakes", () => {
    const { ename, traceback } = showError(new UserError("No such table", { hint: "Make one." }));
    expect(ename).toBe("UserError");
    expect(traceback.join("").replace(COLOURS, "")).toBe("No such table. Make one.");
  });

  test("name cells also where a stack is printed, and keep frames of ours out", () => {
    keepText(URL, { label: "In[3]", source: "f()", original: (place) => place });
    const own = new globalThis.URL("../../kernel/src/cell/notebook.ts", import.meta.url).href;
    const stack = [
      "Error: x",
      `    at f (${URL}:7:3)`,
      `    at async ${own}:1:1`,
      "    at node:internal/timers:5:6",
      "    at g (/home/me/own.ts:2:1) {",
      "  more: 1",
      "}",
    ];
    expect(tidyStacks(stack.join("\n")).split("\n")).toEqual([
      "Error: x",
      "    at f, Cell In[3], line 7",
      "    at g (/home/me/own.ts:2:1) {",
      "  more: 1",
      "}",
    ]);
  });

  test.each([
    ["(0 , $f.v) is not a function", "f is not a function"],
    ["$x.v.foo is not a function", "x.foo is not a function"],
    ["$$map.v is not iterable", "map is not iterable"],
    ["costs $5.v", "costs $5.v"],
  ])("say %s as %s", (message, cleaned) => {
    expect(cleanMessage(message)).toBe(cleaned);
  });
});
