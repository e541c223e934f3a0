import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Progress } from "../../kernel/src/progress.ts";
import { parseRecipe } from "../../kernel/src/recipe/parse.ts";
import { computeRecipe } from "../../kernel/src/recipe/run.ts";
import type { Store } from "../../kernel/src/store/store.ts";
import { writeDataset } from "../../kernel/src/store/write.ts";
import { loadGiven } from "../conformance/given.ts";
import { rowsOf, temporaryStore } from "../support/store.ts";
import { buildTown, townAsGiven } from "./town/town.ts";

let store: Store & { remove(): void };
beforeAll(async () => {
  store = await temporaryStore();
  await loadGiven(store, townAsGiven(buildTown(1)));
  // So many points that everything about them takes long.
  await writeDataset(
    store,
    {
      version: 1,
      key: "many",
      importer: "test",
      importerVersion: 1,
      title: "Many",
      access: "public",
      licence: "",
      attribution: "",
      source: { address: "", digest: "", retrieved: new Date().toISOString() },
      subjectTypes: [{ provider: "many", label: "point", name: "Points", count: 60_000 }],
      attributes: [],
      rows: { subjects: 60_000, fixedValues: 0, timedValues: 0 },
    },
    {
      subjects: `SELECT 'many' AS provider, 'point' AS subject_type, 'p' || i AS label, NULL::VARCHAR AS name,
        ST_Point(0.00001 * (i % 1000), 0.00001 * (i // 1000)) AS shape, i AS position FROM range(60000) r(i)`,
    },
  );
}, 60_000);
afterAll(() => store.remove());

test("a stage of SQL that takes long tells the rows that it is through, and of how many", async () => {
  const rows: Progress[] = [];
  const field = "{ distance-to: point, maxDistanceMetres: 3 }";
  await computeRecipe(store, parseRecipe(`subjects: many/point\nfields: { x: ${field} }\n`), {
    onProgress: (progress) => rows.push(progress),
  });
  const counted = rows.filter(({ total = 0 }) => total > 0);
  expect(counted.length).toBeGreaterThan(0);
  expect(
    counted.every(({ done = -1, total = 0, unit }) => done >= 0 && done <= total && unit === "rows"),
  ).toBe(true);
}, 60_000);

const leftOver = async () =>
  rowsOf(await store.engine.query("SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 'recipe_%'"));

test.each([
  ["a join of SQL", "{ distance-to: point, maxDistanceMetres: 2000 }", "Finding the nearest"],
  ["a set operator that counts", "{ count-near: point, metres: 2000 }", "Counting what is near"],
  ["a set operator", "{ nearest: point, field: { subject-label: }, maxRadius: 0.5 }", "Finding the nearest"],
  ["groups", "{ cluster: [{ subject-latitude: }, { subject-longitude: }], count: 40 }", "Clustering"],
])(
  "%s stops within a second, and leaves no table behind",
  async (_, field, stage) => {
    const controller = new AbortController();
    const stages: string[] = [];
    let asked = 0;
    const running = computeRecipe(store, parseRecipe(`subjects: many/point\nfields: { x: ${field} }\n`), {
      signal: controller.signal,
      onProgress: ({ stage: current }) => {
        if (!stages.includes(current)) stages.push(current);
        if (current !== stage || asked > 0) return;
        asked = performance.now();
        setTimeout(() => {
          asked = performance.now();
          controller.abort();
        }, 300);
      },
    });
    await expect(running).rejects.toThrow(/abort/i);
    expect(stages).toContain(stage);
    // A second for the work itself; the machine that runs the tests may have other things to do.
    expect(performance.now() - asked).toBeLessThan(5000);
    expect(await leftOver()).toEqual([]);
    expect((await computeRecipe(store, parseRecipe("subjects: district\nfields: {}\n"))).table.numRows).toBe(
      9,
    );
  },
  60_000,
);
