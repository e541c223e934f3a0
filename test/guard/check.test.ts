import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "@jest/globals";
import { parseNotebook } from "../../kernel/src/guard/notebook-file.ts";
import { findLeaks } from "../../kernel/src/guard/rule.ts";
import { rules } from "../../kernel/src/guard/rules/index.ts";
import { stripNotebook } from "../../kernel/src/guard/strip.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "tombolo-guard-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Output {
  readonly output_type: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly text?: string;
}

const notebook = (...cells: { source?: string; outputs: readonly Output[] }[]): string =>
  JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: cells.map(({ source = "", outputs }) => ({ cell_type: "code", metadata: {}, source, outputs })),
  });

const shown = (data: Readonly<Record<string, unknown>>): Output => ({ output_type: "display_data", data });
const printed = (text: string): Output => ({ output_type: "stream", text });
const MAP = "application/vnd.tombolo.map.v1+json";
const LIVE = "0b1c2d3e-4f50-4617-8293-a4b5c6d7e8f9";
const placeholder = shown({ [MAP]: { version: 1, access: "sensitive", title: "Map", live: LIVE } });
const publicMap = shown({ [MAP]: { version: 1, access: "public", title: "Map" }, "image/png": "iVBORw0K" });
const closed = { source: "%import patients.csv", outputs: [] };
const manyRows = Array.from({ length: 150 }, (_, row) => `row ${row}   ${row * 3}`).join("\n");

const outputs: [string, Output, string | undefined][] = [
  ["a placeholder", placeholder, undefined],
  ["a public map with its picture", publicMap, undefined],
  ["text", printed("1,204 rows"), undefined],
  ["a picture without a label", shown({ "image/png": "iVBORw0K" }), "unlabelled"],
  [
    "a line of progress",
    shown({ "text/html": "<div>Fetching · 4 s</div>", "text/plain": "Fetching · 4 s" }),
    undefined,
  ],
  ["a page with a table", shown({ "text/html": "<table><tr><td>1</td></tr></table>" }), "unlabelled"],
  ["a chart without a label", shown({ "application/vnd.vegalite.v5+json": { mark: "bar" } }), "unlabelled"],
  [
    "a picture beside a placeholder",
    shown({ ...placeholder.data, "image/png": "iVBORw0K" }),
    "closed-values",
  ],
  [
    "a specification that is not public",
    shown({ [MAP]: { access: "internal", classes: [1, 2] } }),
    "closed-values",
  ],
  ["a long table", printed(manyRows), "large-table"],
  ["a door's coordinates", printed("at -0.1275864, 51.5072178"), "coordinates"],
  ["an area's coordinates", printed("at -0.12759, 51.50722"), undefined],
  ["an NHS number", printed("943 476 5919"), "personal-numbers"],
  ["ten digits with a wrong check digit", printed("943 476 5918"), undefined],
  ["a national insurance number", printed("AB 12 34 56 C"), "personal-numbers"],
  ["a prefix that is never given out", printed("BG 12 34 56 C"), undefined],
  ["a date of birth beside a postcode", printed("born 1971-03-12 SW1A 1AA"), "personal-numbers"],
  ["a message with a number", { output_type: "error" }, undefined],
];

describe.each(outputs)("%s", (_, output, rule) => {
  it(rule ? `is found by ${rule}` : "is let through", () => {
    const found = findLeaks(parseNotebook(notebook(closed, { outputs: [output] }), "test"), rules);
    expect(found.map((leak) => leak.rule)).toEqual(rule ? [rule] : []);
    for (const { cell } of found) expect(cell).toBe(2);
  });
});

it("lets pictures of a notebook through that works with public data only", () => {
  const text = notebook({ source: "%import london/boroughs", outputs: [shown({ "image/png": "iVBORw0K" })] });
  expect(findLeaks(parseNotebook(text, "test"), rules)).toEqual([]);
});

it("never repeats the value it found", () => {
  const [leak] = findLeaks(parseNotebook(notebook({ outputs: [printed("943 476 5919")] }), "test"), rules);
  expect(leak?.sentence).toBe("what looks like NHS numbers");
});

