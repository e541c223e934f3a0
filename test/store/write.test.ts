import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Progress } from "../../kernel/src/progress.ts";
import { openStore } from "../../kernel/src/store/store.ts";
import { fixedValues, subjects, timedValues, write } from "../support/datasets.ts";
import { findEnvironment } from "../support/environment.ts";
import { ruinOutside, scattered } from "../support/row-groups.ts";
import { rowsOf, temporaryStore, valueIn } from "../support/store.ts";

let store: Awaited<ReturnType<typeof temporaryStore>>;
beforeEach(async () => {
  store = await temporaryStore();
});
afterEach(() => store.remove());

const list = (sql: string) => valueIn(store, `SELECT string_agg(x, ' ') FROM (${sql})`);

test("writing tells how many rows are done", async () => {
  const reports: Progress[] = [];
  const rows = `SELECT 'town' AS subject_provider, 'place' AS subject_type, 'p' || hash(i) AS subject_label, 'town' AS provider,
    'count' AS attribute, TIMESTAMP '2011-01-01' AS timestamp, i AS value FROM range(1500000) AS row(i)`;
  await write(store, "a", { timed_values: rows }, {}, { onProgress: (progress) => reports.push(progress) });
  const counted = reports.filter(({ stage, unit }) => stage === "Writing timed values" && unit === "rows");
  expect(counted.length).toBeGreaterThan(0);
  expect(Math.max(...counted.map(({ total = 0 }) => total))).toBeGreaterThanOrEqual(1_500_000);
  expect(counted.every(({ done = 0, total = 0 }) => done <= total)).toBe(true);
});

test("neither infinity nor NaN is a value of the store", async () => {
  await write(store, "a", { timed_values: timedValues([["p1", "count", "2011-01-01 00:00:00", 5]]) });
  const rows = ["NaN", "Infinity", "-Infinity"].map(
    (value, year) =>
      `SELECT * REPLACE ('${value}'::DOUBLE AS value, TIMESTAMP '${2011 + year}-01-01' AS timestamp) FROM timed_values`,
  );
  await write(store, "b", { timed_values: rows.join(" UNION ALL ") });
  expect(await list("SELECT value::VARCHAR AS x FROM timed_values")).toBe("5.0");
});

describe("last write wins", () => {
  const named = (name: string) => subjects([["p1", name, 0, 0]]);

  test("inside one import", async () => {
    await write(store, "a", {
      subjects: subjects([
        ["p1", "first", 0, 0],
        ["p2", "other", 1, 1],
        ["p1", "second", 2, 2],
      ]),
      fixed_values: fixedValues([
        ["p1", "colour", "red"],
        ["p1", "colour", "green"],
        ["p1", "size", "small"],
      ]),
      timed_values: timedValues([
        ["p1", "count", "2011-01-01 00:00:00", 1],
        ["p1", "count", "2012-01-01 00:00:00", 2],
        ["p1", "count", "2011-01-01 00:00:00", 3],
      ]),
    });
    expect(await list("SELECT label || '=' || name AS x FROM subjects ORDER BY label")).toBe(
      "p1=second p2=other",
    );
    expect(await list("SELECT attribute || '=' || value AS x FROM fixed_values ORDER BY attribute")).toBe(
      "colour=green size=small",
    );
    expect(await list("SELECT value::VARCHAR AS x FROM timed_values ORDER BY timestamp")).toBe("3.0 2.0");
    expect(store.datasets()[0]?.manifest.rows).toEqual({ subjects: 2, fixedValues: 2, timedValues: 2 });
  });

  test("among 100,000 rows of one import", async () => {
    const rows = `SELECT 'town' AS subject_provider, 'place' AS subject_type, 'p' || (i % 50000) AS subject_label, 'town' AS provider,
      'count' AS attribute, TIMESTAMP '2011-01-01' AS timestamp, i AS value FROM range(100000) AS row(i)`;
    await write(store, "a", { timed_values: rows });
    expect(await valueIn(store, "SELECT count(*) FROM timed_values")).toBe(50000);
    expect(await valueIn(store, "SELECT min(value) FROM timed_values")).toBe(50000);
  });

  test("across imports, whatever their order of names and of retrieval", async () => {
    const retrieved = ["2020-01-01T00:00:00.000Z", "2010-01-01T00:00:00.000Z", "2015-01-01T00:00:00.000Z"];
    for (const [position, key] of ["z", "m", "a"].entries()) {
      await write(
        store,
        key,
        {
          subjects: subjects([
            ["p1", key, position, 0],
            [`only-${key}`, key, position, 0],
          ]),
          fixed_values: fixedValues([["p1", "colour", key]]),
          timed_values: timedValues([
            ["p1", "count", "2011-01-01", position],
            ["p1", "count", `201${position}-06-01`, position],
          ]),
        },
        { source: { address: "", digest: key, retrieved: retrieved[position] ?? "" } },
      );
    }
    expect(await valueIn(store, "SELECT name FROM subjects WHERE label = 'p1'")).toBe("a");
    expect(await valueIn(store, "SELECT count(*) FROM subjects")).toBe(4);
    expect(await valueIn(store, "SELECT value FROM fixed_values")).toBe("a");
    expect(
      await list(
        "SELECT strftime(timestamp, '%Y-%m') || '=' || value AS x FROM timed_values ORDER BY timestamp",
      ),
    ).toBe("2010-06=0.0 2011-01=2.0 2011-06=1.0 2012-06=2.0");
  });

  test("of a writer that has not looked since others wrote in quick succession", async () => {
    const other = await openStore(store.folder);
    for (let count = 0; count < 30; count++)
      await write(other, `quick ${count}`, { subjects: named("quick") });
    await write(store, "slow", { subjects: named("slow") });
    expect(await list("SELECT name AS x FROM subjects")).toBe("slow");
    await other.refresh();
    expect(await valueIn(other, "SELECT name FROM subjects")).toBe("slow");
    other.close();
  });

  test("of the same dataset written twice at once", async () => {
    const names = ["one", "two", "three"];
    await Promise.all(names.map((name) => write(store, "same", { subjects: named(name) })));
    expect(store.datasets()).toHaveLength(1);
    expect(names).toContain(await list("SELECT name AS x FROM subjects"));
  });

  test("a value that is missing is no value", async () => {
    await write(store, "a", {
      fixed_values: `SELECT * REPLACE (NULL::VARCHAR AS value) FROM (${fixedValues([["p1", "colour", ""]])})`,
    });
    expect(await valueIn(store, "SELECT count(*) FROM fixed_values")).toBe(0);
  });
});

