import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { isSdmxJson, readSdmxJson } from "../../kernel/src/importers/formats/sdmx-json.ts";
import { declareOwn } from "../../kernel/src/importers/own/declare.ts";
import { importDatasource } from "../../kernel/src/importers/run.ts";
import type { Store } from "../../kernel/src/store/store.ts";
import { rowsOf, temporaryFolder, temporaryStore } from "../support/store.ts";
import { seed } from "./seeds.ts";

const sample = (name: string) => join(import.meta.dirname, "..", "data", "sdmx", `${name}.json`);
const folder = temporaryFolder();
let store: Store & { remove(): void };
beforeAll(async () => {
  store = await temporaryStore();
  await seed(store, ["E08000035", "E09000019"]);
});
afterAll(() => {
  store.remove();
  folder.remove();
});
const rows = async (sql: string) => rowsOf(await store.engine.query(sql));

describe("SDMX-JSON becomes a wide table", () => {
  test.each<[string, readonly string[], readonly (readonly (string | null)[])[]]>([
    [
      "version1",
      ["area code", "area name", "time period", "Male", "Female"],
      [
        ["E08000035", "Leeds", "2025-Q1", "1200", "800"],
        ["E08000035", "Leeds", "2025-Q2", "1250.5", null],
        ["E09000019", "Islington", "2025-Q1", "300", null],
        ["E09000019", "Islington", "2025-Q2", "310", "205"],
      ],
    ],
    [
      "version2",
      ["area code", "area name", "time period", "Homes built", "Empty homes"],
      [
        ["E08000035", "Leeds", "2024", "3100", "12"],
        ["E08000035", "Leeds", "2025", "3300", "15"],
        ["E09000019", "Islington", "2024", "410", null],
        ["E09000019", "Islington", "2025", "395", "7"],
      ],
    ],
    [
      "draft",
      ["time period", "New Zealand dollar", "Swiss franc"],
      [
        ["2013-01", "1.59", "1.23"],
        ["2013-02", "1.61", "1.22"],
      ],
    ],
  ])("%s", (name, columns, wanted) => {
    const table = readSdmxJson(JSON.parse(readFileSync(sample(name), "utf8")));
    expect(table?.columns).toEqual(columns);
    expect(table?.rows).toEqual(wanted);
  });

  test.each([[{}], [[]], [null], [{ data: { dataSets: [] } }], [{ structure: {}, dataSets: 1 }]])(
    "%j is none",
    (document) => {
      expect(isSdmxJson(document)).toBe(false);
      expect(readSdmxJson(document)).toBeUndefined();
    },
  );

  test("what lacks its parts is empty, and no crash", () => {
    expect(
      readSdmxJson({ structure: {}, dataSets: [{ observations: { "0:1": [2] }, series: { x: null } }] }),
    ).toMatchObject({
      columns: ["OBS_VALUE"],
      rows: [["2"]],
    });
  });
});

test("what SDMX-JSON says of its figures becomes units, missing values and sentences", () => {
  const values = (...names: string[]) => names.map((name) => ({ id: name.slice(0, 1), name }));
  const structure = {
    name: "Homes",
    dimensions: {
      series: [{ id: "MEASURE", name: "Measure", values: values("Rent", "Share", "Mixed") }],
      observation: [{ id: "TIME_PERIOD", role: "time", values: [{ id: "2024" }, { id: "2025" }] }],
    },
    attributes: {
      dataSet: [],
      series: [
        { id: "UNIT_MEASURE", values: values("Pounds", "Percent") },
        {
          id: "UNIT_MULT",
          values: [
            { id: "0", name: "Units" },
            { id: "3", name: "Thousands" },
          ],
        },
      ],
      observation: [
        {
          id: "OBS_STATUS",
          values: [
            { id: "A", name: "Normal value" },
            { id: "E", name: "Estimated value" },
            { id: "Q", name: "Missing value; suppressed" },
          ],
        },
        { id: "UNIT", values: values("Pounds", "Percent") },
      ],
    },
  };
  const series = {
    "0": { attributes: [0, 1], observations: { "0": [5, 0], "1": [6, 1] } },
    "1": { attributes: [1, 0], observations: { "0": [0, 2], "1": [40, null] } },
    "2": { attributes: [null, 0], observations: { "0": [1, 0, 0], "1": [2, 1, 1] } },
  };
  const table = readSdmxJson({ structure, dataSets: [{ series }] });
  expect(table?.columns).toEqual(["time period", "Rent (Thousands Pounds)", "Share (Percent)", "Mixed"]);
  expect(table?.rows).toEqual([
    ["2024", "5", null, "1"],
    ["2025", "6", "40", "2"],
  ]);
  expect(table?.notes).toEqual([
    "SDMX-JSON: Homes.",
    "Columns by Measure.",
    'Figures of "Mixed" are in several units: Pounds, Percent.',
    '2 figures are marked "Estimated value".',
    '1 figure is marked "Missing value; suppressed".',
  ]);
});

