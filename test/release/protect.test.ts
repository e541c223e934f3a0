import { beforeAll, describe, expect, it } from "@jest/globals";
import type { Counts, Total } from "../../kernel/src/release/cells.ts";
import type { Preset } from "../../kernel/src/release/preset.ts";
import { presets } from "../../kernel/src/release/presets/index.ts";
import { nhsHesPreset } from "../../kernel/src/release/presets/nhs-hes.ts";
import { opensafelyPreset } from "../../kernel/src/release/presets/opensafely.ts";
import { opensafelyMidpoint6Preset } from "../../kernel/src/release/presets/opensafely-midpoint-6.ts";
import { srs10Preset } from "../../kernel/src/release/presets/srs-10.ts";
import { standardPreset } from "../../kernel/src/release/presets/standard.ts";
import { ukllc10Preset } from "../../kernel/src/release/presets/ukllc-10.ts";
import { protectCount, protectCounts } from "../../kernel/src/release/protect.ts";
import { protectTable } from "../../kernel/src/release/protect-table.ts";
import type { Solve } from "../../kernel/src/release/recover.ts";
import { loadSolver } from "../../kernel/src/release/solve.ts";
import { findColumnSums, findTotals, type RowSum } from "../../kernel/src/release/totals.ts";

let solve: Solve;
beforeAll(async () => {
  solve = await loadSolver();
});

const hidden = undefined;

/** Published vectors: what the rule makes of each count. */
describe.each<[string, Preset, [number, number | undefined][]]>([
  [
    opensafelyMidpoint6Preset.name,
    opensafelyMidpoint6Preset,
    [
      [0, 0],
      [1, 3],
      [6, 3],
      [7, 9],
      [12, 9],
      [13, 15],
      [18, 15],
      [19, 21],
    ],
  ],
  [
    nhsHesPreset.name,
    nhsHesPreset,
    [
      [0, 0],
      [1, hidden],
      [7, hidden],
      [8, 10],
      [12, 10],
      [13, 15],
      [102, 100],
    ],
  ],
  [
    opensafelyPreset.name,
    opensafelyPreset,
    [
      [0, 0],
      [7, hidden],
      [8, 10],
      [11, 10],
      [13, 15],
    ],
  ],
  [
    srs10Preset.name,
    srs10Preset,
    [
      [0, 0],
      [1, hidden],
      [9, hidden],
      [10, 10],
      [11, 11],
    ],
  ],
  [
    ukllc10Preset.name,
    ukllc10Preset,
    [
      [0, hidden],
      [9, hidden],
      [10, 10],
      [13, 13],
    ],
  ],
  [
    standardPreset.name,
    standardPreset,
    [
      [0, 0],
      [1, hidden],
      [9, hidden],
      [10, 10],
      [12, 10],
      [13, 15],
    ],
  ],
])("%s", (_, { counts }, vectors) => {
  it.each(vectors)("%d becomes %s", (count, published) => {
    expect(protectCount(count, counts)).toBe(published);
  });
});

describe("totals", () => {
  it("are found in the columns, without those that follow from others", () => {
    const counts = grid({ all: [30, 50], men: [10, 20], women: [20, 30], girls: [5, 7], adults: [15, 23] });
    expect(findColumnSums(counts)).toEqual([
      { total: 0, parts: [1, 2] },
      { total: 2, parts: [3, 4] },
    ]);
  });

  it("are summed again from the rounded counts", () => {
    const counts = grid({ men: [12, 3, 22, 37], women: [13, 40, 0, 53] });
    const { values, states } = protectTable(counts, findTotals(counts), standardPreset, solve);
    expect(rowsOf(values, 4)).toEqual([
      [10, Number.NaN, 20, 30],
      [15, 40, 0, 55],
    ]);
    expect(states[1]).toBe("c");
  });

  it("are rounded over a city under a preset that leaves only the nation's exact", () => {
    const counts = grid({ visits: [11, 22, 33] });
    const { values } = protectTable(counts, findTotals(counts), nhsHesPreset, solve);
    expect([...values]).toEqual([10, 20, 35]);
  });

  it("stay exact over the nation where the preset says so, and nothing follows from them", () => {
    const counts = grid({ visits: [0, 0, 4, 4] });
    const totals = findTotals(counts, undefined, (row) => row === 3);
    const { values, states } = protectTable(counts, totals, nhsHesPreset, solve);
    expect(states[2]).toBe("c");
    expect(values[3]).toBe(4);
    // The exact total of 4 over 0, 0 and a hidden cell would say that it is 4.
    expect(recoveredBy(counts, values, states, totals, nhsHesPreset)).toEqual([]);
  });
});

/** The example of OpenSAFELY's documentation, before and after. */
it("makes of OpenSAFELY's own example what OpenSAFELY does", () => {
  const counts = grid({ disease: [3, 8, 16, 23, 50], people: [18, 23, 31, 44, 116] });
  const { values } = protectTable(counts, findTotals(counts), opensafelyPreset, solve);
  expect(rowsOf(values, 5)).toEqual([
    [Number.NaN, 10, 15, 25, 50],
    [20, 25, 30, 45, 120],
  ]);
});

