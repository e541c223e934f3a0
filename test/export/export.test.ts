import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { columnMetadata, withColumnMetadata } from "../../kernel/src/engine/columns.ts";
import { openDuckDB } from "../../kernel/src/engine/duckdb.ts";
import type { Engine } from "../../kernel/src/engine/engine.ts";
import { exportTable } from "../../kernel/src/export/export.ts";
import { importDatasource } from "../../kernel/src/importers/run.ts";
import { rowsOf, temporaryFolder, temporaryStore } from "../support/store.ts";
import { squaresTable } from "../support/tables.ts";

const folder = temporaryFolder();
const table = squaresTable(["Alpha", 'Be"ta, <x>', "Ωmega"], [0.1 + 0.2, null, -5], "internal");
let engine: Engine;
beforeAll(async () => {
  engine = await openDuckDB();
});
afterAll(() => {
  engine.close();
  folder.remove();
});

test("CSV has all digits and no shapes", async () => {
  const report = await exportTable(engine, table, join(folder.path, "a.csv"));
  expect(report).toMatchObject({ format: "CSV", rows: 3, access: "internal" });
  expect(readFileSync(report.path, "utf8")).toBe(
    'label,name,length\nS1,Alpha,0.30000000000000004\nS2,"Be""ta, <x>",\nS3,Ωmega,-5.0\n',
  );
  expect(report.bytes).toBe(readFileSync(report.path).length);
});

test("what a killed export has left is removed by the next one to the same place, and nothing else", async () => {
  const own = join(folder.path, "left");
  mkdirSync(own);
  const others = [
    "a.1.csv",
    "a.partial.csv",
    "a.x1.partial.csv",
    `a.${process.pid}0.csv`,
    "b.999999999.partial.csv",
  ];
  const living = `a.${process.ppid}.partial.csv`;
  for (const name of [...others, living, "a.999999999.partial.csv", "a.999999998.partial.csv"])
    writeFileSync(join(own, name), "secret");
  await exportTable(engine, table, join(own, "a.csv"));
  expect(readdirSync(own).sort()).toEqual(["a.csv", "a.csv.label.json", ...others, living].sort());
  rmSync(own, { recursive: true });
});

test("what another user's export has left stays, and is not in the way", async () => {
  const own = join(folder.path, "shared");
  const left = join(own, "a.999999999.partial.csv");
  mkdirSync(left, { recursive: true });
  writeFileSync(join(left, "theirs"), "secret");
  chmodSync(left, 0o555);
  chmodSync(own, 0o777);
  chmodSync(folder.path, 0o755);
  const isRoot = process.getuid?.() === 0;
  if (isRoot) process.seteuid?.(65534);
  try {
    await exportTable(engine, table, join(own, "a.csv"));
  } finally {
    if (isRoot) process.seteuid?.(0);
    chmodSync(left, 0o755);
  }
  expect(readdirSync(own).sort()).toEqual(["a.999999999.partial.csv", "a.csv", "a.csv.label.json"]);
  rmSync(own, { recursive: true });
});

test("CSV has whole numbers as such", async () => {
  const whole = squaresTable(["A", "B", "C"], [9434765919, null, -5], "public");
  const { path } = await exportTable(engine, whole, join(folder.path, "whole.csv"));
  expect(readFileSync(path, "utf8")).toBe("label,name,length\nS1,A,9434765919\nS2,B,\nS3,C,-5\n");
  rmSync(path);
});

test("GeoJSON is longitude and latitude, counter-clockwise", async () => {
  const { path } = await exportTable(engine, table, join(folder.path, "a.geojson"));
  const { features } = JSON.parse(readFileSync(path, "utf8"));
  expect(features).toHaveLength(3);
  expect(features[1].properties).toEqual({ label: "S2", name: 'Be"ta, <x>', length: null });
  const [ring] = features[0].geometry.coordinates;
  const twiceArea = ring
    .slice(1)
    .reduce(
      (sum: number, [x, y]: number[], index: number) =>
        sum + ring[index][0] * (y ?? 0) - (x ?? 0) * ring[index][1],
      0,
    );
  expect(twiceArea).toBeCloseTo(2e-4, 9);
  expect(ring[0][0]).toBeCloseTo(-0.05, 9);
});

test("GeoParquet says what its columns are", async () => {
  const { path } = await exportTable(engine, table, join(folder.path, "a.parquet"));
  const metadata = await engine.query(
    "SELECT decode(value) AS notes FROM parquet_kv_metadata(?) WHERE decode(key) = 'tombolo'",
    { parameters: [path] },
  );
  const { columns } = JSON.parse(String(rowsOf(metadata)[0]?.["notes"]));
  expect(columns).toEqual(
    Object.fromEntries(table.schema.fields.map((field) => [field.name, columnMetadata(field)])),
  );
  expect(columns.length).toMatchObject({ access: "internal" });
});

test("GeoParquet says what its shapes are, and reads back", async () => {
  const { path } = await exportTable(engine, table, join(folder.path, "a.parquet"));
  const metadata = await engine.query(
    "SELECT decode(value) AS geo FROM parquet_kv_metadata(?) WHERE decode(key) = 'geo'",
    { parameters: [path] },
  );
  const geo = JSON.parse(String(metadata.getChild("geo")?.get(0)));
  expect(geo).toMatchObject({
    primary_column: "geometry",
    columns: { geometry: { encoding: "WKB", geometry_types: ["Polygon"] } },
  });
  // Without a system of its own GeoParquet means longitude and latitude.
  expect([undefined, null]).toContain(geo.columns.geometry.crs ?? null);
  const back = await engine.query(
    "SELECT label, length, round(ST_XMin(geometry), 6) AS west FROM read_parquet(?)",
    { parameters: [path] },
  );
  expect(rowsOf(back)[2]).toEqual({ label: "S3", length: -5, west: -0.03 });
});

test("another ending is a sentence, and nothing is left behind", async () => {
  await expect(exportTable(engine, table, join(folder.path, "a.xls"))).rejects.toThrow(
    '".xls" is not an ending that export knows. Known: .csv, .geojson, .parquet, .arrow.',
  );
  expect(readdirSync(folder.path).sort()).toEqual(
    ["a.csv", "a.geojson", "a.parquet"].flatMap((name) => [name, `${name}.label.json`]),
  );
});

describe("a file takes its label with it", () => {
  test.each(["csv", "geojson", "parquet"])("%s", async (ending) => {
    const store = await temporaryStore();
    const place = temporaryFolder();
    try {
      const closed = await store.engine.query(
        "SELECT 'a' AS label, 3 AS beds, ST_Point(0, 51) AS geometry UNION ALL SELECT 'b', 4, ST_Point(1, 51)",
      );
      const sensitive = withColumnMetadata(closed, (field) => ({
        ...columnMetadata(field),
        access: "sensitive",
        source: "Clinic.",
      }));
      const path = join(place.path, `beds.${ending}`);
      await exportTable(store.engine, sensitive, path);
      const report = await importDatasource(store, path);
      expect(report).toMatchObject({ access: "sensitive", attribution: "Clinic." });
      expect(report.notes.join()).toContain("It is sensitive, as when it was exported.");
      await expect(importDatasource(store, path, { access: "public" })).rejects.toThrow(
        'was exported as sensitive, so "public" needs a reason',
      );
      const open = withColumnMetadata(closed, (field) => ({ ...columnMetadata(field), access: "public" }));
      await exportTable(store.engine, open, path);
      expect(existsSync(`${path}.label.json`)).toBe(false);
    } finally {
      store.remove();
      place.remove();
    }
  });
});