test("%import of SDMX-JSON: values of areas at times", async () => {
  const report = await importDatasource(store, sample("version1"), {});
  expect(report).toMatchObject({ counts: { subjects: 0, timedValues: 6 } });
  expect(report.notes.join(" ")).toMatch(/SDMX-JSON: Claimants\. Columns by Sex\./);
  expect(
    await rows(`SELECT subject_label AS area, strftime(timestamp, '%Y-%m-%dT%H:%M:%S') AS time, value FROM timed_values
      WHERE attribute = 'Male' ORDER BY ALL`),
  ).toEqual([
    { area: "E08000035", time: "2025-03-31T23:59:59", value: 1200 },
    { area: "E08000035", time: "2025-06-30T23:59:59", value: 1250.5 },
    { area: "E09000019", time: "2025-03-31T23:59:59", value: 300 },
    { area: "E09000019", time: "2025-06-30T23:59:59", value: 310 },
  ]);
});

test("SDMX-JSON as an importer of a notebook cell", async () => {
  const homes = declareOwn({
    id: "mine/homes",
    file: sample("version2"),
    subjects: "district",
    rows: `SELECT "area code" AS label, "area name" AS name, "Homes built" AS built FROM source WHERE "time period" = '2025'`,
  });
  expect(await importDatasource(store, homes)).toMatchObject({ counts: { subjects: 2, fixedValues: 2 } });
  expect(await rows("SELECT name, built FROM district ORDER BY name")).toEqual([
    { name: "Islington", built: 395 },
    { name: "Leeds", built: 3300 },
  ]);
});

describe("records of JSON", () => {
  test.each<[string, unknown, RegExp]>([
    [
      "a list",
      [
        { id: "A", lon: -1.5, lat: 53.8, size: 3 },
        { id: "B", lon: -1.6, lat: 53.7 },
      ],
      /^/,
    ],
    [
      "a list inside, with nested objects and the longest list meant",
      {
        success: true,
        links: [{ a: 1 }],
        result: {
          records: [
            { id: "A", lon: -1.5, lat: 53.8, size: 3, tags: ["x"] },
            { id: "B", lon: -1.6, lat: 53.7 },
          ],
        },
      },
      /Rows are in "result\.records"\./,
    ],
  ])("%s", async (what, document, note) => {
    const type = `records_${what.length}`;
    const path = join(folder.path, `${type}.json`);
    writeFileSync(path, JSON.stringify(document));
    const report = await importDatasource(store, path, {});
    expect(report.counts).toMatchObject({ subjects: 2 });
    expect(report.notes.join(" ")).toMatch(note);
    expect(await rows(`SELECT label, size, ST_X(shape) AS x FROM ${type} ORDER BY label`)).toEqual([
      { label: "A", size: 3, x: -1.5 },
      { label: "B", size: null, x: -1.6 },
    ]);
  });

  test.each<[string, string, RegExp]>([
    ["cut.json", '[{"a":1},', /^cut\.json cannot be read: it is damaged or cut short/],
    ["word.json", '"hello"', /^word\.json is not JSON: it does not begin with \{ or \[$/],
    ["page.json", "<!doctype html><p>no", /^page\.json is a web page, not JSON\. Check the address/],
    ["mixed.json", "[1, 2]", /no list of records/],
    ["none.json", '{"structure":{},"dataSets":[]}', /^none\.json (has no figures|is JSON)/],
  ])("%s ends in a sentence", async (name, text, message) => {
    const path = join(folder.path, name);
    writeFileSync(path, text);
    await expect(importDatasource(store, path, {})).rejects.toThrow(message);
  });
});
