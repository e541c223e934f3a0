import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Binary, Field, Float64, type Table, Utf8, vectorFromArray } from "apache-arrow";
import { GEOMETRY_METADATA, tableFromVectors } from "../../kernel/src/engine/arrow.ts";
import { toArrowMetadata } from "../../kernel/src/engine/columns.ts";
import { openDuckDB } from "../../kernel/src/engine/duckdb.ts";
import type { Engine } from "../../kernel/src/engine/engine.ts";
import { numbersOf, textsOf } from "../../kernel/src/engine/result-columns.ts";
import { nestedAreas } from "../../kernel/src/release/nested-rows.ts";
import type { Solve } from "../../kernel/src/release/recover.ts";
import { findPreset, protect } from "../../kernel/src/release/release.ts";
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
  /** Columns with the names of the rows, parted by a comma, of a table without shapes. */
  readonly called?: readonly string[];
  /** Name of the release; one of its own unless told otherwise. */
  readonly name?: string;
}

/** Releases of the same people that together would tell a count that one of them hides. */
interface Case {
  readonly people: People;
  readonly first: Release;
  /** Released between the two. */
  readonly between?: readonly Release[];
  readonly second: Release;
}

const wards = { W1: [0], W2: [1], W3: [2], W4: [3] };
const district = { E1: [0, 1, 2, 3] };
const anybody = { all: [4, 30, 31, 39] };
const byAge = { young: [4, 60, 61, 62, 63, 64], old: [25, 70, 71, 72, 73, 74] };
const six = { A: [0], B: [1], C: [2], D: [3], E: [4], F: [5] };

const threeAges = {
  young: [4, 60, 61, 62, 63, 64],
  middle: [25, 70, 71, 72, 73, 74],
  old: [15, 81, 82, 83, 84, 85],
};
const bySexAndAge = {
  ...{ "F,child": [0], "F,adult": [1], "F,old": [2] },
  ...{ "M,child": [3], "M,adult": [4], "M,old": [5] },
};

