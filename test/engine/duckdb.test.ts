import { appendFileSync, copyFileSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { DuckDBDataChunk, VARCHAR } from "@duckdb/node-api";
import duckdb from "@duckdb/node-bindings";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { Binary, Float64, makeData, Table, Utf8, Vector, vectorFromArray } from "apache-arrow";
import { isGeometry } from "../../kernel/src/engine/arrow.ts";
import { arrowFromChunks } from "../../kernel/src/engine/arrow-from-chunks.ts";
import { openDuckDB } from "../../kernel/src/engine/duckdb.ts";
import type { Engine } from "../../kernel/src/engine/engine.ts";
import { findSpatialExtension } from "../../kernel/src/engine/spatial-extension.ts";
import { rowsOf, temporaryFolder } from "../support/store.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await openDuckDB();
});
afterAll(() => engine.close());

test("SQL of users cannot allow extensions that nobody has signed", async () => {
  await expect(engine.run("SET allow_unsigned_extensions = true")).rejects.toThrow(
    /while database is running/,
  );
  const table = await engine.query("SELECT current_setting('allow_unsigned_extensions') AS x");
  expect(rowsOf(table)).toEqual([{ x: false }]);
});

describe("what leaves the engine is Arrow", () => {
  test.each([
    ["true", true, "Bool"],
    ["5::TINYINT", 5, "Int32"],
    ["5::BIGINT", 5, "Float64"],
    ["9007199254740993::BIGINT", 9007199254740993n, "Int64"],
    ["18446744073709551615::UBIGINT", 18446744073709551615n, "Uint64"],
    ["170141183460469231731687303715884105727::HUGEINT", 2 ** 127, "Float64"],
    ["sum(5) OVER ()", 5, "Float64"],
    ["1.25::DECIMAL(9,2)", 1.25, "Float64"],
    ["1.5::FLOAT", 1.5, "Float64"],
    ["'häß'", "häß", "Utf8"],
    ["NULL::DOUBLE", null, "Float64"],
    ["NULL::VARCHAR", null, "Utf8"],
    ["DATE '2011-01-02'", Date.UTC(2011, 0, 2), "Date32<DAY>"],
    ["TIMESTAMP '2011-01-02 03:04:05.678'", Date.UTC(2011, 0, 2, 3, 4, 5, 678), "Timestamp<MILLISECOND>"],
    ["[1, 2]", "[1, 2]", "Utf8"],
    ["'\\x01\\x02'::BLOB", Uint8Array.of(1, 2), "Binary"],
  ])("%s", async (expression, value, type) => {
    const table = await engine.query(`SELECT ${expression} AS x`);
    const got: unknown = table.getChild("x")?.get(0);
    expect(got instanceof Date ? got.getTime() : got).toEqual(value);
    expect(String(table.schema.fields[0]?.type)).toBe(type);
  });

  test("of many rows, with gaps", async () => {
    const table = await engine.query(
      "SELECT CASE WHEN i % 3 = 0 THEN NULL ELSE i END AS x FROM range(10000) t(i)",
    );
    expect(table.numRows).toBe(10_000);
    expect(table.getChild("x")?.nullCount).toBe(3334);
    expect(table.getChild("x")?.get(9999)).toBeNull();
    expect(table.getChild("x")?.get(9998)).toBe(9998);
  });

  test("and goes back in", async () => {
    const table = await engine.query(
      "SELECT 1.5 AS number, 'x' AS text, true AS flag, TIMESTAMP '2011-01-02 03:04:05' AS time, ST_Point(1, 2) AS shape, NULL::DOUBLE AS gap",
    );
    expect(table.schema.fields.filter(isGeometry).map(({ name }) => name)).toEqual(["shape"]);
    await engine.register('odd "name"', table);
    const back = await engine.query('SELECT *, ST_X(shape) AS x FROM "odd ""name"""');
    expect(rowsOf(back)[0]).toMatchObject({
      number: 1.5,
      text: "x",
      flag: true,
      time: Date.UTC(2011, 0, 2, 3, 4, 5),
      gap: null,
      x: 1,
    });
  });
});