test("times have no zone", async () => {
  await write(store, "a", { timed_values: timedValues([["p1", "count", "2011-07-01 12:34:56", 1]]) });
  await store.engine.run("SET TimeZone = 'America/New_York'").catch(() => undefined);
  expect(await valueIn(store, "SELECT timestamp::VARCHAR FROM timed_values")).toBe("2011-07-01 12:34:56");
  expect(await valueIn(store, "SELECT typeof(timestamp) FROM timed_values")).toBe("TIMESTAMP");
});

test("subjects follow in the order of import, whatever their places", async () => {
  await write(store, "second", {
    subjects: subjects([
      ["b", "b", 9, 9],
      ["a", "a", 0, 0],
    ]),
  });
  await write(store, "first", {
    subjects: subjects([
      ["d", "d", 0, 0],
      ["c", "c", 5, 5],
    ]),
  });
  expect(await list("SELECT label AS x FROM subjects ORDER BY position, label")).toBe("b a d c");
});

test("subjects without a shape", async () => {
  await write(store, "a", {
    subjects: `SELECT * REPLACE (NULL AS shape) FROM (${subjects([["p1", "x", 0, 0]])})`,
  });
  expect(await valueIn(store, "SELECT typeof(shape) FROM subjects")).toBe("GEOMETRY('OGC:CRS84')");
  expect(await valueIn(store, "SELECT count(*) FROM subjects WHERE shape IS NULL")).toBe(1);
});

test("what the manifests say can be asked by SQL, and every row names its dataset", async () => {
  const type = { provider: "town", label: "place", name: "Places", count: 1 };
  await write(
    store,
    "a",
    { subjects: subjects([["p1", "p1", 0, 0]]) },
    {
      access: "sensitive",
      subjectTypes: [type],
      providers: [{ label: "town", name: "The Town" }],
      request: { importerClass: "example.Trees", datasourceId: "trees", geographyScope: ["north"] },
      journal: "trees:0123",
      vintage: "2011",
    },
  );
  expect(
    await valueIn(store, "SELECT access || d.vintage FROM subjects JOIN datasets d USING (dataset)"),
  ).toBe("sensitive2011");
  expect(rowsOf(await store.engine.query("SELECT * EXCLUDE (dataset) FROM journal"))).toEqual([
    { importer_class: "example.Trees", key: "trees:0123" },
  ]);
  expect(rowsOf(await store.engine.query("SELECT * FROM providers"))).toEqual([
    { label: "town", name: "The Town" },
  ]);
  expect(rowsOf(await store.engine.query("SELECT * FROM subject_types"))).toEqual([
    { provider: "town", label: "place", name: "Places" },
  ]);
  const again = await openStore(store.folder);
  expect(again.datasets()[0]?.manifest.request).toEqual({
    importerClass: "example.Trees",
    datasourceId: "trees",
    geographyScope: ["north"],
  });
  again.close();
});

