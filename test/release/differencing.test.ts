import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Binary, Field, Float64, type Table, Utf8, vectorFromArray } from "apache-arrow";
import { GEOMETRY_METADATA, tableFromVectors } from "../../kernel/src/engine/arrow.ts";
import { toArrowMetadata } from "../../kernel/src/engine/columns.ts";
import { openDuckDB } from "../../kernel/src/engine/duckdb.ts";
import type { Engine } from "../../kernel/src/engine/engine.ts";
import { numbersOf, textsOf } from "../../kernel/src/engine/result-columns.ts";
import type { Solve } from "../../kernel/src/release/recover.ts";
import { findPreset } from "../../kernel/src/release/release.ts";
import { releaseTable } from "../../kernel/src/release/release-table.ts";
import { loadSolver } from "../../kernel/src/release/solve.ts";
import { temporaryFolder } from "../support/store.ts";
import { polygonWkb } from "../support/tables.ts";

const folder = temporaryFolder();
let engine: Engine;
let solve: Solve;
beforeAll(async () => {
  engine = await openDuckDB();
  solve = await loadSolver();
});
afterAll(() => {
  engine.close();
  folder.remove();
});

/** People by group and area; what is published are sums of them. */
type People = Readonly<Record<string, readonly number[]>>;

/** A table of counts as it is released: columns are sums of groups, rows are areas or some of them together. */
interface Release {
  readonly preset: string;
  readonly source?: string;
  readonly columns: Readonly<Record<string, readonly string[]>>;
  readonly rows: Readonly<Record<string, readonly number[]>>;
  /** What the columns compute, where a recipe says it. */
  readonly computes?: Readonly<Record<string, string>>;
  /** Column with the names of the rows, of a table without labels and shapes. */
  readonly called?: string;
  /** Name of the release; one of its own unless told otherwise. */
  readonly name?: string;
}

/** Two releases of the same people that together would tell a count that one of them hides. */
interface Case {
  readonly people: People;
  readonly first: Release;
  /** Released between the two, under the name of the first. */
  readonly between?: Release;
  readonly second: Release;
}

const wards = { W1: [0], W2: [1], W3: [2], W4: [3] };
const district = { E1: [0, 1, 2, 3] };
const anybody = { all: [4, 30, 31, 39] };
const byAge = { young: [4, 60, 61, 62, 63, 64], old: [25, 70, 71, 72, 73, 74] };
const six = { A: [0], B: [1], C: [2], D: [3], E: [4], F: [5] };

const ALL_AGES = { young: ["young"], old: ["old"], all: ["young", "old"] };

