import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { openDuckDB } from "../../kernel/src/engine/duckdb.ts";
import type { Engine } from "../../kernel/src/engine/engine.ts";
import { exportTable } from "../../kernel/src/export/export.ts";
import { rowsOf, temporaryFolder } from "../support/store.ts";
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
  expect(readdirSync(folder.path).sort()).toEqual(["a.csv", "a.geojson", "a.parquet"]);
});
