import { describe, expect, test } from "@jest/globals";
import { References } from "../../kernel/src/cell/references.ts";
import { CELL_FUNCTIONS, rewriteCell } from "../../kernel/src/cell/rewrite.ts";
import { stripTypes } from "../../kernel/src/cell/strip.ts";

/** A notebook without Jupyter: runs cells one after the other over the same variables. */
function notebook() {
  const variables = new References();
  return async (source: string): Promise<unknown> => {
    const isShared = (name: string) => variables.isOwn(name) || !(name in globalThis);
    const { code, isLowered } = stripTypes(source, "cell.ts");
    const cell = rewriteCell(code, isShared, isLowered ? (name) => source.includes(name) : undefined);
    for (const [name, kind] of cell.declared) {
      variables.declare(name);
      if (kind === "var" && !variables.has(name)) variables.set(name, undefined);
    }
    const run: (...parameters: unknown[]) => unknown = new Function(`return ${cell.code}`)();
    return run(
      ...cell.references.map((name) => variables.cell(name)),
      ...CELL_FUNCTIONS.map(() => undefined),
    );
  };
}

const values: [string, string[], unknown][] = [
  ["a variable of an earlier cell", ["const x: number = 41", "x + 1"], 42],
  ["const again as let", ["const x = 1", "let x = 2", "x"], 2],
  ["const again as function", ["const x = 1", "function x() { return 3 }", "x()"], 3],
  ["function again as class", ["function x() {}", "class x { y = 4 }", "new x().y"], 4],
  [
    "a closure that sees a later assignment",
    ["let n = 1; function show() { return n }", "n = 5", "show()"],
    5,
  ],
  ["a name that a later cell defines", ["function f() { return later }", "const later = 6", "f()"], 6],
  ["what a failing cell had defined", ["const x = 7; throw new Error('stop')", "x"], 7],
  ["assignment to a const of an earlier cell", ["const x = 1", "x = 8", "x"], 8],
  [
    "destructuring",
    ["const { a, b: [c = 2], ...rest } = { a: 1, b: [], d: 3 }", "[a, c, rest.d]"],
    [1, 2, 3],
  ],
  [
    "destructuring assignment",
    ["let a = 1, b = 2", "[a, b] = [b, a]; ({ a: b, c: a = 9 } = { a }); [a, b]"],
    [9, 2],
  ],
  ["a shorthand property", ["const x = 1", "({ x })"], { x: 1 }],
  ["typeof of what is not there", ["typeof nothing"], "undefined"],
  ["typeof of a variable", ["const x = 1", "typeof x"], "number"],
  ["a labelled loop", ["let n = 0; outer: for (;;) { for (;;) { n++; if (n > 3) break outer } }", "n"], 4],
  [
    "closures of a for loop",
    ["const fs = []; for (let i = 0; i < 3; i++) fs.push(() => i)", "fs.map((f) => f())"],
    [0, 1, 2],
  ],
  [
    "closures of a for-of loop",
    ["const fs = []; for (const i of [7, 8]) fs.push(() => i)", "fs.map((f) => f())"],
    [7, 8],
  ],
  ["a loop variable that is gone", ["for (let i = 0; i < 3; i++) {}", "typeof i"], "undefined"],
  ["var of a for-in head", ["for (var key in { a: 1, b: 2 });", "key"], "b"],
  ["var in a block", ["if (true) { var x = 1; let y = 2 }", "[x, typeof y]"], [1, "undefined"]],
  ["var before its assignment", ["const before = x; var x = 1", "before"], undefined],
  ["a declared global name", ["class Map { own = true }", "new Map().own"], true],
  ["a user's name", ["const process = 5, name = 'a', fetch = 1", "[process, name, fetch]"], [5, "a", 1]],
  ["names like our own", ["const magic = 1, $x = 3, x = 4", "[magic, $x, x]"], [1, 3, 4]],
  ["a parameter of the same name", ["const x = 1", "((x) => x)(2)"], 2],
  ["a default that names a variable", ["const x = 1", "((y = x) => y)()"], 1],
  ["a caught error of the same name", ["const e = 1", "try { throw 2 } catch (e) { e } ; e"], 1],
  [
    "a class that names itself",
    ["class A { static made = 0; constructor() { A.made++ } }", "new A(); A.made"],
    1,
  ],
  ["the name of an arrow function", ["const f = () => 1", "f.name"], "f"],
  ["this of a called function", ["function f() { return this }", "f()"], undefined],
  ["a tagged template", ["const tag = (s, v) => s.raw.join('|') + v", "tag`a${1}b`"], "a|b1"],
  ["an enum", ["enum E { A, B = 5 }", "[E.A, E[5]]"], [0, "B"]],
  ["an enum run again with less", ["enum E { A, B }", "enum E { A }", "Object.keys(E)"], ["0", "A"]],
  ["exported names", ["export const x = 1; export function f() { return x }", "f()"], 1],
  ["a default export", ["export default { a: 1 }"], { a: 1 }],
  ["a string", ['"hello"'], "hello"],
  ["a sequence in parentheses", ["(1, 2)"], 2],
  ["await", ["const x = await Promise.resolve(3)", "x"], 3],
  ["for await", ["let s = 0; for await (const x of [1, Promise.resolve(2)]) s += x", "s"], 3],
  [
    "a private constructor parameter",
    ["class P { constructor(private n: number) {} get() { return this.n } }", "new P(4).get()"],
    4,
  ],
  ["a declaration as the last statement", ["const x = 1"], undefined],
  ["an assignment as the last statement", ["let x; x = 3"], 3],
  ["a default export in parentheses", ["export default (class { static a = 1 }).a"], 1],
  ["an export of what an earlier cell has", ["const x = 1", "export { x }; x"], 1],
  [
    "the name of a function assigned later",
    ["let f; f = () => 1; const { g = () => 2 } = {}; [f.name, g.name]"],
    ["f", "g"],
  ],
  ["a shorthand of a strange name", ["const __proto__ = 7; Object.keys({ __proto__ })"], ["__proto__"]],
  [
    "namespaces that export variables",
    ["namespace N { export let a = 1 } namespace N { export let b = a + 1 } N.b"],
    2,
  ],
  [
    "standard decorators",
    [
      "const seen: string[] = []; function note(value: unknown, { kind, name }: DecoratorContext) { seen.push(`${kind} ${String(name)}`) }",
      "@note class A { @note m() { return 2 } @note accessor x = 1 }",
      "[new A().m() + new A().x, seen]",
    ],
    [3, ["method m", "accessor x", "class A"]],
  ],
  [
    "decorated parameters, which are legacy ones",
    [
      "let at = -1; const param = (_: object, __: string, index: number) => { at = index }",
      "class B { m(a: number, @param b: number) {} }",
      "at",
    ],
    1,
  ],
  [
    "a class with decorators as the last statement",
    ["const keep = (value: unknown) => {}; @keep class A {}"],
    undefined,
  ],
  ["a generator", ["function* g() { yield* [1, 2] }", "[...g()]"], [1, 2]],
  ["a switch", ["const x = 2", "let r; switch (x) { case 2: let q = x * 2; r = q } r"], 4],
];

