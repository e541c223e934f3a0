import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Binary, Field, Float64, type Table, Utf8, vectorFromArray } from "apache-arrow";
import { GEOMETRY_METADATA, tableFromVectors } from "../../kernel/src/engine/arrow.ts";
import { columnMetadata, toArrowMetadata } from "../../kernel/src/engine/columns.ts";
import { openDuckDB } from "../../kernel/src/engine/duckdb.ts";
import type { Engine } from "../../kernel/src/engine/engine.ts";
import { accessOf, numbersOf, textsOf } from "../../kernel/src/engine/result-columns.ts";
import { importDatasource } from "../../kernel/src/importers/run.ts";
import type { Counts } from "../../kernel/src/release/cells.ts";
import { describeProtected } from "../../kernel/src/release/describe.ts";
import { knownFromReleases } from "../../kernel/src/release/earlier.ts";
import { findPreset, protect } from "../../kernel/src/release/release.ts";
import { unitsOfRows } from "../../kernel/src/release/row-units.ts";
import { markedCsv, recordOf, writeRelease } from "../../kernel/src/release/write-release.ts";
import { temporaryStore } from "../support/store.ts";
import { squareWkb } from "../support/tables.ts";

let engine: Engine;
const folder = mkdtempSync(join(tmpdir(), "tombolo-release-"));