describe("stripping", () => {
  it("takes out what the rules find and nothing else", () => {
    const text = notebook(closed, { outputs: [publicMap, printed("943 476 5919"), printed("fine")] });
    const { text: stripped, stripped: count } = stripNotebook(parseNotebook(text, "test"), rules);
    expect(count).toBe(1);
    expect(stripped).not.toContain("943");
    expect(JSON.parse(stripped).cells[1].outputs.map(({ output_type }: Output) => output_type)).toEqual([
      "display_data",
      "display_data",
      "stream",
    ]);
    expect(findLeaks(parseNotebook(stripped, "test"), rules)).toEqual([]);
  });

  it("gives a notebook without findings back as Jupyter writes it", () => {
    const text = `${JSON.stringify(JSON.parse(notebook({ outputs: [publicMap] })), null, 1)}\n`;
    expect(stripNotebook(parseNotebook(text, "test"), rules).text).toBe(text);
  });
});

describe("the command line", () => {
  const program = join(root, "kernel", "bin", "tombolo.js");
  const file = join(folder, "leak.ipynb");

  it("names file, cell and rule, and ends with 1", () => {
    writeFileSync(file, notebook(closed, { outputs: [printed("943 476 5919")] }));
    const { status, stdout } = spawnSync(process.execPath, [program, "check", file], { encoding: "utf8" });
    const [found, wayOut] = stdout.split("\n");
    expect(found).toBe(`${file}, cell 2: what looks like NHS numbers (personal-numbers)`);
    expect(wayOut).toContain("tombolo strip");
    expect(status).toBe(1);
  });

  it("tells what may be nothing, and ends with 0", () => {
    writeFileSync(file, notebook(closed, { outputs: [printed("9434765919")] }));
    expect(spawnSync(process.execPath, [program, "check", file], { encoding: "utf8" })).toMatchObject({
      status: 0,
      stdout: `${file}, cell 2: please look: what may be an NHS number, or not (chance-numbers)\n`,
    });
  });

  it("finds nothing in the notebooks of the project", () => {
    const first = join(root, "notebooks", "01-first-map.ipynb");
    expect(spawnSync(process.execPath, [program, "check", first], { encoding: "utf8" })).toMatchObject({
      status: 0,
      stdout: "1 notebook: nothing found.\n",
    });
  });

  it("stands between a folder and Git", () => {
    const git = (...parameters: string[]) =>
      execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.org", ...parameters], {
        cwd: folder,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
      });
    git("init", "-q");
    writeFileSync(file, notebook(closed, { outputs: [printed("943 476 5919")] }));
    execFileSync(process.execPath, [program, "strip", "--git"], { cwd: folder });
    git("add", ".");
    git("commit", "-qm", "notebook");
    expect(git("show", "HEAD:leak.ipynb")).not.toContain("943 476 5919");
    expect(readFileSync(file, "utf8")).toContain("943 476 5919");
    expect(git("status", "--porcelain")).toBe("");

    // A notebook that does not exist yet is let in, a broken one is not, and two that cannot be merged can be compared.
    const [other, broken] = ["other.ipynb", "broken.ipynb"].map((name) => join(folder, name));
    writeFileSync(other ?? "", "");
    git("add", ".");
    writeFileSync(broken ?? "", '{"cells": ["943 476 5919"');
    expect(() => git("add", ".")).toThrow("broken.ipynb is not a notebook");
    rmSync(broken ?? "");
    git("branch", "second");
    const change = (source: string) => {
      writeFileSync(file, notebook({ source, outputs: [] }));
      git("commit", "-qam", source);
    };
    change("first");
    git("checkout", "-q", "second");
    change("second");
    expect(() => git("merge", "-q", "-")).toThrow();
    expect(git("diff")).toContain("second");
    git("merge", "--abort");
    expect(git("status", "--porcelain")).toBe("");
    writeFileSync(file, notebook(closed, { outputs: [printed("943 476 5919")] }));

    // Another clone does not filter until it is told to, and this one no longer once it is told so.
    expect(git("config", "filter.tombolo.clean")).toContain("strip");
    execFileSync(process.execPath, [program, "strip", "--git", "--off"], { cwd: folder });
    execFileSync(process.execPath, [program, "strip", "--git", "--off"], { cwd: folder });
    expect(() => git("config", "filter.tombolo.clean")).toThrow();
    writeFileSync(file, `${readFileSync(file, "utf8")}\n`);
    git("add", "--all");
    git("commit", "-qm", "as it is");
    expect(git("show", "HEAD:leak.ipynb")).toContain("943 476 5919");
    expect(git("ls-files")).toBe("leak.ipynb\n");
  });
});
