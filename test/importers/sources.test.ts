import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { openDuckDB } from "../../kernel/src/engine/duckdb.ts";
import { cachePath } from "../../kernel/src/importers/fetch/cache.ts";
import { datasourceOf, loadImporter } from "../../kernel/src/importers/find.ts";
import { importDatasource } from "../../kernel/src/importers/run.ts";
import { openStore, type Store } from "../../kernel/src/store/store.ts";
import { write } from "../support/datasets.ts";
import { rowsOf, temporaryFolder } from "../support/store.ts";
import { zipOf } from "../support/zip.ts";
import { type Sample, samples } from "./samples.ts";

const data = new URL("../data/sources/", import.meta.url).pathname;
const folder = temporaryFolder();
afterAll(() => folder.remove());

beforeAll(async () => {
  const engine = await openDuckDB();
  // A GeoPackage is a database, so it is made here: two sites in metres of the national grid.
  await engine.run(`COPY (SELECT * FROM (VALUES
      ('A1', 'Public Park Or Garden', 'Some Park', ST_GeomFromText('POLYGON ((530600 185870, 530700 185870, 530700 185970, 530600 185970, 530600 185870))')),
      ('A2', 'Cemetery', ' ', ST_GeomFromText('POLYGON ((530800 185870, 530900 185870, 530900 185970, 530800 185970, 530800 185870))')))
      AS site(id, "function", distinctive_name_1, geometry))
    TO '${join(folder.path, "greenspace.gpkg")}' WITH (FORMAT gdal, DRIVER 'GPKG', LAYER_NAME 'greenspace_site', SRS 'EPSG:27700')`);
  engine.close();
});

const sampleFile = (name: string) =>
  readFileSync(name.endsWith(".gpkg") ? join(folder.path, name) : join(data, name));

/** Puts a sample where the cache would have the publisher's file. */
async function keepSample(
  cache: string,
  { id, datasource, file, packed, request, part = "" }: Sample,
): Promise<void> {
  const importer = await loadImporter(id);
  const { files } = datasourceOf(importer, datasource);
  const context = {
    datasourceId: datasource,
    geographyScope: request?.geographyScope ?? [],
    temporalScope: request?.temporalScope ?? [],
    localData: [],
    subjectTypes: [],
    folder: ".",
  };
  const sources = typeof files === "function" ? files(context) : files;
  const suffixes: Record<string, string> = { csv: ".csv", json: ".json", geo: ".json" };
  for (const source of sources) {
    const suffix = source.suffix ?? suffixes[source.format] ?? "";
    const path = cachePath(cache, source.prefix ?? importer.provider.label, source.address, suffix);
    mkdirSync(dirname(path), { recursive: true });
    const content = packed
      ? zipOf({ "notes.txt": Buffer.from("no data"), [packed]: sampleFile(file) })
      : sampleFile(file);
    // One of several files has the sample, the others nothing.
    writeFileSync(path, source.address.includes(part) ? content : "{}");
  }
}

/** Puts areas without shapes into a store. */
async function addAreas(store: Store, areas: Sample["areas"] = {}): Promise<void> {
  for (const [type, list] of Object.entries(areas)) {
    const rows = list.map((area) => `('${area.slice(0, 9)}', '${area.slice(10)}')`);
    const subjects = `SELECT 'uk.gov.ons' AS provider, '${type}' AS subject_type, label, name,
      NULL::GEOMETRY('OGC:CRS84') AS shape, 0::BIGINT AS position FROM (VALUES ${rows.join(", ")}) AS area(label, name)`;
    const subjectTypes = [{ provider: "uk.gov.ons", label: type, name: type, count: list.length }];
    await write(store, type, { subjects }, { subjectTypes });
  }
}

describe.each(samples)("$id $datasource", (sample) => {
  const { id, datasource, file, request, areas, counts, values, place } = sample;
  let store: Store;
  const cache = join(folder.path, "cache", file);
  beforeAll(async () => {
    await keepSample(cache, sample);
    store = await openStore(join(folder.path, "stores", file));
    await addAreas(store, areas);
  });
  afterAll(() => store.close());
  const options = { cache, offline: true, areas: false };

  test("gives what its sample says", async () => {
    const report = await importDatasource(
      store,
      { importerClass: id, datasourceId: datasource, ...request },
      options,
    );
    const [subjects, fixedValues, timedValues] = counts;
    expect(report).toMatchObject({ changed: true, access: "public" });
    expect(
      rowsOf(
        await store.engine.query(`SELECT
      (SELECT count(*) FROM fixed_values)::INTEGER AS fixed, (SELECT count(*) FROM timed_values)::INTEGER AS timed`),
      ),
    ).toEqual([{ fixed: fixedValues, timed: timedValues }]);
    expect(report.counts.subjects).toBe(subjects);
  });

  test.each(values)("%s %s is %s", async (label, attribute, ...rest) => {
    const table = rest.length === 1 ? "fixed_values" : "timed_values";
    const time = rest.length === 1 ? "" : "strftime(timestamp, '%Y-%m-%dT%H:%M:%S') AS time, ";
    const found = await store.engine.query(
      `SELECT ${time}value FROM ${table} WHERE subject_label = ? AND attribute = ? ORDER BY ALL`,
      { parameters: [label, attribute] },
    );
    const rows = rowsOf(found).map((row) => Object.values(row));
    expect(rows).toContainEqual(rest);
  });

  test("its subjects are where they should be", async () => {
    if (!place) return;
    const [label, x, y] = place;
    const [row] = rowsOf(
      await store.engine.query(
        "SELECT ST_XMin(shape) AS x, ST_YMin(shape) AS y FROM subjects WHERE label = ?",
        { parameters: [label] },
      ),
    );
    expect(row?.x).toBeCloseTo(x, 5);
    expect(row?.y).toBeCloseTo(y, 5);
  });

  test("again changes nothing", async () => {
    const report = await importDatasource(
      store,
      { importerClass: id, datasourceId: datasource, ...request },
      options,
    );
    expect(report.changed).toBe(false);
  });
});