describe.each(presets)("the preset $name", (preset) => {
  it("says of each of its rules where it is published", () => {
    const { name: _name, title: _title, doc: _doc, sources, ...rules } = preset;
    expect([...new Set(sources.flatMap(({ of }) => of))].sort()).toEqual(Object.keys(rules).sort());
    for (const { page, address } of sources) expect(address === undefined).toBe(page === "Tombolo");
  });
});

it("hides a second cell where an exact total would give the first away", () => {
  const counts = grid({ men: [4, 30], women: [25, 31], all: [29, 61] });
  const { states, complements } = protectTable(counts, findTotals(counts), srs10Preset, solve);
  expect(states).toEqual(["c", "", "C", "", "", ""]);
  expect(complements).toBe(1);
});

it("hides at least two cells of a row where the preset asks for it", () => {
  const counts = grid({ a: [0, 40], b: [25, 41], c: [33, 42], all: [58, 123] });
  const { states } = protectTable(counts, findTotals(counts), ukllc10Preset, solve);
  expect(states.filter((state) => state === "c" || state === "C").length).toBeGreaterThanOrEqual(2);
});

it("takes an earlier release into account", () => {
  const counts = grid({ people: [4, 30, 31] });
  const known = {
    equations: [{ plus: [0, 1], minus: [], low: 34, high: 34 }],
    hidden: [],
    complete: true,
    differences: [],
  };
  const { states } = protectTable(counts, [], srs10Preset, solve, known);
  expect(states).toEqual(["c", "C", ""]);
});

it("says so when an earlier release gives a cell away whatever is hidden now", () => {
  const counts = grid({ people: [4, 30] });
  const known = {
    equations: [{ plus: [0], minus: [], low: 4, high: 4 }],
    hidden: [],
    complete: true,
    differences: [],
  };
  expect(protectTable(counts, [], srs10Preset, solve, known).recovered).toEqual([0]);
});

/** Tables as they are released, at random: the counts, the sums among their rows, and which row is a nation. */
const shapes: Readonly<Record<string, (random: () => number) => { counts: Counts; sums?: RowSum[] }>> = {
  "two ways with totals": (random) => ({ counts: randomTable(random) }),
  "neighbourhoods in wards in districts": nestedTable,
  "ages in groups of ages": (random) => {
    const rows = 3 + Math.floor(random() * 4);
    const [infants, pupils, workers, retired] = [1, 2, 3, 4].map(() => column(random, rows));
    const children = added(infants, pupils);
    const adults = added(workers, retired);
    return {
      counts: withTotalRow({
        infants,
        pupils,
        children,
        workers,
        retired,
        adults,
        all: added(children, adults),
      }),
    };
  },
  "several measures with sums": (random) => {
    const rows = 4 + Math.floor(random() * 4);
    const [ill, well, seen, unseen] = [1, 2, 3, 4].map(() => column(random, rows));
    const ages = well?.map((count, row) => Math.floor(random() * (count + (ill?.[row] ?? 0) + 1)));
    const people = added(ill, well);
    const others = people.map((count, row) => count - (ages?.[row] ?? 0));
    return {
      counts: withTotalRow({ ill, well, ages, others, people, seen, unseen, visits: added(seen, unseen) }),
    };
  },
  "nearly all zero": (random) => ({
    counts: withTotalRow({
      a: column(random, 5).map((count) => (random() < 0.7 ? 0 : count)),
      b: column(random, 5).map((count) => (random() < 0.7 ? 0 : count)),
    }),
  }),
};

/** The attack: from everything published, a linear programme asks for the smallest and largest value of each hidden cell. */
describe.each([srs10Preset, ukllc10Preset, nhsHesPreset, standardPreset, opensafelyPreset])(
  "attack on $name",
  (preset) => {
    it.each(Object.entries(shapes))("recovers no hidden cell of random tables: %s", (_, tableAtRandom) => {
      const random = seeded(20261126);
      for (let round = 0; round < 12; round++) {
        const { counts, sums } = tableAtRandom(random);
        // The row of all is now a city, now a nation.
        const totals = findTotals(counts, sums, (row) => round % 2 === 0 && row === counts.rows - 1);
        const { values, states, recovered } = protectTable(counts, totals, preset, solve);
        expect(recovered).toEqual([]);
        expect(recoveredBy(counts, values, states, totals, preset)).toEqual([]);
      }
    });
  },
);

it("would not be passed by hiding small counts alone", () => {
  const random = seeded(20261126);
  const recovered = Array.from({ length: 40 }, () => {
    const counts = randomTable(random);
    const totals = findTotals(counts);
    const { values, states } = protectCounts(counts, totals, srs10Preset);
    return recoveredBy(counts, values, states, totals, srs10Preset).length;
  });
  expect(recovered.filter((cells) => cells > 0).length).toBeGreaterThan(10);
});