/** Areas with codes and without shapes. */
const named = { called: ["label"] };

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
      ...named,
      columns: ALL_AGES,
      rows: six,
    },
    second: { preset: "srs-10", ...named, columns: { old: ["old"], all: ["young", "old"] }, rows: six },
  },
  "the column that would complete a sum, in a release that replaces the first": {
    people: byAge,
    first: {
      preset: "srs-10",
      name: "ages",
      ...named,
      columns: ALL_AGES,
      rows: six,
    },
    second: {
      preset: "srs-10",
      name: "ages",
      ...named,
      columns: { old: ["old"], all: ["young", "old"] },
      rows: six,
    },
  },
  "the column that would complete a sum, in a release that replaces what had replaced the first": {
    people: byAge,
    first: {
      preset: "srs-10",
      name: "ages",
      ...named,
      columns: ALL_AGES,
      rows: six,
    },
    between: [{ preset: "srs-10", name: "ages", ...named, columns: { all: ["young", "old"] }, rows: six }],
    second: {
      preset: "srs-10",
      name: "ages",
      ...named,
      columns: { old: ["old"], all: ["young", "old"] },
      rows: six,
    },
  },
  "the column that would complete a sum, of groups without labels": {
    people: byAge,
    first: {
      preset: "srs-10",
      called: ["name"],
      columns: ALL_AGES,
      rows: six,
    },
    second: {
      preset: "srs-10",
      called: ["name"],
      columns: { old: ["old"], all: ["young", "old"] },
      rows: six,
    },
  },
  "a milder preset": {
    people: { all: [8, 30, 31, 39, 50, 60] },
    first: { preset: "srs-10", ...named, columns: { people: ["all"] }, rows: six },
    second: { preset: "nhs-hes", ...named, columns: { people: ["all"] }, rows: six },
  },
  "bands in three releases, their sum in a fourth": {
    people: threeAges,
    first: { preset: "srs-10", ...named, columns: { children: ["young"] }, rows: six },
    between: [
      { preset: "srs-10", ...named, columns: { adults: ["middle"] }, rows: six },
      { preset: "srs-10", ...named, columns: { pensioners: ["old"] }, rows: six },
    ],
    second: { preset: "srs-10", ...named, columns: { everybody: ["young", "middle", "old"] }, rows: six },
  },
  "bands in three releases, their sum first": {
    people: threeAges,
    first: { preset: "srs-10", ...named, columns: { everybody: ["young", "middle", "old"] }, rows: six },
    between: [
      { preset: "srs-10", ...named, columns: { adults: ["middle"] }, rows: six },
      { preset: "srs-10", ...named, columns: { pensioners: ["old"] }, rows: six },
    ],
    second: { preset: "srs-10", ...named, columns: { children: ["young"] }, rows: six },
  },
  "bands in three releases under one name, each by another filter": {
    people: threeAges,
    first: { preset: "srs-10", ...named, columns: { people: ["young"] }, rows: six },
    between: [
      { preset: "srs-10", ...named, columns: { people: ["middle"] }, rows: six },
      { preset: "srs-10", ...named, columns: { people: ["old"] }, rows: six },
    ],
    second: { preset: "srs-10", ...named, columns: { people: ["young", "middle", "old"] }, rows: six },
  },
  "bands of which one was rounded": {
    people: threeAges,
    first: { preset: "opensafely", ...named, columns: { children: ["young"] }, rows: six },
    between: [
      { preset: "srs-10", ...named, columns: { adults: ["middle"] }, rows: six },
      { preset: "srs-10", ...named, columns: { pensioners: ["old"] }, rows: six },
    ],
    second: { preset: "srs-10", ...named, columns: { everybody: ["young", "middle", "old"] }, rows: six },
  },
  "two ways to divide the same people, without their sum": {
    people: {
      youngMen: [2, 30, 41, 52, 63, 74],
      oldMen: [2, 34, 45, 56, 67, 78],
      youngWomen: [31, 33, 47, 50, 69, 71],
      oldWomen: [37, 39, 42, 58, 61, 77],
    },
    first: {
      preset: "srs-10",
      columns: { men: ["youngMen", "oldMen"], women: ["youngWomen", "oldWomen"] },
      rows: six,
    },
    second: {
      preset: "srs-10",
      columns: { young: ["youngMen", "youngWomen"], old: ["oldMen", "oldWomen"] },
      rows: six,
    },
  },
  "groups of two kinds, then groups of one": {
    people: { all: [4, 30, 31, 39, 50, 60] },
    first: { preset: "srs-10", called: ["sex", "age"], columns: { people: ["all"] }, rows: bySexAndAge },
    second: {
      preset: "srs-10",
      called: ["sex"],
      columns: { people: ["all"] },
      rows: { F: [0, 1, 2], M: [3, 4, 5] },
    },
  },
  "groups of two kinds, then everybody": {
    people: { all: [4, 30, 31, 39, 50, 60] },
    first: { preset: "srs-10", called: ["sex", "age"], columns: { people: ["all"] }, rows: bySexAndAge },
    second: { preset: "srs-10", called: [], columns: { people: ["all"] }, rows: { "": [0, 1, 2, 3, 4, 5] } },
  },
  "areas in three releases, the one that they fill in a fourth": {
    people: anybody,
    first: { preset: "srs-10", columns: { people: ["all"] }, rows: { W1: [0], W2: [1] } },
    between: [
      { preset: "srs-10", columns: { people: ["all"] }, rows: { W3: [2] } },
      { preset: "srs-10", columns: { people: ["all"] }, rows: { W4: [3] } },
    ],
    second: { preset: "srs-10", columns: { people: ["all"] }, rows: district },
  },
  "bands of small areas, their sum over a large one": {
    people: { young: [4, 60, 61, 62], old: [25, 70, 71, 72] },
    first: {
      preset: "srs-10",
      columns: { children: ["young"] },
      rows: { ...wards, W12: [0, 1], W34: [2, 3] },
    },
    between: [{ preset: "srs-10", columns: { adults: ["old"] }, rows: wards }],
    second: { preset: "srs-10", columns: { everybody: ["young", "old"] }, rows: { ...wards, ...district } },
  },
  "neighbourhoods, wards and the district in one table": {
    people: { all: [4, 30, 31, 39, 50, 60] },
    first: {
      preset: "srs-10",
      columns: { people: ["all"] },
      rows: { ...six, ABC: [0, 1, 2], DEF: [3, 4, 5], ALL: [0, 1, 2, 3, 4, 5] },
    },
    second: { preset: "srs-10", columns: { people: ["all"] }, rows: { AB: [0, 1], CD: [2, 3], EF: [4, 5] } },
  },
  "a table with rows of all": {
    people: { all: [4, 30, 31, 39, 50, 60] },
    first: {
      preset: "srs-10",
      called: ["sex", "age"],
      columns: { people: ["all"] },
      rows: {
        ...bySexAndAge,
        "F,all": [0, 1, 2],
        "M,all": [3, 4, 5],
        "all,child": [0, 3],
        "all,adult": [1, 4],
        "all,old": [2, 5],
        "all,all": [0, 1, 2, 3, 4, 5],
      },
    },
    second: {
      preset: "srs-10",
      called: ["age"],
      columns: { people: ["all"] },
      rows: { child: [0, 3], adult: [1, 4], old: [2, 5] },
    },
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
    for (const [index, release] of [first, ...(between ?? []), second].entries()) {
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

it("the attack finds what releases tell that know nothing of each other", async () => {
  const unseen = [];
  for (const [name, { people, first, between = [], second }] of Object.entries(cases)) {
    const published = [];
    for (const release of [first, ...between, second]) {
      const table = tableFor(people, release);
      const nested = await nestedAreas(engine, table);
      const { preset } = release;
      const result = await protect(table, { preset: findPreset(preset), accept: true, nested });
      if (result.table) published.push({ release, table: result.table });
    }
    if (attack(people, published).length === 0) unseen.push(name);
  }
  expect(unseen).toEqual([
    // Here somebody could subtract 8 from itself rounded, but it is no sum of other numbers.
    "a milder preset",
    // These tables protect themselves.
    "neighbourhoods, wards and the district in one table",
    "a table with rows of all",
    // Rounding leaves room.
    "rounded numbers first",
  ]);
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
      ...(called ?? ["label"]).map((name) => new Field(name, new Utf8(), true, about())),
      ...Object.keys(columns).map((name) => new Field(name, new Float64(), true, about("count"))),
      ...(called === undefined ? [shape] : []),
    ],
    [
      ...(called ?? ["label"]).map((_, index) =>
        vectorFromArray(
          Object.keys(rows).map((name) => (called ? (name.split(",")[index] ?? "") : name)),
          new Utf8(),
        ),
      ),
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
