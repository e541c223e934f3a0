import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { datasourceOf, loadImporter } from "../../kernel/src/importers/find.ts";
import type { DatasourceRequest } from "../../kernel/src/importers/request.ts";
import { importDatasource } from "../../kernel/src/importers/run.ts";
import type { Store } from "../../kernel/src/store/store.ts";
import { describeWhere } from "../support/describe-where.ts";
import { rowsOf, temporaryStore, valueIn } from "../support/store.ts";
import { type RecordedCase, recordedCases } from "./recorded-cases.ts";
import { seed } from "./seeds.ts";

const cache = fileURLToPath(new URL("../../../shared/fixtures/tombolo-datacache", import.meta.url));
const missing = existsSync(join(cache, "manifest.json"))
  ? undefined
  : `the recorded downloads are not at ${cache}`;

async function importCase({ importer, seeds = [], areas = true, ...request }: RecordedCase) {
  const store = await temporaryStore();
  await seed(store, seeds);
  const { datasourceId, geographyScope, temporalScope, subjectTypes, localData } = request;
  const wanted = {
    importerClass: `uk.org.tombolo.importer.${importer}`,
    ...{ datasourceId, geographyScope, temporalScope, subjectTypes, localData },
  };
  const options = { cache, offline: true, areas };
  return { store, wanted, options, report: await importDatasource(store, wanted, options) };
}

async function expectPlaces(store: Store, { places = [] }: RecordedCase): Promise<void> {
  for (const [label, name, x, y, tolerance = 0] of places) {
    const [found] = rowsOf(
      await store.engine.query(
        "SELECT name, ST_X(ST_Centroid(shape)) AS x, ST_Y(ST_Centroid(shape)) AS y FROM subjects WHERE label = ?",
        { parameters: [label] },
      ),
    );
    if (name !== null) expect(found).toMatchObject({ name });
    if (x === undefined) continue;
    expect(Math.abs(Number(found?.["x"]) - x)).toBeLessThanOrEqual(tolerance);
    expect(Math.abs(Number(found?.["y"]) - (y ?? Number.NaN))).toBeLessThanOrEqual(tolerance);
  }
}

async function seriesOf(store: Store, subject: string, attribute: string) {
  const rows = await store.engine.query(
    `SELECT strftime(timestamp, '%Y-%m-%dT%H:%M:%S') AS time, value FROM timed_values
      WHERE subject_label = ? AND attribute = ? ORDER BY timestamp`,
    { parameters: [subject, attribute] },
  );
  return rowsOf(rows);
}

async function expectTimed(store: Store, { timed = [] }: RecordedCase): Promise<void> {
  for (const [subject, attribute, time, value, tolerance, latestTime] of timed) {
    const series = await seriesOf(store, subject, attribute);
    const found = time === "latest" ? series.at(-1) : series.find((each) => each["time"] === time);
    expect([subject, attribute, time, found === undefined]).toEqual([subject, attribute, time, false]);
    expect(Math.abs(Number(found?.["value"]) - value)).toBeLessThanOrEqual(tolerance);
    if (latestTime !== undefined) expect(found?.["time"]).toBe(latestTime);
  }
}

async function expectRest(
  store: Store,
  { fixed = [], series = [], absent = [], attributes }: RecordedCase,
): Promise<void> {
  for (const [subject, attribute, value] of fixed) {
    const [found] = rowsOf(
      await store.engine.query("SELECT value FROM fixed_values WHERE subject_label = ? AND attribute = ?", {
        parameters: [subject, attribute],
      }),
    );
    expect([attribute, found?.["value"]]).toEqual([attribute, value]);
  }
  for (const [subject, attribute, count] of series)
    expect(await seriesOf(store, subject, attribute)).toHaveLength(count);
  for (const [subject, attribute] of absent) expect(await seriesOf(store, subject, attribute)).toEqual([]);
  if (attributes !== undefined)
    expect(Number(await valueIn(store, "SELECT count(*) FROM attributes"))).toBe(attributes);
}

/** What the catalogue says of a datasource before anything is read is what reading it has found. */
async function expectDeclared(store: Store, { importerClass, datasourceId }: DatasourceRequest) {
  const importer = await loadImporter(importerClass);
  const { attributes } = datasourceOf(importer, datasourceId);
  const stored = rowsOf(
    await store.engine.query("SELECT label, unit, kind FROM attributes WHERE provider = ?", {
      parameters: [importer.provider.label],
    }),
  );
  const declared = attributes.map(({ label, unit = null, kind = null }) => ({ label, unit, kind }));
  const byLabel = new Map(declared.map((each) => [each.label, each]));
  expect(new Map(stored.map((each) => [String(each["label"]), each]))).toEqual(byLabel);
}

describeWhere(missing, "recorded downloads of 2019 give what the specification says", () => {
  const named = recordedCases.map((each) => ({
    ...each,
    title: `${each.importer} ${each.datasourceId} ${[...(each.geographyScope ?? []), ...(each.subjectTypes ?? [])].join(" ")}`,
  }));
  test.each(named)("$title", async (each) => {
    const { store, wanted, options, report } = await importCase(each);
    try {
      const [subjects, fixedValues, timedValues] = each.counts;
      expect(report.counts).toEqual({ subjects, fixedValues, timedValues });
      await expectPlaces(store, each);
      await expectTimed(store, each);
      await expectRest(store, each);
      if (each.counts.some((count) => count > 0)) await expectDeclared(store, wanted);
      const names = store.datasets().map(({ name }) => name);
      expect(await importDatasource(store, wanted, options)).toMatchObject({
        changed: false,
        counts: report.counts,
      });
      expect(store.datasets().map(({ name }) => name)).toEqual(names);
    } finally {
      store.remove();
    }
  });

  test("imported again by force they give the same answers, byte by byte", async () => {
    const store = await temporaryStore();
    const options = { cache, offline: true };
    const requests = [
      ["ons.OaImporter", "lsoa"],
      ["nhschoices.HealthOrganisationImporter", "hospital"],
      ["spacesyntax.OpenMappingImporter", "SpaceSyntaxOpenMapping"],
    ].map(([name, datasourceId = ""]) => ({
      importerClass: `uk.org.tombolo.importer.${name}`,
      datasourceId,
    }));
    try {
      for (const request of requests) await importDatasource(store, request, options);
      const before = await answersOf(store);
      for (const request of requests)
        expect(await importDatasource(store, request, { ...options, force: true })).toMatchObject({
          changed: true,
        });
      expect(await answersOf(store)).toEqual(before);
    } finally {
      store.remove();
    }
  });
});

/** Everything that the tables of a store answer, but for the names of the datasets. */
async function answersOf(store: Store): Promise<Record<string, unknown[]>> {
  const tables = {
    subjects: "provider, subject_type, label, name, hex(ST_AsWKB(shape)) AS shape",
    attributes: "provider, label, description, unit, kind",
    fixed_values: "* EXCLUDE (dataset)",
    timed_values: "* EXCLUDE (dataset)",
  };
  const answers: Record<string, unknown[]> = {};
  for (const [table, columns] of Object.entries(tables))
    answers[table] = rowsOf(await store.engine.query(`SELECT ${columns} FROM ${table} ORDER BY ALL`));
  return answers;
}