const cases: Readonly<Record<string, Case>> = {
  "other areas": {
    people: anybody,
    first: { preset: "srs-10", columns: { people: ["all"] }, rows: district },
    second: { preset: "srs-10", columns: { people: ["all"] }, rows: wards },
  },
  "other areas, the smaller ones first": {
    people: anybody,
    first: { preset: "srs-10", columns: { people: ["all"] }, rows: wards },
    second: { preset: "srs-10", columns: { people: ["all"] }, rows: district },
  },
  "a column of another name": {
    people: anybody,
    first: { preset: "srs-10", columns: { people: ["all"] }, rows: district },
    second: { preset: "srs-10", columns: { residents: ["all"] }, rows: wards },
  },
  "a column of another name that computes the same, from another source": {
    people: anybody,
    first: {
      preset: "srs-10",
      columns: { people: ["all"] },
      rows: wards,
      computes: { people: "count of patients" },
    },
    second: {
      preset: "srs-10",
      source: "The same register by another name.",
      columns: { residents: ["all"] },
      rows: district,
      computes: { residents: "count of patients" },
    },
  },
  "a column of another name, from another source, with the same numbers": {
    people: { all: [4, 30, 31, 39, 50, 60, 70, 80] },
    first: { preset: "srs-10", columns: { people: ["all"] }, rows: { ...six, G: [6], H: [7] } },
    second: {
      preset: "srs-10",
      source: "The same register by another name.",
      columns: { residents: ["all"] },
      rows: { AB: [0, 1], C: [2], D: [3], E: [4], F: [5], G: [6], H: [7] },
    },
  },
  "the column that would complete a sum": {
    people: byAge,
    first: {
      preset: "srs-10",
      columns: ALL_AGES,
      rows: six,
    },
    second: { preset: "srs-10", columns: { old: ["old"], all: ["young", "old"] }, rows: six },
  },
  "the column that would complete a sum, in a release that replaces the first": {
    people: byAge,
    first: {
      preset: "srs-10",
      name: "ages",
      columns: ALL_AGES,
      rows: six,
    },
    second: { preset: "srs-10", name: "ages", columns: { old: ["old"], all: ["young", "old"] }, rows: six },
  },
  "the column that would complete a sum, in a release that replaces what had replaced the first": {
    people: byAge,
    first: {
      preset: "srs-10",
      name: "ages",
      columns: ALL_AGES,
      rows: six,
    },
    between: { preset: "srs-10", name: "ages", columns: { all: ["young", "old"] }, rows: six },
    second: { preset: "srs-10", name: "ages", columns: { old: ["old"], all: ["young", "old"] }, rows: six },
  },
  "the column that would complete a sum, of groups without labels": {
    people: byAge,
    first: {
      preset: "srs-10",
      called: "name",
      columns: ALL_AGES,
      rows: six,
    },
    second: {
      preset: "srs-10",
      called: "name",
      columns: { old: ["old"], all: ["young", "old"] },
      rows: six,
    },
  },
  "a milder preset": {
    people: { all: [8, 30, 31, 39, 50, 60] },
    first: { preset: "srs-10", columns: { people: ["all"] }, rows: six },
    second: { preset: "nhs-hes", columns: { people: ["all"] }, rows: six },
  },
  "rounded numbers first": {
    people: anybody,
    first: { preset: "standard", columns: { people: ["all"] }, rows: wards },
    second: { preset: "srs-10", columns: { people: ["all"] }, rows: district },
  },
};

describe.each(Object.entries(cases))("%s", (name, { people, first, between, second }) => {
  it("tells no hidden count", async () => {
    const place = join(folder.path, name.replaceAll(/\W+/g, "-"));
    const published = [];
    for (const [index, release] of [first, ...(between ? [between] : []), second].entries()) {
      const { result } = await releaseTable(
        engine,
        tableFor(people, release),
        {
          preset: findPreset(release.preset),
          accept: true,
          computes: new Map(Object.entries(release.computes ?? {})),
        },
        { name: release.name ?? `release-${index}`, reason: "test", folder: place },
      );
      // What must not go out tells nothing.
      if (result.table) published.push({ release, table: result.table });
    }
    expect(published.length).toBeGreaterThan(0);
    expect(attack(people, published)).toEqual([]);
    rmSync(place, { recursive: true, force: true });
  });
});

it("the attack finds what two releases tell that know nothing of each other", async () => {
  const found = [];
  for (const [name, { people, first, second }] of Object.entries(cases)) {
    const published = [];
    for (const [index, release] of [first, second].entries()) {
      const place = join(folder.path, "apart", `${name.replaceAll(/\W+/g, "-")}-${index}`);
      const options = { preset: findPreset(release.preset), accept: true };
      const write = { name: "alone", reason: "test", folder: place };
      const { result } = await releaseTable(engine, tableFor(people, release), options, write);
      if (result.table) published.push({ release, table: result.table });
    }
    if (attack(people, published).length > 0) found.push(name);
  }
  expect(found).toEqual(expect.arrayContaining(["other areas", "a column of another name"]));
  expect(found.length).toBeGreaterThanOrEqual(6);
});

it("numbers that are alike by chance hide nothing", async () => {
  const place = join(folder.path, "chance");
  const tables: [string, Release][] = [
    ["clinic", { preset: "srs-10", columns: { patients: ["a"] }, rows: six }],
    ["school", { preset: "srs-10", source: "Register of a school.", columns: { pupils: ["b"] }, rows: six }],
  ];
  const groups = { a: [12, 31, 22, 41, 15, 60], b: [12, 33, 20, 45, 11, 58] };
  const results = [];
  for (const [name, release] of tables) {
    const options = { preset: findPreset(release.preset), accept: true };
    const write = { name, reason: "test", folder: place };
    results.push((await releaseTable(engine, tableFor(groups, release), options, write)).result);
  }
  const pupils = results[1]?.table;
  expect(pupils && [...numbersOf(pupils, "pupils")]).toEqual(groups.b);
});

