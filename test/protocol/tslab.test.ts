import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { requireEnvironment } from "../support/environment.ts";
import { type CellAnswer, runCells } from "../support/run-cells.ts";

/** Cells of a notebook written for tslab, run in order in one session of each kernel. */
const cells: readonly string[] = [
  "const greeting: string = 'hello'; greeting",
  "let numbers = [1, 2, 3]; numbers.map((n) => n * 2)",
  "console.log(greeting, numbers.length); console.error('to stderr')",
  "function twice(n: number): number { return 2 * n; } twice(21)",
  "class Point { constructor(readonly x: number, readonly y: number) {} } new Point(1, 2).x",
  "const greeting = 5; greeting + 1",
  "enum Colour { Red, Green } Colour[1]",
  "interface Shape { sides: number } const square: Shape = { sides: 4 }; square.sides",
  "import { sep } from 'node:path'; sep.length",
  "import * as fs from 'fs'; typeof fs.readFileSync",
  "const later = await Promise.resolve(7); later",
  "import * as tslab from 'tslab'; tslab.display.html('<b>bold</b>')",
  "tslab.display.markdown('# head')",
  "tslab.display.svg('<svg></svg>')",
  "tslab.display.text('plain')",
  "tslab.display.png(new Uint8Array([137, 80, 78, 71]))",
  "tslab.display.raw('application/x-own', 'own text')",
  "for (const n of numbers) { console.log(n) }",
  // display, and handles that change what they have shown
  "tslab.display.javascript('1 + 1')",
  "tslab.display.jpeg(new Uint8Array([255, 216, 255]))",
  "tslab.display.gif(new Uint8Array([71, 73, 70]))",
  "tslab.display.pdf(new Uint8Array([37, 80]))",
  "tslab.display.raw('image/png', new Uint8Array([137, 80, 78, 71]))",
  "import { display as show } from 'tslab'; show.text('by name')",
  "const handle = tslab.newDisplay(); handle.text('first'); handle.text('second'); handle.html('<i>third</i>')",
  "const other = tslab.newDisplay(); handle.text('again'); other.markdown('*other*')",
  "typeof tslab.versions.node + typeof tslab.versions.tslab",
  // imports
  "import { readFileSync as read } from 'fs'; typeof read",
  "import { EventEmitter } from 'events'; const emitter = new EventEmitter(); let heard = 0; emitter.on('x', () => { heard++ }); emitter.emit('x'); heard",
  "import path from 'path'; path.join('a', 'b')",
  "import type { Stats } from 'fs'; const stats: Stats | undefined = undefined; stats",
  "const os = await import('os'); typeof os.cpus",
  "const { join } = require('path'); join('c', 'd')",
  // classes
  "abstract class Animal { constructor(protected name: string) {} abstract noise(): string; toString() { return `${this.name}: ${this.noise()}` } }",
  "class Dog extends Animal { static count = 0; #secret = 'bone'; constructor(name: string) { super(name); Dog.count++ } noise() { return 'wuff ' + this.#secret } get loud() { return this.noise().toUpperCase() } }",
  "const rex = new Dog('Rex'); String(rex) + rex.loud + Dog.count",
  "class Stack<T> { private items: T[] = []; push(x: T) { this.items.push(x); return this } get size() { return this.items.length } } new Stack<number>().push(1).push(2).size",
  "namespace Geometry { export const unit = 2; export function area(r: number) { return r * r * unit } } Geometry.area(3)",
  // async
  "async function later2(n: number) { await new Promise((resolve) => setTimeout(resolve, 5)); return n * 2 } await later2(4)",
  "const all = await Promise.all([later2(1), later2(2)]); all",
  "await new Promise<void>((resolve) => setTimeout(() => { console.log('in a timer'); resolve() }, 5))",
  // names and values
  "let total = 0; for (let i = 0; i < 10; i++) { total += i } total",
  "total += 5; total",
  "const { a: first, ...others } = { a: 1, b: 2, c: 3 }; others",
  "let [x, , y = 7] = [1, 2]; [x, y]",
  "function* generate() { yield* [1, 2, 3] } [...generate()]",
  "const table = new Map<string, number>([['a', 1]]); table",
  "new Set([1, 2, 3])",
  "undefined",
  "[undefined, null, NaN, -0, 10n]",
  "/regular/gi",
  "Symbol('s')",
  "class Empty {} Empty",
  "new Date(0).toISOString()",
  "typeof globalThis.setTimeout",
  "let later3; later3 = 5; later3!",
  "var old = 1; var old = 2; old",
  "const greeting2 = 'a'; { const greeting2 = 'b' } greeting2",
  "label: for (const i of [1, 2]) { for (const j of [1, 2]) { if (j === 2) continue label; console.log(i, j) } }",
  "switch (total) { case 50: console.log('fifty'); break; default: console.log('other') }",
  "type Pair<A, B = A> = [A, B]; const pair: Pair<number> = [1, 2]; pair satisfies number[]",
  "// only a comment",
  "",
  "console.log('%s is %d', 'x', 5, { a: 1 }); console.info('info'); console.warn('warning')",
  "process.stdout.write('without a line end')",
  // errors: the cell fails in both, and what it had printed before is there
  "console.log('before'); throw new TypeError('on purpose')",
  "null!.nothing",
  "await Promise.reject(new RangeError('rejected'))",
  "const broken = ;",
  "class Shape2 extends Missing {}",
  "[1, 2, 3].map((n) => { if (n > 2) throw new Error('in a callback'); return n })",
  "greeting + ' is still there'",
];