describe("texts and bytes of every length, with gaps,", () => {
  const LENGTH = 5000;
  const text = (row: number) => (row % 7 === 0 ? null : `${"é€x😀".repeat(row % 11)}${row}`);
  const bytes = (row: number) => (row % 5 === 0 ? null : new Uint8Array(row % 33).fill(row % 251));
  const tableOf = () =>
    new Table({
      row: vectorFromArray(
        Array.from({ length: LENGTH }, (_, row) => row),
        new Float64(),
      ),
      text: vectorFromArray(
        Array.from({ length: LENGTH }, (_, row) => text(row)),
        new Utf8(),
      ),
      bytes: vectorFromArray(
        Array.from({ length: LENGTH }, (_, row) => bytes(row)),
        new Binary(),
      ),
    });
  const check = (table: Table, rows: readonly number[]) => {
    expect(table.getChild("row")?.toArray()).toEqual(Float64Array.from(rows));
    expect([...(table.getChild("text") ?? [])]).toEqual(rows.map(text));
    expect([...(table.getChild("bytes") ?? [])]).toEqual(rows.map(bytes));
  };

  test("go in and come out, in whatever order", async () => {
    await engine.register("strings", tableOf());
    const found = await engine.query("SELECT * FROM strings ORDER BY row * 7919 % 5003");
    const rows = Array.from({ length: LENGTH }, (_, row) => row);
    check(
      found,
      rows.sort((first, second) => ((first * 7919) % 5003) - ((second * 7919) % 5003)),
    );
  });

  test("of some rows of a table", async () => {
    await engine.register("strings", tableOf().slice(2050, 4500));
    const rows = Array.from({ length: 2450 }, (_, row) => 2050 + row);
    check(await engine.query("SELECT * FROM strings"), rows);
  });

  test("that are no texts though they say so", async () => {
    const values = Uint8Array.of(...Buffer.from("é€a"), 0xff);
    const data = makeData({
      type: new Utf8(),
      length: 3,
      valueOffsets: Int32Array.of(0, 1, 5, 7),
      data: values,
    });
    await engine.register("broken", new Table({ text: new Vector([data]) }));
    const broken = await engine.query("SELECT text, length(text) AS length FROM broken");
    expect(rowsOf(broken)).toEqual([
      { text: "\ufffd", length: 1 },
      { text: "\ufffd€", length: 2 },
      { text: "a\ufffd", length: 2 },
    ]);
  });

  test("that are no texts in a column with room for more rows", async () => {
    const texts = vectorFromArray(["ab", "c"], new Utf8());
    texts.data[0]?.values.fill(0xff, 1, 2);
    await engine.register("broken", new Table({ text: texts }));
    expect(rowsOf(await engine.query("SELECT text FROM broken"))).toEqual([
      { text: "a\ufffd" },
      { text: "c" },
    ]);
  });

  test("of which one ends before it begins", async () => {
    const data = makeData({
      type: new Binary(),
      length: 2,
      valueOffsets: Int32Array.of(0, 3, 2),
      data: Uint8Array.of(1, 2, 3),
    });
    await engine.register("broken", new Table({ bytes: new Vector([data]) }));
    const broken = await engine.query("SELECT octet_length(bytes) AS length FROM broken");
    expect(rowsOf(broken).map(({ length }) => length)).toEqual([3, expect.any(Number)]);
  });

  test("that are too long together for a column", () => {
    const rows = 2048;
    const chunk = DuckDBDataChunk.create([VARCHAR], rows);
    // Only their lengths: all else would be read later.
    const entries = new Uint32Array(4 * rows).map((_, at) => (at % 4 === 0 ? 2 ** 21 : 0));
    const vector = duckdb.data_chunk_get_vector(chunk.chunk, 0);
    duckdb.copy_data_to_vector(vector, 0, entries.buffer, 0, entries.byteLength);
    expect(() => arrowFromChunks(["text"], [VARCHAR], [chunk])).toThrow(
      "A column of texts or shapes has more than two billion bytes. Ask for fewer rows at a time.",
    );
    chunk.reset();
  });
});

test("values are bound", async () => {
  const table = await engine.query("SELECT ? AS a, ? AS b, ? AS c", { parameters: ["x'; DROP", 1.5, null] });
  expect(rowsOf(table)).toEqual([{ a: "x'; DROP", b: 1.5, c: null }]);
});

test("the user's mistakes are told in DuckDB's words, ours are bugs", async () => {
  await expect(engine.query("SELEC 1", { byUser: true })).rejects.toThrow(
    expect.objectContaining({
      name: "UserError",
      message: expect.stringContaining('syntax error at or near "SELEC"'),
    }),
  );
  await expect(engine.query("SELEC 1")).rejects.toThrow(expect.not.objectContaining({ name: "UserError" }));
  expect(rowsOf(await engine.query("SELECT 1 AS fine"))).toEqual([{ fine: 1 }]);
});

test("a running statement stops when it is aborted", async () => {
  const controller = new AbortController();
  const running = engine.query(
    "SELECT count(*) FROM range(100000000) a, range(100) b WHERE a.range % 7 = b.range",
    { signal: controller.signal },
  );
  setTimeout(() => controller.abort(), 50);
  const started = performance.now();
  await expect(running).rejects.toThrow(/abort/i);
  expect(performance.now() - started).toBeLessThan(5000);
  expect(rowsOf(await engine.query("SELECT 2 AS fine"))).toEqual([{ fine: 2 }]);
});

test("half of the threads are left to others while these need processors, however many do, and also when one fails", async () => {
  const threads = async () =>
    Number(rowsOf(await engine.query("SELECT current_setting('threads') AS x"))[0]?.x);
  await engine.run("SET threads = 6");
  const seen = await engine.besideOthers(async () => {
    const failing = engine.besideOthers(async () => {
      throw new Error(`with ${await threads()} threads`);
    });
    await expect(failing).rejects.toThrow("with 3 threads");
    return threads();
  });
  expect([seen, await threads()]).toEqual([3, 6]);
  await engine.run("SET threads = 1");
  expect([await engine.besideOthers(threads), await threads()]).toEqual([1, 1]);
});

test("settings that are locked stay as they are", async () => {
  const locked = await openDuckDB();
  await locked.run("SET threads = 4");
  await locked.run("SET lock_configuration = true");
  const table = await locked.besideOthers(() => locked.query("SELECT current_setting('threads') AS x"));
  expect(rowsOf(table)).toEqual([{ x: 4 }]);
  locked.close();
});

test("SQL of users loads no extension that nobody has signed", async () => {
  const folder = temporaryFolder();
  try {
    const path = join(folder.path, "other.duckdb_extension");
    copyFileSync(findSpatialExtension() ?? "", path);
    truncateSync(path, statSync(path).size - 256);
    appendFileSync(path, Buffer.alloc(256));
    await expect(engine.run(`SELECT 1; LOAD '${path}'`)).rejects.toThrow(/signature/);
  } finally {
    folder.remove();
  }
});
