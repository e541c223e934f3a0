import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { requireEnvironment } from "../support/environment.ts";

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
];

interface Answer {
  readonly status: string;
  readonly shown: readonly { type: string; data?: Readonly<Record<string, unknown>> }[];
  readonly stdout: string;
  readonly stderr: string;
}

const environment = requireEnvironment("tslab and our kernel are compared through jupyter_client");
const runner = new URL("../support/run_cells.py", import.meta.url).pathname;
const binary = new URL("../tslab/node_modules/tslab/bin/tslab", import.meta.url).pathname;

function run(kernel: string, jupyterPath: string): Answer[] {
  const variables = {
    ...environment.variables,
    JUPYTER_PATH: [jupyterPath, environment.variables["JUPYTER_PATH"]].join(delimiter),
  };
  return JSON.parse(
    execFileSync(environment.python, [runner, kernel], {
      input: JSON.stringify(cells),
      env: variables,
      encoding: "utf8",
    }),
  );
}

/**
 * tslab prints a cell's value as console.log would, where others send a result; both are one text here. A text that is a
 * cell's value is shown as a literal by us, so that '5' and 5 are told apart: its quotes are taken off for the comparison.
 */
function textOf({ shown, stdout }: Answer): string {
  const results = shown
    .filter(({ type }) => type === "execute_result")
    .map(({ data }) => String(data?.["text/plain"]).replace(/^'(.*)'$/s, "$1"));
  return stripVTControlCharacters([stdout, ...results].join("")).trim();
}

const displayed = ({ shown }: Answer) =>
  shown.filter(({ type }) => type === "display_data").map(({ data }) => data);

describe("cells written for tslab", () => {
  const folder = mkdtempSync(join(tmpdir(), "tombolo-tslab-"));
  let theirs: Answer[] = [];
  let ours: Answer[] = [];

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
    expect(textOf(our)).toBe(textOf(their));
    expect(stripVTControlCharacters(our.stderr)).toBe(stripVTControlCharacters(their.stderr));
    expect(displayed(our)).toEqual(displayed(their));
  });
});
