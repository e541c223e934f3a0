import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { columnMetadata } from "../../kernel/src/engine/columns.ts";
import { runSql } from "../../kernel/src/magics/sql.ts";
import type { Store } from "../../kernel/src/store/store.ts";
import { subjects, write } from "../support/datasets.ts";
import { testSession } from "../support/session.ts";
import { temporaryFolder, temporaryStore } from "../support/store.ts";

const folder = temporaryFolder();
let store: Store & { remove(): void };
beforeAll(async () => {
  store = await townStore();
});

async function townStore() {
  const store = await temporaryStore();
  const type = (label: string) => ({ provider: "town", label, name: label, count: 2 });
  const attribute = (label: string) => ({
    provider: "town",
    label,
    description: label,
    values: "fixed" as const,
  });
  const places = subjects([
    ["a", "A", 0, 51],
    ["b", "B", 1, 51],
  ]);
  await write(store, "places", { subjects: places }, { subjectTypes: [type("place")], attribution: "Town." });
  const values = (
    label: string,
  ) => `SELECT 'town' AS subject_provider, 'place' AS subject_type, subject_label, 'town' AS provider,
    '${label}' AS attribute, value FROM (VALUES ('a', '1'), ('b', '2')) AS row(subject_label, value)`;
  await write(store, "open", { fixed_values: values("trees") }, { attributes: [attribute("trees")] });
  await write(
    store,
    "closed",
    { fixed_values: values("patients") },
    { attributes: [attribute("patients")], access: "sensitive", attribution: "Clinic." },
  );
  await write(
    store,
    "own",
    { subjects: places.replace("'place'", "'shed'") },
    { subjectTypes: [type("shed")], access: "internal" },
  );
  return store;
}
afterAll(() => {
  store.remove();
  folder.remove();
});

async function labels(text: string, variables: Readonly<Record<string, unknown>> = {}) {
  const { session, variables: known } = testSession(folder.path, store);
  for (const [name, value] of Object.entries(variables)) known.set(name, value);
  const result = await runSql(session, text, []);
  return Object.fromEntries(result.schema.fields.map((field) => [field.name, columnMetadata(field).access]));
}

/** What asks for the label of the first column of an answer. */
const accessIn = (session: Parameters<typeof runSql>[0]) => async (text: string) => {
  const [field] = (await runSql(session, text, [])).schema.fields;
  return field && columnMetadata(field).access;
};

const P = "public";
const I = "internal";
const S = "sensitive";

