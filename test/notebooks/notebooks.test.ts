import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { requireEnvironment } from "../support/environment.ts";
import { referenceBoroughs } from "../support/reference.ts";

const notebooks = new URL("../../notebooks/", import.meta.url).pathname;
const packs = new URL("../../kernel/packs/", import.meta.url).pathname;
const executor = new URL("execute.py", import.meta.url).pathname;
const output = new URL("../output/", import.meta.url).pathname;

interface Output {
  readonly output_type: string;
  readonly text?: string | string[];
  readonly data?: Readonly<Record<string, unknown>>;
}

interface Cell {
  readonly cell_type: "code" | "markdown";
  readonly source: string | string[];
  readonly outputs?: readonly Output[];
}

interface Notebook {
  readonly cells: readonly Cell[];
}

const environment = requireEnvironment("the notebooks are run by nbclient");

const readNotebook = (path: string): Notebook => JSON.parse(readFileSync(path, "utf8"));
const textOf = (text: string | readonly string[]): string =>
  typeof text === "string" ? text : text.join("");

const notebooksIn = (place: string): [string, string][] =>
  readdirSync(place)
    .filter((name) => name.endsWith(".ipynb"))
    .map((name) => [name, place]);
const ofPacks = readdirSync(packs).flatMap((name) => notebooksIn(join(packs, name)));

test("each pack that comes with the project has a notebook", () => {
  expect(ofPacks.map(([name]) => name)).toEqual(readdirSync(packs).map((name) => `${name}.ipynb`));
});

/** Tables, maps and charts: what shows numbers. */
const isOfData = ({ data }: Output): boolean =>
  Object.keys(data ?? {}).some((type) => /^application\/vnd\.tombolo\.(table|map|chart)/.test(type));

const textIn = (value: unknown): string | string[] =>
  Array.isArray(value) ? value.map(String) : String(value);

/** What a reader on the web sees of tables, maps and charts: the forms that there are, and the text. */
const shownIn = (cells: readonly Cell[]) =>
  cells
    .flatMap(({ outputs }) => outputs ?? [])
    .filter(isOfData)
    .map(({ data }) => ({
      forms: Object.keys(data ?? {}).sort(),
      // A placeholder tells when it was made.
      text: textOf(textIn(data?.["text/plain"])).replace(/run on [\d-]+ at [\d:]+ UTC/, "run"),
    }));

describe.each([...notebooksIn(notebooks), ...ofPacks])("%s", (name, place) => {
  const folder = mkdtempSync(join(tmpdir(), "tombolo-notebook-"));
  const executed = join(output, "notebooks", name);

  beforeAll(() => {
    mkdirSync(join(output, "notebooks"), { recursive: true });
    cpSync(join(place, name), join(folder, name));
    execFileSync(environment.python, [executor, join(folder, name), executed, environment.kernel, folder], {
      env: environment.variables,
      stdio: ["ignore", "ignore", "pipe"],
    });
  }, 120_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("runs from top to bottom without an error or a warning", () => {
    const outputs = readNotebook(executed).cells.flatMap((cell) => cell.outputs ?? []);
    expect(outputs.length).toBeGreaterThan(5);
    expect(outputs.filter(({ output_type }) => output_type === "error")).toEqual([]);
    expect(
      outputs.filter((each) => each.output_type === "stream").map(({ text }) => textOf(text ?? "")),
    ).toEqual([]);
  });

  test("explains each cell in a sentence, and keeps cells short", () => {
    const { cells } = readNotebook(join(place, name));
    cells.forEach((cell, index) => {
      if (cell.cell_type !== "code") return;
      expect(cells[index - 1]?.cell_type).toBe("markdown");
      expect(textOf(cell.source).split("\n").length).toBeLessThanOrEqual(10);
    });
  });

  test("stays small when saved with its pictures", () => {
    expect(statSync(executed).size).toBeLessThan(300_000);
  });

  test("is committed as it runs, with its pictures; test/output/notebooks has what to commit", () => {
    const { cells } = readNotebook(executed);
    expect(shownIn(readNotebook(join(place, name)).cells)).toEqual(shownIn(cells));
    const pictures = cells.flatMap((cell) => cell.outputs ?? []).filter(({ data }) => data?.["image/png"]);
    expect(pictures.length).toBeGreaterThan(0);
  });

  if (place.startsWith(packs)) {
    test("is short, and marks all that it shows as dummy data", () => {
      const { cells } = readNotebook(executed);
      expect(cells.length).toBeLessThanOrEqual(12);
      expect(textOf(cells[0]?.source ?? "")).toContain("computed on dummy data");
      const shown = cells.flatMap((cell) => cell.outputs ?? []).filter(isOfData);
      expect(shown.length).toBeGreaterThanOrEqual(3);
      for (const { data } of shown) expect(textOf(textIn(data?.["text/plain"]))).toMatch(/dummy data/i);
    });
  }

  if (name === "01-first-map.ipynb") {
    test("exports the kilometres that geopandas computed", () => {
      const rows = readFileSync(join(folder, "tubes.csv"), "utf8").trimEnd().split(/\r?\n/);
      const header = rows[0]?.split(",") ?? [];
      expect(rows).toHaveLength(34);
      for (const row of rows.slice(1)) {
        const cells = row.split(",");
        const value = (column: string) => Number(cells[header.indexOf(column)]);
        const reference = referenceBoroughs[cells[header.indexOf("name")] ?? ""];
        if (!reference) continue;
        expect(Math.abs(value("tube_km") - reference.tube_km)).toBeLessThanOrEqual(
          0.005 * reference.tube_km + 1e-9,
        );
        expect(Math.abs(value("area_km2") - reference.area_km2)).toBeLessThanOrEqual(
          0.005 * reference.area_km2,
        );
      }
      for (const ending of ["geojson", "parquet"])
        expect(existsSync(join(folder, `tubes.${ending}`))).toBe(true);
    });
  }
});