describe("a query for a place reads only the row groups that it needs", () => {
  test.each([
    ["one dataset, joined", 1, "JOIN square ON ST_Within(place.shape, square.shape) WHERE"],
    [
      "two that overlap, with a box",
      2,
      "WHERE ST_Within(place.shape, ST_MakeEnvelope(1, 1, 2, 2)) AND place.shape && ST_MakeEnvelope(1, 1, 2, 2) AND",
    ],
  ])("%s", async (_, copies, condition) => {
    for (let copy = 0; copy < copies; copy++)
      await write(store, `dataset ${copy}`, { subjects: scattered(40000, "place") });
    await store.engine.run(
      "CREATE TEMP TABLE square AS SELECT ST_MakeEnvelope(1, 1, 2, 2)::GEOMETRY('OGC:CRS84') AS shape",
    );
    const query = `SELECT count(*) FROM subjects place ${condition} place.provider = 'town' AND place.subject_type = 'place'`;
    const expected = await valueIn(store, query);
    expect(expected).toBe(
      await valueIn(
        store,
        `SELECT count(*) FROM (${scattered(40000, "place")}) WHERE ST_X(shape) > 1 AND ST_X(shape) < 2 AND ST_Y(shape) > 1 AND ST_Y(shape) < 2`,
      ),
    );
    for (const { folder } of store.datasets().slice(0, copies)) {
      const { groups, needed } = await ruinOutside(store, join(folder, "subjects.parquet"), [1, 1, 2, 2]);
      expect(groups).toBe(20);
      expect(needed).toBeLessThan(6);
    }
    await store.engine.run("SET enable_external_file_cache = false");
    expect(await valueIn(store, query)).toBe(expected);
    await expect(valueIn(store, "SELECT sum(ST_X(shape)) FROM subjects")).rejects.toThrow();
  });
});

test("geopandas reads the shapes, where they are, and a box of them", async () => {
  const environment = findEnvironment();
  if (!environment) {
    console.warn("There is no virtual environment, so GeoParquet is not compared with geopandas.");
    return;
  }
  await write(store, "a", { subjects: scattered(5000, "place") });
  const script = `import sys, json, geopandas
whole = geopandas.read_parquet(sys.argv[1])
part = geopandas.read_parquet(sys.argv[1], bbox=(1, 1, 2, 2))
print(json.dumps([whole.crs.to_string(), len(whole), len(part), int(whole.cx[1:2, 1:2].shape[0]), round(whole.geometry.x.sum(), 6)]))`;
  const file = join(store.datasets()[0]?.folder ?? "", "subjects.parquet");
  const [crs, count, part, inside, sum] = JSON.parse(
    execFileSync(environment.python, ["-c", script, file], { encoding: "utf8" }),
  );
  expect([crs, count]).toEqual(["OGC:CRS84", 5000]);
  expect(part).toBe(inside);
  expect(sum).toBeCloseTo(Number(await valueIn(store, "SELECT sum(ST_X(shape)) FROM subjects")), 5);
});

test("a table of the user's own keeps its name, and the store goes on", async () => {
  const type = { provider: "town", label: "place", name: "Places", count: 1 };
  await store.engine.run("CREATE TEMP TABLE place AS SELECT 7 AS seven");
  await write(store, "a", { subjects: subjects([["p1", "p1", 0, 0]]) }, { subjectTypes: [type] });
  expect(await valueIn(store, "SELECT seven FROM place")).toBe(7);
  expect(await valueIn(store, "SELECT label FROM town_place")).toBe("p1");
});

test("the view of a subject type that is gone goes as well", async () => {
  const type = { provider: "town", label: "place", name: "Places", count: 1 };
  await write(store, "a", { subjects: subjects([["p1", "p1", 0, 0]]) }, { subjectTypes: [type] });
  await write(store, "a", { fixed_values: fixedValues([["p1", "colour", "red"]]) });
  await expect(valueIn(store, "SELECT count(*) FROM place")).rejects.toThrow("does not exist");
});