beforeAll(async () => {
  engine = await openDuckDB();
});
afterAll(() => {
  engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const people = [1200, 803, 40, 95];
const ill = [36, 4, 12, 0];

/** Columns of a result of sensitive data. */
type Columns = Readonly<
  Record<string, { kind?: "count" | "rate" | "mean" | "amount"; values: readonly unknown[] }>
>;

function result(
  columns: Columns,
  labels = ["A", "B", "C", "D"],
  side = 0.01,
  shapes?: readonly Uint8Array[],
): Table {
  const sensitive = { access: "sensitive" as const, source: "Register of the clinic." };
  const named = ["label", "name"].map(
    (name) => new Field(name, new Utf8(), true, toArrowMetadata(sensitive)),
  );
  const fields = Object.entries(columns).map(([name, { kind, values }]) => {
    const type = typeof values[0] === "string" ? new Utf8() : new Float64();
    return new Field(name, type, true, toArrowMetadata({ ...sensitive, ...(kind && { kind }) }));
  });
  const geometry = new Field(
    "geometry",
    new Binary(),
    true,
    new Map([...GEOMETRY_METADATA, ...toArrowMetadata(sensitive)]),
  );
  const squares = shapes ?? labels.map((_, index) => squareWkb(index * side, 51, side));
  const vectors = [
    vectorFromArray(labels, new Utf8()),
    vectorFromArray(
      labels.map((label) => `Area ${label}`),
      new Utf8(),
    ),
    ...Object.values(columns).map(({ values }) =>
      vectorFromArray([...values], typeof values[0] === "string" ? new Utf8() : new Float64()),
    ),
    vectorFromArray(squares, new Binary()),
  ];
  return tableFromVectors([...named, ...fields, geometry], vectors, labels.length);
}

const counted: Columns = {
  people: { kind: "count", values: people },
  ill: { kind: "count", values: ill },
  per_1000: { kind: "rate", values: ill.map((count, row) => (1000 * count) / (people[row] ?? 1)) },
};

describe("a table of counts and rates", () => {
  it("goes out public, hidden, rounded, and with rates from the rounded counts", async () => {
    const { verdict, table } = await protect(result(counted), {
      preset: findPreset("nhs-hes"),
      accept: true,
    });
    expect(verdict).toBe("review");
    if (!table) throw new Error("not released");
    expect(accessOf(table)).toBe("public");
    expect([...numbersOf(table, "people")]).toEqual([1200, 805, 40, 95]);
    expect([...numbersOf(table, "ill")]).toEqual([35, Number.NaN, 10, 0]);
    expect([...numbersOf(table, "per_1000")]).toEqual([(1000 * 35) / 1200, Number.NaN, 250, 0]);
    expect(textsOf(table, "ill marks")).toEqual([null, "[c]", null, null]);
    const field = table.schema.fields.find(({ name }) => name === "ill");
    expect(field && columnMetadata(field).marks).toBe("ill marks");
  });

  it("asks a person about a share of nothing, and keeps the table until then", async () => {
    const released = await protect(result(counted), { preset: findPreset("nhs-hes") });
    expect(released.table).toBeUndefined();
    const told = describeProtected(released, "clinic", "nhs-hes");
    expect(told).toContain("nothing was written. Read what is left to a person below.");
    expect(told).toContain(
      "For a person to decide (review):\n\n- per_1000: 1 area with a share of 0 or 100 %, which tells something of everyone there. Rows 4. (zero-and-hundred)",
    );
  });

  it("hides what is left of a share as well, where counts stay exact", async () => {
    const { table } = await protect(
      result({
        pupils: { kind: "count", values: [100, 120, 90, 95] },
        passed: { kind: "count", values: [97, 60, 45, 50] },
        share: { kind: "rate", values: [97, 50, 50, (100 * 50) / 95] },
      }),
      { preset: findPreset("ukllc-10"), accept: true },
    );
    // 97 of 100 would say that 3 have failed.
    const shown = ["pupils", "passed"].map((name) => numbersOf(must(table), name)[0] ?? 0);
    expect(shown.filter(Number.isNaN)).toHaveLength(1);
    expect(numbersOf(must(table), "share")[0]).toBeNaN();
    expect(numbersOf(must(table), "share")[1]).toBe(50);
  });

  it("leaves only the total of a nation exact", async () => {
    const visits: Columns = { visits: { kind: "count", values: [11, 22, 33, 66] } };
    for (const [label, total] of [
      ["E92000001", 66],
      ["E08000035", 65],
    ] as const) {
      const { table } = await protect(result(visits, ["A", "B", "C", label]), {
        preset: findPreset("nhs-hes"),
      });
      expect(numbersOf(must(table), "visits")[3]).toBe(total);
    }
  });

  it("marks a rate of few as unreliable, in the table and in the CSV, and says nothing of which few", async () => {
    const { table } = await protect(result(counted), { preset: findPreset("standard"), accept: true });
    expect(textsOf(must(table), "per_1000 marks")).toEqual([null, "[c]", "[u]", null]);
    expect(markedCsv(must(table))).toContain("C,Area C,40,10,250 [u]\r\n");
  });

  it("names the column of midpoints so that nobody takes them for counts", async () => {
    const { table } = await protect(result(counted), {
      preset: findPreset("opensafely-midpoint-6"),
      accept: true,
    });
    const names = table?.schema.fields.map(({ name }) => name).filter((name) => name.includes("midpoint"));
    expect(names).toEqual([
      ...["people_midpoint6", "people_midpoint6 marks", "ill_midpoint6", "ill_midpoint6 marks"],
      ...["per_1000_midpoint6_derived", "per_1000_midpoint6_derived marks"],
    ]);
  });
});

describe("the unit of record", () => {
  const units = (unit: "person" | "none", isOfThings: boolean) => ({ units: [unit], isOfThings });
  const column = { trees: { kind: "count" as const, values: [1, 2, 3, 400] } };

  it("of things lets small counts out, and is in the record", async () => {
    const options = {
      preset: findPreset("standard"),
      units: { rows: units("none", true), columns: new Map([["trees", units("none", true)]]) },
    };
    const released = await protect(result(column), options);
    expect(released.verdict).toBe("pass");
    if (!released.table) throw new Error("not released");
    expect([...numbersOf(released.table, "trees")]).toEqual([1, 2, 3, 400]);
    const record = recordOf(released, options, { name: "trees", reason: "test", folder });
    expect(record.unitsOfRecord).toEqual({ trees: ["none"] });
    expect(record.findings.map(({ check }) => check)).toEqual(["unit-of-record"]);
    expect(Object.keys(record.checks)).toEqual(
      expect.arrayContaining(["threshold", "zero-and-hundred", "complement", "dominance", "differencing"]),
    );
    expect(new Set(Object.values(record.checks))).toEqual(new Set(["pass"]));
  });

  it("not known, or of people, hides them", async () => {
    for (const about of [undefined, units("person", false)]) {
      const { table } = await protect(result(column), {
        preset: findPreset("standard"),
        ...(about && { units: { rows: units("none", true), columns: new Map([["trees", about]]) } }),
      });
      if (!table) throw new Error("not released");
      expect([...numbersOf(table, "trees")]).toEqual([Number.NaN, Number.NaN, Number.NaN, 400]);
    }
  });

  it.each(["labels of the rows are NHS numbers", "rows are about people"])(
    "%s: never goes out",
    async (what) => {
      const isTold = what.startsWith("rows");
      const labels = isTold ? undefined : ["9434765919", "9434765870", "4010232137", "9434765919"];
      const { verdict, findings } = await protect(result(column, labels), {
        preset: findPreset("standard"),
        accept: true,
        ...(isTold && { units: { rows: units("person", false), columns: new Map() } }),
      });
      expect(verdict).toBe("fail");
      expect(findings.filter((finding) => finding.verdict === "fail").map(({ check }) => check)).toEqual([
        "people",
      ]);
    },
  );
});

describe.each<[string, Columns, string]>([
  ["texts that are all different", { patient: { values: ["Ann", "Bob", "Cid", "Dee"] } }, "free-text"],
  ["a largest value", { max_age: { kind: "count", values: [99, 98, 97, 91] } }, "extremes"],
])("%s", (_, columns, check) => {
  it("never go out", async () => {
    const { verdict, findings, table } = await protect(result({ ...counted, ...columns }), {
      preset: findPreset("standard"),
      accept: true,
    });
    expect(verdict).toBe("fail");
    expect(findings.filter((finding) => finding.verdict === "fail").map((finding) => finding.check)).toEqual([
      check,
    ]);
    expect(table).toBeUndefined();
  });

  it("can be left out", async () => {
    const { table } = await protect(result({ ...counted, ...columns }), {
      preset: findPreset("standard"),
      accept: true,
      without: Object.keys(columns),
    });
    expect(table?.getChild(Object.keys(columns)[0] ?? "")).toBeNull();
  });
});

describe("a list of records", () => {
  const list: Columns = {
    born: { values: ["1971-03-12", "1962-07-30", "1955-01-01", "1980-05-05"] },
    postcode: { values: ["LS1 4AP", "LS1 4AP", "LS2 9JT", "LS2 9JT"] },
  };
  const checksThatFail = async (columns: Columns, without: string[]) => {
    const { findings } = await protect(result(columns), {
      preset: findPreset("standard"),
      accept: true,
      without,
    });
    return findings.filter(({ verdict }) => verdict === "fail").map(({ check }) => check);
  };

  it("is one without the columns that tell it as well", async () => {
    expect(await checksThatFail({ ...list, ...counted }, ["born", "postcode"])).toEqual(["people"]);
  });

  it("is one in which nothing is counted", async () => {
    expect(await checksThatFail({ reason: { values: ["fall", "fall", "heart", "heart"] } }, [])).toEqual([
      "people",
    ]);
  });

  it("is told by its labels, where the store knows them as people", async () => {
    const store = await temporaryStore();
    const place = join(folder, "people");
    mkdirSync(place);
    writeFileSync(join(place, "patients.csv"), "id,age\nA,34\nB,51\nC,17\nD,80\n");
    try {
      const options = {
        folder: place,
        as: "patient",
        label: "id",
        access: "sensitive",
        unit: "person",
      } as const;
      await importDatasource(store, "patients.csv", options);
      const ages = result({ age: { values: [34, 51, 17, 80] } });
      const units = await unitsOfRows(store.engine, ages, store.datasets());
      expect(units?.rows.units).toEqual(["person"]);
      const { verdict } = await protect(ages, { preset: findPreset("standard"), accept: true, units });
      expect(verdict).toBe("fail");
      const areas = result({ age: { values: [34, 51, 17, 80] } }, ["E1", "E2", "E3", "E4"]);
      expect(await unitsOfRows(store.engine, areas, store.datasets())).toBeUndefined();
    } finally {
      store.remove();
    }
  });
});

it("does not let points of people out", async () => {
  const point = new Uint8Array(21);
  new DataView(point.buffer).setUint8(0, 1);
  new DataView(point.buffer).setUint32(1, 1, true);
  const table = result(counted, undefined, undefined, [point, point, point, point]);
  const { verdict } = await protect(table, { preset: findPreset("standard"), accept: true });
  expect(verdict).toBe("fail");
});

it("hides a mean of too few, and an amount of which two have nearly all", async () => {
  const { table } = await protect(
    result({
      firms: { kind: "count", values: [30, 40, 3, 50] },
      wage: { kind: "mean", values: [21.5, 22.5, 90.5, 23.5] },
      turnover: { kind: "amount", values: [100, 200, 300, 400] },
      top2: { kind: "amount", values: [95, 20, 30, 40] },
    }),
    {
      preset: findPreset("srs-10"),
      behind: { wage: "firms", turnover: "firms", top2: "firms" },
      largest: { turnover: "top2", top2: "top2" },
      without: [],
      accept: true,
    },
  );
  expect([...numbersOf(must(table), "wage")]).toEqual([21.5, 22.5, Number.NaN, 23.5]);
  expect([...numbersOf(must(table), "turnover")]).toEqual([Number.NaN, 200, Number.NaN, 400]);
});

describe("what is written", () => {
  it.each([".", "..", "a/b", ""])("has no place called %p", async (name) => {
    const place = join(folder, "named");
    mkdirSync(place, { recursive: true });
    writeFileSync(join(folder, "other"), "");
    const released = await protect(result({ people: { kind: "count", values: [10, 20, 30, 40] } }), {
      preset: findPreset("standard"),
    });
    const write = { name, reason: "test", folder: place };
    const record = recordOf(released, { preset: findPreset("standard") }, write);
    await expect(writeRelease(engine, must(released.table), record, write)).rejects.toThrow(
      `"${name}" cannot be the name of a folder`,
    );
    expect(existsSync(join(folder, "other"))).toBe(true);
  });

  it("is a table, a CSV with marks and a record without a hidden value", async () => {
    const planted = result({ people: { kind: "count", values: [7310, 5, 2407, 961] } });
    const options = { preset: findPreset("standard") };
    const released = await protect(planted, options);
    const write = { name: "clinic", reason: "for the test", folder: join(folder, "written") };
    const place = await writeRelease(engine, must(released.table), recordOf(released, options, write), write);
    expect(readdirSync(place).sort()).toEqual(["map.png", "release.json", "table.csv", "table.parquet"]);
    expect(readFileSync(join(place, "table.csv"), "utf8")).toBe(
      "label,name,people\r\nA,Area A,7310\r\nB,Area B,[c]\r\nC,Area C,2405\r\nD,Area D,960\r\n",
    );
    const record = readFileSync(join(place, "release.json"), "utf8");
    expect(JSON.parse(record)).toMatchObject({
      preset: "standard",
      reason: "for the test",
      verdict: "pass",
      columns: [{ name: "people", published: 3, suppressed: 1, complements: 0, missing: 0 }],
    });
    expect(record).not.toMatch(/2407|961/);
    const parquet = readFileSync(join(place, "table.parquet"));
    for (const hidden of [5, 2407, 961]) {
      const bytes = Buffer.alloc(8);
      bytes.writeDoubleLE(hidden);
      expect(parquet.includes(bytes)).toBe(false);
    }
  });

  it("quotes what CSV needs quoted", () => {
    expect(markedCsv(result({}, ['A, "B"']))).toBe('label,name\r\n"A, ""B""","Area A, ""B"""\r\n');
  });
});

describe("after an earlier release", () => {
  const place = join(folder, "earlier");
  const one = (columns: Columns, labels: string[], shapes: Uint8Array[]) =>
    result(columns, labels, 0.01, shapes);
  const release = async (name: string, table: Table, preset: string) => {
    const options = {
      preset: findPreset(preset),
      accept: true,
      earlier: (counts: Counts) =>
        knownFromReleases(engine, { folder: place, table, source: "Register of the clinic.", counts }),
    };
    const released = await protect(table, options);
    if (released.table) {
      const write = { name, reason: "test", folder: place };
      await writeRelease(engine, released.table, recordOf(released, options, write), write);
    }
    return released;
  };

  it("no hidden count follows from the two together, by another geography or by a few people more", async () => {
    const district = squareWkb(0, 51, 0.02);
    const wards = [
      squareWkb(0, 51, 0.01),
      squareWkb(0.01, 51, 0.01),
      squareWkb(0, 51.01, 0.01),
      squareWkb(0.01, 51.01, 0.01),
    ];
    const first = await release(
      "district",
      one({ people: { kind: "count", values: [104] } }, ["E1"], [district]),
      "srs-10",
    );
    expect([...numbersOf(must(first.table), "people")]).toEqual([104]);

    // 104 less 30, 31 and 39 would say 4.
    const second = await release(
      "wards",
      one({ people: { kind: "count", values: [4, 30, 31, 39] } }, ["W1", "W2", "W3", "W4"], wards),
      "srs-10",
    );
    expect([...numbersOf(must(second.table), "people")]).toEqual([Number.NaN, Number.NaN, 31, 39]);
    expect(second.findings.map(({ check }) => check)).toEqual(["complement", "threshold"]);

    // A new filter leaves 3 people of W4 out.
    const third = await release(
      "adults",
      one(
        { people: { kind: "count", values: [50, 36] } },
        ["W9", "W4"],
        [squareWkb(1, 51, 0.01), wards[3] ?? district],
      ),
      "srs-10",
    );
    expect([...numbersOf(must(third.table), "people")]).toEqual([50, Number.NaN]);
    expect(third.findings.map(({ check }) => check)).toContain("differencing");
  });

  it("sees releases of the same source among others, and not those of another", async () => {
    const table = one({ people: { kind: "count", values: [50] } }, ["W9"], [squareWkb(1, 51, 0.01)]);
    const counts = { rows: 1, columns: ["people"], values: Float64Array.of(50) };
    const known = (source: string) => knownFromReleases(engine, { folder: place, table, source, counts });
    const told = async (source: string) =>
      (await known(source)).equations.filter(({ plus, minus }) => [...plus, ...minus].includes(0));
    expect(await told("Census of 2021. Register of the clinic.")).toEqual([
      { plus: [0], minus: [], low: 50, high: 50 },
    ]);
    expect(await told("Census of 2021.")).toEqual([]);
  });
});

function must<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error("nothing was released");
  return value;
}
