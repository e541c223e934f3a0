import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { openStore } from "../../kernel/src/store/store.ts";
import { loadGiven } from "../conformance/given.ts";
import { temporaryFolder } from "../support/store.ts";
import { buildTown, townAsGiven } from "./town/town.ts";

const program = fileURLToPath(new URL("../../kernel/bin/tombolo.js", import.meta.url));
const folder = temporaryFolder();
const P = "town.example";
const CLASS = "uk.org.tombolo.field.";

const recipe = (changes: Record<string, unknown> = {}, exporter = "uk.org.tombolo.exporter.CSVExporter") => ({
  dataset: {
    subjects: [{ provider: P, subjectType: "district" }],
    datasources: [],
    fields: [
      {
        fieldClass: `${CLASS}value.LatestValueField`,
        label: "count",
        attribute: { provider: P, label: "count" },
      },
      { fieldClass: `${CLASS}value.SubjectLatitudeField`, label: "latitude" },
      { fieldClass: `${CLASS}value.SubjectLongitudeField`, label: "longitude" },
    ],
    ...changes,
  },
  exporter,
});

beforeAll(async () => {
  const store = await openStore(join(folder.path, "store"));
  await loadGiven(store, townAsGiven(buildTown(3)));
  store.close();
});
afterAll(() => folder.remove());

