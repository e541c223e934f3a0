import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { cellText } from "../../kernel/src/language/cell-text.ts";
import { Language } from "../../kernel/src/language/language.ts";

const folder = mkdtempSync(join(tmpdir(), "tombolo-language-"));
let language: Language;
let count = 0;

/** Checks cells in order as the kernel does, and returns the problems of the last as "line:column code". */
async function problemsOf(...cells: readonly string[]): Promise<string[]> {
  let last: string[] = [];
  for (const cell of cells) {
    count += 1;
    last = (await language.check(count, cell)).map(({ line, column, code }) => `${line}:${column} ${code}`);
    await language.ran(count, { variables: {}, lines: {} });
  }
  return last;
}

const labels = async (code: string, at = code.length) =>
  (await language.complete(code, at)).map(({ insertText }) => insertText);

beforeEach(() => {
  language = new Language(folder);
});

afterEach(() => language.end());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("magics keep their places", () => {
  test.each([
    ["%map tubes\nconst a = 1", "          \nconst a = 1"],
    ["const t = %sql SELECT 1;\nt", "const t = ǀa;           \nt"],
    ["%time f(x)", "      f(x)"],
    ["%timeit -n 5 f(x)", "             f(x)"],
    ["const t = %time f(x)", "const t =       f(x)"],
    ["%%time\nconst a = 1", "      \nconst a = 1"],
    ["%%sql\nSELECT 1", "     \n        "],
    ["map?", "    "],
    ["a\r\nb", "a \nb"],
  ])("%j", (source, text) => {
    expect(cellText(source).text).toBe(text);
    expect(cellText(source).text).toHaveLength(source.length);
  });
});

describe("types across cells", () => {
  const right: [string, string[]][] = [
    ["variables", ["const a = 1", "a.toFixed()"]],
    [
      "types and generic classes",
      [
        "class Box<T> { constructor(readonly v: T) {} }\ninterface P { x: number }",
        "new Box<P>({ x: 1 }).v.x.toFixed()",
      ],
    ],
    ["a name declared again", ["const a = 1", "const a = 'text'", "a.toUpperCase()"]],
    [
      "an old function keeps the type that it was made with",
      ["const a = 1", "function f() { return a }", "const a = 'x'", "f().toFixed()"],
    ],
    ["assignment to a variable of an earlier cell", ["let n = 1", "n = 2; n += 1; n++"]],
    ["parameters without types", ["function twice(n) { return n * 2 }", "twice(3)"]],
    ["what is caught", ["try { throw 1 } catch (e) { e.message }"]],
    [
      "top-level await and modules of Node",
      [
        "import { readFile } from 'node:fs/promises';\nconst text = await readFile('/dev/null', 'utf8')",
        "text.length",
      ],
    ],
    [
      "preloaded names",
      [
        "const t: arrow.Table | undefined = undefined",
        "fields.area({ unit: 'km²' })",
        "await display(3); signal.aborted; html`<b>${1}</b>`",
      ],
    ],
    ["a preloaded name of one's own", ["const map = new Map([[1, 2]])", "map.get(1)"]],
    ["tslab", ["import * as tslab from 'tslab'", "tslab.display.html('<b>x</b>')"]],
    ["shadowing", ["const value = 1", "{ const value = 'x'; value.toUpperCase() }"]],
    [
      "enumerations and namespaces",
      ["enum Colour { Red }\nnamespace Shop { export const open = true }", "Colour.Red === 0 && Shop.open"],
    ],
    [
      "destructuring",
      ["const { a, b: [c, ...d] } = { a: 1, b: ['x', 'y'] }", "a.toFixed() + c.toUpperCase() + d.length"],
    ],
  ];

  test.each(right)("%s", async (_, cells) => {
    expect(await problemsOf(...cells)).toEqual([]);
  });

  const wrong: [string, string[], string[]][] = [
    ["a wrong value", ["const a: string = null"], ["1:7 2322"]],
    ["a wrong use of another cell's value", ["const a = 1", "\n  a.toUpperCase()"], ["2:5 2339"]],
    ["a wrong assignment to another cell's variable", ["let n = 1", "n = 'x'"], ["1:1 2322"]],
    ["an unknown name", ["nowhere"], ["1:1 2304"]],
    ["a wrong parameter of a preloaded function", ["map(5)"], ["1:5 2345"]],
    ["a magic's result", ["const r = %import london/boroughs\nr.nothing"], ["2:3 2339"]],
    ["after a magic in the same cell", ["%map x\nconst a: number = 'x'"], ["2:7 2322"]],
    ["under a cell magic", ["%%time\nconst a: number = 'x'"], ["2:7 2322"]],
  ];

  test.each(wrong)("%s", async (_, cells, problems) => {
    expect(await problemsOf(...cells)).toEqual(problems);
  });

  test("syntax errors are left to the run", async () => {
    expect(await problemsOf("const a = ;")).toEqual([]);
  });

  test("what the run has learnt counts", async () => {
    const table = 'import("apache-arrow").Table<{ lat: import("apache-arrow").Float64 }>';
    await language.check(900, "const t = %sql SELECT 1.5 AS lat");
    await language.ran(900, { variables: { stops: table }, lines: { 1: table } });
    expect(await problemsOf("t.get(0)!.lat.toFixed(); stops.getChild('lat')")).toEqual([]);
    expect(await problemsOf("t.get(0)!.lat.toUpperCase(); stops.getChild('lot')")).toEqual([
      "1:15 2339",
      "1:45 2345",
    ]);
    expect(await labels("stops.get(0)!.")).toContain("lat");
  });

  test("what only lacks a type is no problem, and an empty list takes the type of what it is filled with", async () => {
    const filled = "const rows = []; for (const n of [1, 2]) { const row = []; row.push(n); rows.push(row) }";
    expect(await problemsOf(`${filled} rows[0].toFixed()`)).toEqual(["1:98 2339"]);
    expect(
      await problemsOf("function twice(n) { return 2 * n } twice({})['x']; (function () { return this })()"),
    ).toEqual([]);
  });

  test("a cell can turn checking off", async () => {
    const wrong = "const n: number = 'x'";
    expect(await problemsOf(`// of old\n// @ts-nocheck\n${wrong}`)).toEqual([]);
    expect(await problemsOf(`// @ts-ignore\n${wrong}`)).toEqual([]);
    expect(await problemsOf(`const m = 1;\n// @ts-nocheck\n${wrong}`)).toEqual(["3:7 2322"]);
  });

  test("modules of which nothing is used any more are forgotten", async () => {
    for (let round = 0; round < 5; round++) await problemsOf("const again = 1; const other = again");
    expect(await problemsOf("again.toFixed()")).toEqual([]);
    expect(language.moduleCount).toBeLessThanOrEqual(2);
  });
});