describe("columns have the labels of what they are read from", () => {
  test.each<[string, Readonly<Record<string, string>>]>([
    ["SELECT name, trees FROM place", { name: P, trees: P }],
    ["SELECT name, patients FROM place", { name: P, patients: S }],
    ["SELECT * FROM place", { label: P, name: P, shape: P, trees: P, patients: S }],
    ["SELECT * EXCLUDE (patients) FROM place", { label: P, name: P, shape: P, trees: P }],
    ["SELECT p.NAME, s.label AS l FROM place p JOIN shed s USING (label)", { name: I, l: I }],
    ["SELECT name FROM place WHERE patients > '1'", { name: S }],
    ["SELECT name FROM place ORDER BY patients", { name: S }],
    ["SELECT name, patients AS n FROM place ORDER BY n", { name: S, n: S }],
    ["SELECT name, patients FROM place ORDER BY 2", { name: S, patients: S }],
    ["SELECT patients AS a, a || 'x' AS b, name FROM place", { a: S, b: S, name: P }],
    ["SELECT name, max(patients) AS most FROM place GROUP BY name", { name: P, most: S }],
    ["SELECT name, patients FROM place GROUP BY ALL", { name: S, patients: S }],
    ["SELECT DISTINCT name, patients FROM place", { name: S, patients: S }],
    ["SELECT name FROM (SELECT name, patients FROM place)", { name: S }],
    ["SELECT name FROM (SELECT name, trees FROM place)", { name: P }],
    ["WITH k AS (SELECT name, trees FROM place) SELECT name FROM k", { name: P }],
    ["WITH k AS (FROM place) SELECT name FROM k", { name: S }],
    ["SELECT trees AS x FROM place UNION ALL SELECT patients FROM place", { x: S }],
    ["SELECT (SELECT max(patients) FROM place) AS x", { x: S }],
    ["SELECT name FROM place WHERE EXISTS (SELECT 1 FROM shed)", { name: I }],
    ["SELECT name FROM place WHERE EXISTS (FROM shed)", { name: S }],
    ["SELECT name FROM place LIMIT (SELECT count(*) FROM shed)", { name: I }],
    ["SELECT place FROM place", { place: S }],
    ["SELECT p FROM place AS p", { p: S }],
    ["SELECT #2 FROM place", { name: S }],
    ["SELECT COLUMNS('name|trees') FROM place", { name: S, trees: S }],
    [
      "SELECT * REPLACE (patients AS name) FROM place",
      { label: S, name: S, shape: S, trees: S, patients: S },
    ],
    ["SELECT * RENAME (patients AS q) FROM place", { label: S, name: S, shape: S, trees: S, q: S }],
    ["SELECT b FROM place AS t(a, b)", { b: S }],
    ["SELECT place.name FROM place NATURAL JOIN shed", { name: S }],
    ["SELECT count(*) AS n FROM place", { n: P }],
    ["SELECT count(*) AS n FROM subjects", { n: I }],
    ["SELECT value FROM fixed_values", { value: S }],
    ["SELECT title FROM datasets", { title: P }],
    ["SELECT 1 AS one", { one: P }],
    ["SELECT i FROM range(3) AS t(i)", { i: P }],
    ["PIVOT place ON name USING count(*) GROUP BY trees", { trees: S, A: S, B: S }],
    ["SELECT * FROM query('SELECT name FROM place')", { name: S }],
    ["SELECT table_name FROM information_schema.tables WHERE false", { table_name: S }],
    ["SELECT getvariable('x') AS v", { v: S }],
  ])("%s", async (text, expected) => {
    expect(await labels(text)).toEqual(expected);
  });
});

test("tables of the notebook keep the labels of their columns, and lists of objects have none", async () => {
  const { session } = testSession(folder.path, store);
  const first = await runSql(session, "SELECT name, patients FROM place", []);
  expect(await labels("SELECT name FROM first", { first })).toEqual({ name: P });
  expect(await labels("SELECT concat(patients, 0) AS n FROM first", { first })).toEqual({ n: S });
  expect(await labels("SELECT x FROM list", { list: [{ x: 1 }] })).toEqual({ x: S });
  expect(await labels("SELECT x FROM (SELECT 1 AS x) list", { list: [{ x: 1 }] })).toEqual({ x: P });
});

test("the source of what is read goes with it", async () => {
  const { session } = testSession(folder.path, store);
  const [field] = (await runSql(session, "SELECT patients FROM place", [])).schema.fields;
  expect(field && columnMetadata(field).source).toContain("Clinic.");
});

test("files read past the importers are internal, and sensitive when they look like people", async () => {
  const file = (name: string, text: string) => {
    writeFileSync(join(folder.path, name), text);
    return join(folder.path, name);
  };
  const plain = file("plain.csv", "a,b\n1,2\n");
  expect(await labels(`SELECT a FROM '${plain}'`)).toEqual({ a: I });
  expect(await labels(`SELECT a FROM read_csv('${plain}')`)).toEqual({ a: I });
  const people = file("people.csv", "nhs,b\n9434765919,2\n9434765870,3\n");
  expect(await labels(`SELECT * FROM read_csv('${people}')`)).toEqual({ nhs: S, b: S });
  file("plain.csv.label.json", '{"version":1,"access":"sensitive","source":"Clinic."}');
  expect(await labels(`SELECT a FROM '${plain}'`)).toEqual({ a: S });
});

test("files of the store itself are as closed as the strictest there", async () => {
  const [dataset] = store.datasets();
  const file = join(dataset?.folder ?? "", "subjects.parquet");
  expect(await labels(`SELECT label FROM read_parquet('${file}')`)).toEqual({ label: S });
  expect(await labels(`SELECT label FROM '${store.folder}/imports/*/subjects.parquet'`)).toEqual({
    label: S,
  });
});