it("the same release once more is the same", async () => {
  const { people, first } = cases["the column that would complete a sum"] ?? must();
  const place = join(folder.path, "again");
  const texts = [];
  for (const _ of [1, 2, 3]) {
    const options = { preset: findPreset(first.preset), accept: true };
    const write = { name: "ages", reason: "test", folder: place };
    await releaseTable(engine, tableFor(people, first), options, write);
    texts.push(readFileSync(join(place, "ages", "table.csv"), "utf8"));
    expect(existsSync(join(place, "ages", "replaced"))).toBe(false);
  }
  expect(new Set(texts).size).toBe(1);
});

function must(): never {
  throw new Error("the case is gone");
}

function tableFor(
  people: People,
  { columns, rows, called, source = "Register of the clinic." }: Release,
): Table {
  const about = (kind?: "count") => toArrowMetadata({ access: "sensitive", source, ...(kind && { kind }) });
  const counts = Object.values(columns).map((groups) =>
    Object.values(rows).map((areas) =>
      sum(groups.flatMap((group) => areas.map((area) => people[group]?.[area] ?? 0))),
    ),
  );
  const shape = new Field("geometry", new Binary(), true, new Map([...GEOMETRY_METADATA, ...about()]));
  const shapes = vectorFromArray(Object.values(rows).map(rowOfSquares), new Binary());
  return tableFromVectors(
    [
      new Field(called ?? "label", new Utf8(), true, about()),
      ...Object.keys(columns).map((name) => new Field(name, new Float64(), true, about("count"))),
      ...(called === undefined ? [shape] : []),
    ],
    [
      vectorFromArray(Object.keys(rows), new Utf8()),
      ...counts.map((values) => vectorFromArray(values, new Float64())),
      ...(called === undefined ? [shapes] : []),
    ],
    Object.keys(rows).length,
  );
}

/** Areas lie in a row; some next to each other are one oblong. */
function rowOfSquares(areas: readonly number[]): Uint8Array {
  const side = 0.01;
  const [west, east] = [Math.min(...areas) * side, (Math.max(...areas) + 1) * side];
  return polygonWkb([
    [west, 51],
    [east, 51],
    [east, 51 + side],
    [west, 51 + side],
    [west, 51],
  ]);
}

/**
 * What a reader of all releases computes who knows the rules of their presets: hidden counts of which the smallest and the
 * largest possible value are the same. Written apart from the product's own check.
 */
function attack(people: People, published: readonly { release: Release; table: Table }[]): string[] {
  const groups = Object.keys(people);
  const areas = people[groups[0] ?? ""]?.length ?? 0;
  const low = groups.flatMap(() => new Array<number>(areas).fill(0));
  const high = low.map(() => 10_000);
  const equations: { variable: number; sign: number }[][] = [];
  const hidden: { name: string; cell: number }[] = [];
  for (const { release, table } of published)
    for (const [column, counted] of Object.entries(release.columns)) {
      const values = numbersOf(table, column);
      const marks = textsOf(table, `${column} marks`);
      for (const [row, [label, members]] of Object.entries(release.rows).entries()) {
        const [from, to] = readable(values[row] ?? Number.NaN, marks[row] ?? null, release.preset);
        const cell = low.push(from) - 1;
        high.push(to);
        const parts = counted.flatMap((group) => members.map((area) => groups.indexOf(group) * areas + area));
        equations.push([...parts.map((variable) => ({ variable, sign: 1 })), { variable: cell, sign: -1 }]);
        if (marks[row] === "[c]") hidden.push({ name: `${column} of ${label}`, cell });
      }
    }
  return hidden.flatMap(({ name, cell }) => {
    const [least, most] = [-1, 1].map(
      (sign) =>
        solve(
          { low, high, equations },
          low.map((_, other) => (other === cell ? sign : 0)),
        )?.[cell] ?? Number.NaN,
    );
    return (most ?? 0) - (least ?? 0) < 0.5 ? [name] : [];
  });
}

/** What a published cell can have been. */
function readable(value: number, mark: string | null, preset: string): [number, number] {
  if (mark === "[c]") return [0, 10_000];
  const half = preset === "srs-10" ? 0 : 2;
  return [Math.max(0, value - half), value + half];
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