describe("rewriting cells", () => {
  test.each(values)("gives %s", async (_, cells, expected) => {
    const run = notebook();
    let last: unknown;
    for (const cell of cells) {
      last = await run(cell).catch((error: unknown) => {
        if (!(error instanceof Error && error.message === "stop")) throw error;
      });
    }
    expect(last).toEqual(expected);
  });

  test("a name that nobody has defined is a ReferenceError", async () => {
    await expect(notebook()("nothing")).rejects.toThrow(new ReferenceError("nothing is not defined"));
  });

  test("a const cannot be assigned in its own cell", async () => {
    await expect(notebook()("const x = 1; x = 2")).rejects.toThrow('Cannot assign to "x"');
  });

  test("a user's class does not replace the runtime's", async () => {
    const run = notebook();
    await run("class Map {}");
    expect(Reflect.get(globalThis, "Map")).toBe(Map);
  });

  test("a cell without await is not made asynchronous", () => {
    expect(rewriteCell("const f = async () => { await 1; };", () => true).code).toMatch(/^\(\(/);
    expect(rewriteCell("await 1;", () => true).code).toMatch(/^\(async /);
  });

  test("imports become assignments", () => {
    const { code } = rewriteCell(
      'import D, { a as b } from "npm:@s/p@1/q"; import * as N from "n";',
      () => true,
    );
    expect(code).toContain(
      '$import(await $load("npm:@s/p@1/q"), "npm:@s/p@1/q", [["default", $$D], ["a", $$b]]);',
    );
    expect(code).toContain('$import(await $load("n"), "n", [["*", $$N]]);');
  });
});