it("protects a table of 35,000 rows in reasonable time and leaves most of it readable", () => {
  const random = seeded(7);
  const rows = 35_000;
  const men = Array.from({ length: rows }, () => Math.floor(random() ** 2 * 400));
  const women = men.map((count) => Math.floor(count * (0.5 + random())));
  const counts = grid({ men, women, all: men.map((count, row) => count + (women[row] ?? 0)) });
  const { states, recovered } = protectTable(counts, findTotals(counts), standardPreset, solve);
  expect(recovered).toEqual([]);
  expect(states.filter((state) => state === "").length).toBeGreaterThan(rows * 2);
});

function grid(columns: Readonly<Record<string, readonly number[]>>): Counts {
  const lists = Object.values(columns);
  return {
    rows: lists[0]?.length ?? 0,
    columns: Object.keys(columns),
    values: Float64Array.from(lists.flat()),
  };
}

function rowsOf(values: Float64Array, rows: number): number[][] {
  return Array.from({ length: values.length / rows }, (_, column) => [
    ...values.subarray(column * rows, (column + 1) * rows),
  ]);
}

/** Men, women and all by area, with the row of all areas at the end; many zeros and small numbers. */
function randomTable(random: () => number): Counts {
  const rows = 3 + Math.floor(random() * 5);
  const parts = Array.from({ length: 2 + Math.floor(random() * 2) }, () => column(random, rows));
  const columns = [...parts, parts.reduce(added)];
  return withTotalRow(Object.fromEntries(columns.map((values, index) => [`c${index}`, values])));
}

/** Two columns and their sum, of neighbourhoods, of the wards that they fill, and of the district that those fill. */
function nestedTable(random: () => number): { counts: Counts; sums: RowSum[] } {
  const wards = Array.from({ length: 2 + Math.floor(random() * 2) }, () => 2 + Math.floor(random() * 3));
  const places = wards.reduce((all, size) => all + size, 0);
  const sums: RowSum[] = wards.map((size, ward) => {
    const first = wards.slice(0, ward).reduce((all, each) => all + each, 0);
    return {
      total: places + ward,
      parts: Array.from({ length: size }, (_, row) => first + row),
      told: false,
    };
  });
  sums.push({ total: places + wards.length, parts: sums.map(({ total }) => total), told: false });
  const nested = (values: readonly number[]) => {
    const all = [...values];
    for (const { total, parts } of sums) all[total] = parts.reduce((sum, row) => sum + (all[row] ?? 0), 0);
    return all;
  };
  const [men, women] = [nested(column(random, places)), nested(column(random, places))];
  return { counts: grid({ men, women, all: added(men, women) }), sums };
}

/** Counts of places, many of them zero or small. */
function column(random: () => number, rows: number): number[] {
  return Array.from({ length: rows }, () => (random() < 0.25 ? 0 : Math.floor(random() ** 3 * 60)));
}

const added = (first: readonly number[] = [], second: readonly number[] = []): number[] =>
  first.map((count, row) => count + (second[row] ?? 0));

/** Columns with the row of their sums at the end. */
function withTotalRow(columns: Readonly<Record<string, readonly number[] | undefined>>): Counts {
  const entries = Object.entries(columns).map(
    ([name, values = []]) => [name, [...values, values.reduce((a, b) => a + b, 0)]] as const,
  );
  return grid(Object.fromEntries(entries));
}

/** Cells without a published number whose smallest and largest possible values are the same. Written apart from the product's own check. */
function recoveredBy(
  counts: Counts,
  values: Float64Array,
  states: readonly string[],
  totals: readonly Total[],
  preset: Preset,
): number[] {
  const cells = [...values.keys()];
  const isTotal = new Map(totals.map((total) => [total.total, total]));
  const bound = (cell: number): [number, number] => {
    const value = values[cell] ?? Number.NaN;
    const total = isTotal.get(cell);
    // What is summed again, or hidden because nothing is left to sum, says nothing of the true number.
    if (total && preset.totals === "re-sum") return [0, 1e4];
    if (states[cell] === "c") return [preset.counts.suppress?.from ?? 0, preset.counts.suppress?.to ?? 1e4];
    if (Number.isNaN(value)) return [0, 1e4];
    const exact = total && (preset.totals === "keep" || (preset.exactNationalTotal && total.national));
    const half = exact || !preset.counts.round ? 0 : Math.floor(preset.counts.round.base / 2);
    return [Math.max(0, value - half), value + half];
  };
  const bounds = cells.map(bound);
  const programme = {
    low: bounds.map(([low]) => low),
    high: bounds.map(([, high]) => high),
    equations: totals.map(({ total, parts }) => [
      ...parts.map((variable) => ({ variable, sign: 1 })),
      { variable: total, sign: -1 },
    ]),
  };
  return cells.filter((cell) => {
    if (!Number.isNaN(values[cell] ?? Number.NaN) || Number.isNaN(counts.values[cell] ?? Number.NaN))
      return false;
    const [low, high] = [-1, 1].map(
      (sign) =>
        solve(
          programme,
          cells.map((other) => (other === cell ? sign : 0)),
        )?.[cell],
    );
    return low !== undefined && high !== undefined && high - low < 0.5;
  });
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}