function write(name: string, content: unknown): string {
  const path = join(folder.path, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

function tombolo(...parameters: string[]) {
  const { NODE_OPTIONS: _, ...variables } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...parameters], {
    cwd: folder.path,
    env: variables,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

test("a command takes the store of TOMBOLO_STORE, as notebooks do, unless told another", () => {
  const { stdout } = spawnSync(process.execPath, [program, "store", "--json"], {
    cwd: folder.path,
    env: { ...process.env, NODE_OPTIONS: "", TOMBOLO_STORE: "store" },
    encoding: "utf8",
  });
  expect(JSON.parse(stdout)).toEqual(JSON.parse(tombolo("store", "--store", "store", "--json").stdout));
  expect(JSON.parse(stdout)).toHaveLength(1);
});

test("who reads only the beginning of the output gets no error", () => {
  const command = `"${process.execPath}" "${program}" catalogue | head -c 10`;
  const { stdout, stderr } = spawnSync("bash", ["-c", command], {
    cwd: folder.path,
    env: { ...process.env, NODE_OPTIONS: "" },
    encoding: "utf8",
  });
  expect({ length: stdout.length, stderr }).toEqual({ length: 10, stderr: "" });
});

describe("tombolo run", () => {
  test("writes the file, and the correlations of its columns", () => {
    const file = write("good.json", recipe());
    const { status, stdout, stderr } = tombolo(
      "run",
      file,
      "--output",
      "out.csv",
      "--correlation",
      "pairs.json",
      "--store",
      "store",
    );
    expect([status, stderr.match(/count: \d of 9 values are missing/)?.length]).toEqual([0, 1]);
    expect(stdout).toMatch(/^out\.csv: 9 rows, \d+ bytes \(CSV\)\./);
    const lines = readFileSync(join(folder.path, "out.csv"), "utf8").split("\r\n");
    expect(lines[0]).toBe("label,name,geometry,count,latitude,longitude");
    expect(lines[1]).toMatch(/^d00,District 00,"POLYGON \(\(0 0, 2 0, 2 2, 0 2, 0 0\)\)",[-\d.]*,1\.0,1\.0$/);
    const pairs = JSON.parse(readFileSync(join(folder.path, "pairs.json"), "utf8"));
    expect(pairs).toHaveLength(9);
    expect(pairs[0]).toMatchObject({
      xFieldLabel: "count",
      yFieldLabel: "count",
      correlationCoefficient: 1,
      pValue: 0,
    });
    expect(stderr).toMatch(
      /1 row is left out of the correlation, because these fields have no number there: count \(1\)/,
    );
  });

  test.each([
    [
      "too few fields",
      { fields: recipe().dataset.fields.slice(0, 1) },
      "few.csv",
      /at least two fields/,
      false,
    ],
    ["no text to read back", {}, "few.parquet", /read from CSV or GeoJSON/, false],
    [
      "too few rows",
      {
        subjects: [
          { provider: P, subjectType: "district", matchRule: { attribute: "label", pattern: "d00" } },
        ],
      },
      "few.csv",
      /need three rows in which every field has a number, and there (is 1|are 0)\. The result is written, .*few-pairs\.json is not\./,
      true,
    ],
  ])(
    "%s for a correlation is a failure, before the run where it is known",
    (_, changes, output, message, written) => {
      const file = write("few.json", recipe(changes));
      const { status, stderr } = tombolo(
        ...["run", file, "--output", output, "--correlation", "few-pairs.json", "--store", "store"],
      );
      expect([status, existsSync(join(folder.path, output))]).toEqual([1, written]);
      expect(stderr).toMatch(message);
      expect(existsSync(join(folder.path, "few-pairs.json"))).toBe(false);
    },
  );

  test.each([
    [
      "out.geojson",
      /^\{"type":"FeatureCollection","features":\[\{"type":"Feature","geometry":\{"type":"Polygon"/,
    ],
    ["out.parquet", /^PAR1/],
    ["out.arrow", /^ARROW1/],
  ])("writes %s", (output, beginning) => {
    const { status } = tombolo("run", write("good.json", recipe()), "--output", output, "--store", "store");
    expect(status).toBe(0);
    expect(readFileSync(join(folder.path, output), "latin1")).toMatch(beginning);
  });

  test.each([
    [
      "an unknown field",
      recipe({ fields: [{ fieldClass: "Nothing", label: "x" }] }),
      /^Line 1, dataset\.fields\[0\]\.fieldClass \(x\): unknown field "Nothing"/,
    ],
    [
      "a series as CSV",
      recipe({
        fields: [
          {
            fieldClass: `${CLASS}value.TimeseriesField`,
            label: "x",
            attribute: { provider: P, label: "count" },
          },
        ],
      }),
      /^fields\.x: "x" has no single value/,
    ],
    [
      "an unknown exporter",
      recipe({}, "no.such.Exporter"),
      /^Line 1, exporter: unknown exporter "no\.such\.Exporter"[^\n]*\n$/,
    ],
    [
      "a label that every result has",
      recipe({ fields: [{ fieldClass: `${CLASS}value.ConstantField`, label: "name", value: "1" }] }),
      /"name" is a column that every result has/,
    ],
    ["no JSON", "{ dataset: ", /the recipe is not JSON/],
    [
      "a datasource that there is not",
      recipe({
        datasources: [{ importerClass: "uk.org.tombolo.importer.ons.OaImporter", datasourceId: "nowhere" }],
      }),
      /^Unknown DatasourceId: nowhere/,
    ],
  ])(
    "refuses %s in a sentence, without a file, without clearing, and with a status",
    (_, content, message) => {
      const before = readdirSync(join(folder.path, "store", "imports"));
      const result = tombolo(
        "run",
        write("bad.json", content),
        "--output",
        "bad.csv",
        "--clear",
        "--store",
        "store",
      );
      expect(result.status).toBe(1);
      expect(result.stderr).toMatch(message);
      expect(result.stderr).not.toMatch(/\n\s+at /);
      expect(existsSync(join(folder.path, "bad.csv"))).toBe(false);
      expect(readdirSync(join(folder.path, "store", "imports"))).toEqual(before);
    },
  );

  test.each([
    [
      "a folder that is a file",
      "good.json/out.csv",
      /good\.json\/out\.csv cannot be written: [A-Z]+: [^\n]+\n$/,
    ],
    ["a folder as file", "store", /store is a folder\. Name a file in it\.\n$/],
  ])("says before the run that %s cannot be written", (_, output, message) => {
    const file = write("good.json", recipe());
    const results = [
      tombolo("run", file, "--output", output, "--store", "store"),
      tombolo("run", file, "--output", "fine.csv", "--correlation", output, "--store", "store"),
      tombolo("catalogue", output),
    ];
    for (const { status, stdout, stderr } of results) {
      expect([status, stdout]).toEqual([1, ""]);
      expect(stderr).toMatch(message);
      expect(stderr).not.toMatch(/\n\s+at /);
    }
    expect(existsSync(join(folder.path, "fine.csv"))).toBe(false);
  });

  test("finds models in the folder beside it", () => {
    mkdirSync(join(folder.path, "models"), { recursive: true });
    const model = `title: Times\nparameters: { factor: 2 }\nfield:\n  arithmetic: "${P}/count * {{factor}}"\n`;
    write(join("models", "twice.yaml"), model);
    const text =
      "subjects: district\nfields:\n  x: { model: twice, parameters: { factor: 3 } }\n  y: { model: twice }\n  z: { arithmetic: x / y }\n";
    const { status, stderr } = tombolo(
      "run",
      write("own.yaml", text),
      "--output",
      "own.csv",
      "--store",
      "store",
    );
    expect([status, stderr.includes("there is no")]).toEqual([0, false]);
    const cells = readFileSync(join(folder.path, "own.csv"), "utf8")
      .trim()
      .split("\r\n")
      .slice(1)
      .map((line) => line.split(",").at(-1));
    expect([...new Set(cells.filter((cell) => cell !== ""))]).toEqual(["1.5"]);
  });

  test("clears the store when it is told to and the recipe is valid", () => {
    const result = tombolo(
      "run",
      write("good.json", recipe()),
      "--output",
      "empty.csv",
      "--clear",
      "--store",
      "store",
    );
    expect(result.status).toBe(0);
    expect(readFileSync(join(folder.path, "empty.csv"), "utf8")).toBe(
      "label,name,geometry,count,latitude,longitude\r\n",
    );
    expect(result.stderr).toMatch(/The store has no subjects of type "town\.example\/district"/);
  });
});

test("tombolo validate tells what would be imported, and imports nothing", () => {
  const text = 'subjects: uk.gov.ons/lsoa in "Leeds"\nfields: { x: { model: census/fraction-renting } }\n';
  expect(tombolo("validate", write("valid.yaml", text))).toMatchObject({
    status: 0,
    stdout: `${join(folder.path, "valid.yaml")} is valid: 1 field.\nimports uk.org.tombolo.importer.ons.CensusImporter:qs405ew\n`,
  });
  expect(tombolo("validate", "--text", text)).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^The recipe is valid/),
  });
  expect(tombolo("validate")).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/^A recipe is needed\. Write tombolo validate/),
  });
  expect(tombolo("validate", "--text", JSON.stringify(recipe({}, "Csv")))).toMatchObject({
    status: 1,
    stdout: "",
    stderr: expect.stringMatching(/^Line 1, exporter: unknown exporter "Csv"/),
  });
  const wrong = tombolo("validate", write("invalid.yaml", text.replace("renting", "rentin")));
  expect(wrong.status).toBe(1);
  expect(wrong.stderr).toMatch(
    /^Line 2, fields\.x\.recipe: there is no model "census\/fraction-rentin"\. Did you mean "census\/fraction-renting"/,
  );
});