/** Cells in which we do more than tslab, with what we show. */
const more: readonly (readonly [cell: string, text: string])[] = [
  ["async function* count() { yield 1; yield 2 } for await (const i of count()) console.log(i)", "1\n2"],
  ["null", "null"],
  ["({ a: { b: { c: { d: 1 } } } })", "{\n  a: { b: { c: { d: 1 } } }\n}"],
  ["(n: number) => n + 1", "[Function (anonymous)]"],
  ["export const exported = 9; exported", "9"],
];

const environment = requireEnvironment("tslab and our kernel are compared through jupyter_client");
const binary = new URL("../tslab/node_modules/tslab/bin/tslab", import.meta.url).pathname;

function run(kernel: string, jupyterPath: string): CellAnswer[] {
  const JUPYTER_PATH = [jupyterPath, environment.variables["JUPYTER_PATH"]].join(delimiter);
  const all = [...cells, ...more.map(([cell]) => cell)];
  return runCells(environment, kernel, all, { variables: { JUPYTER_PATH } });
}

/**
 * tslab prints a cell's value as console.log would, where others send a result; both are one text here. A text that is a
 * cell's value is shown as a literal by us, so that '5' and 5 are told apart: its quotes are taken off for the comparison.
 */
function textOf({ shown, stdout }: CellAnswer): string {
  const results = shown
    .filter(({ type }) => type === "execute_result")
    .map(({ data }) => String(data?.["text/plain"]).replace(/^'(.*)'$/s, "$1"));
  return stripVTControlCharacters([stdout, ...results].join("")).trim();
}

const displayed = ({ shown }: CellAnswer) =>
  shown.filter(({ type }) => type === "display_data").map(({ data }) => data);

describe("cells written for tslab", () => {
  const folder = mkdtempSync(join(tmpdir(), "tombolo-tslab-"));
  let theirs: CellAnswer[] = [];
  let ours: CellAnswer[] = [];

  beforeAll(() => {
    if (!existsSync(binary)) throw new Error("tslab is not installed; npm test does it");
    mkdirSync(join(folder, "kernels", "tslab"), { recursive: true });
    const argv = [process.execPath, binary, "kernel", "--config-path={connection_file}"];
    writeFileSync(
      join(folder, "kernels", "tslab", "kernel.json"),
      JSON.stringify({ argv, display_name: "tslab", language: "typescript" }),
    );
    theirs = run("tslab", folder);
    ours = run(environment.kernel, folder);
  }, 120_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(cells.map((cell, index) => [cell, index] as const))("%s", (_cell, index) => {
    const [their, our] = [theirs[index], ours[index]];
    if (!their || !our) throw new Error("a kernel gave no answer");
    expect(our.status).toBe(their.status);
    if (our.status === "error") {
      // tslab prints errors, with its own frames, where we send a message: what came before is the same.
      expect(our.stdout).toBe(their.stdout);
      return;
    }
    expect(textOf(our)).toBe(textOf(their));
    expect(stripVTControlCharacters(our.stderr)).toBe(stripVTControlCharacters(their.stderr));
    expect(displayed(our)).toEqual(displayed(their));
  });

  test.each(more.map(([cell, text], index) => [cell, text, cells.length + index] as const))(
    "more than tslab: %s",
    (_cell, text, index) => {
      const [their, our] = [theirs[index], ours[index]];
      if (!their || !our) throw new Error("a kernel gave no answer");
      expect(textOf(our)).toBe(text);
      expect(textOf(their)).not.toBe(text);
    },
  );
});