test("names that a statement may have given another meaning count as the strictest", async () => {
  const other = await temporaryStore();
  try {
    const { session } = testSession(folder.path, other);
    const access = accessIn(session);
    const type = { provider: "town", label: "place", name: "place", count: 1 };
    const one = subjects([["a", "A", 0, 51]]);
    await write(other, "a", { subjects: one }, { subjectTypes: [type] });
    await write(
      other,
      "b",
      { subjects: one.replace("'place'", "'patient'") },
      {
        subjectTypes: [{ ...type, label: "patient" }],
        access: "sensitive",
      },
    );
    expect(await access("SELECT name FROM place")).toBe("public");
    await runSql(session, "CREATE TEMP MACRO who() AS (SELECT max(name) FROM patient)", []);
    expect(await access("SELECT who()")).toBe("sensitive");
    expect(await access("SELECT name FROM place")).toBe("public");
    await runSql(session, "CREATE OR REPLACE TEMP VIEW place AS SELECT name FROM patient", []);
    expect(await access("SELECT name FROM place")).toBe("sensitive");
    expect(await access("SELECT 1")).toBe("public");
    await expect(runSql(session, "SELECT 1 FORM patient WHERE", [])).rejects.toThrow("syntax error");
    await runSql(session, "SET VARIABLE x = 1", []);
    expect(await access("SELECT 1")).toBe("public");
    await runSql(session, "SET search_path = 'main'", []);
    expect(await access("SELECT 1")).toBe("sensitive");
  } finally {
    other.remove();
  }
});

/** What was run before, and the labels of what is asked then. */
const made: [readonly string[], string, Readonly<Record<string, string>>][] = [
  [["CREATE TABLE t AS SELECT name, trees FROM place"], "SELECT name FROM t", { name: P }],
  [["create or replace temp table t as from place"], "SELECT name FROM T", { name: S }],
  [["CREATE TABLE t AS (SELECT name FROM shed)"], "SELECT name FROM t", { name: I }],
  [
    ["CREATE TABLE t AS SELECT patients AS n FROM place", "CREATE TABLE u AS SELECT n FROM t"],
    "FROM u",
    { n: S },
  ],
  [
    ["CREATE TABLE t AS SELECT patients AS n FROM place", "CREATE OR REPLACE TABLE t AS SELECT 1 AS n"],
    "FROM t",
    { n: S },
  ],
  [["CREATE TABLE t AS SELECT '1' AS n", "INSERT INTO t SELECT patients FROM place"], "FROM t", { n: S }],
  [["CREATE VIEW v AS SELECT name FROM place"], "SELECT name FROM v", { name: S }],
  [["SHOW TABLES", "SUMMARIZE place", "DESCRIBE place"], "SELECT name FROM place", { name: P }],
];

test.each(made)("after %j", async (statements, query, expected) => {
  const own = await townStore();
  try {
    const { session } = testSession(folder.path, own);
    for (const text of statements) await runSql(session, text, []);
    const { fields } = (await runSql(session, query, [])).schema;
    const found = fields.map((field) => [field.name, columnMetadata(field).access]);
    expect(Object.fromEntries(found)).toEqual(expected);
  } finally {
    own.remove();
  }
});

test("where all is public, statements that read no file leave it so; what may read one is internal", async () => {
  const other = await temporaryStore();
  try {
    const { session } = testSession(folder.path, other);
    const access = accessIn(session);
    await write(other, "a", { subjects: subjects([["a", "A", 0, 51]]) }, {});
    expect(await access("CREATE MACRO half(x) AS x / 2")).toBe("public");
    expect(await access("SELECT half(3) AS h")).toBe("public");
    expect(await access("SHOW TABLES")).toBe("public");
    expect(await access("SELECT label FROM subjects")).toBe("public");
    expect(await access("SUMMARIZE subjects")).toBe("public");
    const file = join(folder.path, "letters.csv");
    writeFileSync(file, "nhs,b\n9434765919,2\n9434765870,3\n");
    expect(await access(`CREATE TABLE letters AS SELECT * FROM '${file}'`)).toBe("internal");
    expect(await access("SELECT nhs FROM letters")).toBe("sensitive");
    expect(await access(`CREATE MACRO opened() AS TABLE FROM '${file}'`)).toBe("internal");
    expect(await access("SELECT * FROM opened()")).toBe("internal");
    expect(await access("SET threads = 1")).toBe("internal");
  } finally {
    other.remove();
  }
});