describe("the user's own settings", () => {
  const own = join(folder, "own");

  test("a tsconfig.json beside the notebook is honoured", async () => {
    mkdirSync(join(own, "lib"), { recursive: true });
    writeFileSync(join(own, "lib", "tool.ts"), "export const tool = (n: number) => n;\n");
    const compilerOptions = { strict: false, paths: { "@/*": ["./lib/*"] }, noUncheckedIndexedAccess: true };
    writeFileSync(join(own, "tsconfig.json"), `// with a comment\n${JSON.stringify({ compilerOptions })}`);
    await language.end();
    language = new Language(own);
    expect(await problemsOf("const a: string = null; import { tool } from '@/tool'; tool(1)")).toEqual([]);
    expect(await problemsOf("tool('x')")).toEqual(["1:6 2345"]);
  });

  test("a strict tsconfig.json asks for types", async () => {
    writeFileSync(join(own, "tsconfig.json"), JSON.stringify({ compilerOptions: { strict: true } }));
    await language.end();
    language = new Language(own);
    expect(await problemsOf("function twice(n) { return 2 * n }")).toEqual(["1:16 7006"]);
  });
});

describe("completion and explanation", () => {
  test("members, parameters of callbacks, keys of options, names of columns", async () => {
    await problemsOf("const people = [{ name: 'a', age: 3 }]");
    expect(await labels("people[0].")).toEqual(["name", "age"]);
    expect(await labels("people.map((person) => { person.")).toEqual(["name", "age"]);
    expect(await labels("chart(x, { ")).toEqual(expect.arrayContaining(["top", "title", "type"]));
  });

  test("in broken text, and in the middle of it", async () => {
    await problemsOf("const people = [{ name: 'a', age: 3 }]");
    const code = "if (true) {\n  for (const one of people) {\n    one.\n  f(";
    expect(await labels(code, code.indexOf("one.\n") + 4)).toEqual(["name", "age"]);
  });

  test("not in magics", async () => {
    expect(await labels("%map tu")).toEqual([]);
    expect(await labels("%%sql\nSELECT ")).toEqual([]);
  });

  test("a name has its type and its documentation, a call its signature", async () => {
    await problemsOf("/** Doubles. */\nfunction twice(n: number) { return 2 * n }");
    expect(await language.explain("twice", 3)).toBe(
      "```typescript\nfunction twice(n: number): number\n```\nDoubles.",
    );
    expect(await language.explain("twice(", 6)).toContain("twice(n: number): number");
    expect(await language.explain("progress", 2)).toContain("const progress");
  });

  test("a killed server is started again", async () => {
    await problemsOf("const a = 1");
    await language.end();
    expect(await problemsOf("const b = a.nothing")).toEqual(["1:13 2339"]);
  });
});
