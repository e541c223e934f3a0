import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { type Contract, parseContract } from "../../kernel/src/pack/contract.ts";
import { fillDummy } from "../../kernel/src/pack/dummy.ts";
import type { Store } from "../../kernel/src/store/store.ts";
import { temporaryStore } from "../support/store.ts";

const area = (subjectType: string, rank: number, attributes: readonly object[] = []) => ({
  ...{
    provider: "p",
    subjectType,
    title: subjectType,
    shape: "area",
    access: "public",
    names: [],
    labels: [],
  },
  ...{ rank, attributes },
});
const number = (label: string, more: object) => ({
  ...{ provider: "p", label, description: "", values: "timed", type: "number" },
  ...more,
});
const tag = (label: string) => ({
  ...{ provider: "p", label, description: "", values: "fixed", type: "text", categories: ["park", "wood"] },
});

const way = (label: string) => {
  const { categories: _, ...plain } = tag(label);
  return plain;
};

const CONTRACT: Contract = parseContract({
  version: 1,
  inputs: [
    area("small", 0, [
      number("Age: All categories", { kind: "count" }),
      number("Age: 65 to 74", { kind: "count" }),
      number("Age: 75 and over", { kind: "count" }),
      number("out of work", { kind: "rate", unit: "%" }),
      number("decile", { kind: "percentile" }),
    ]),
    area("large", 1),
    area("larger", 2),
    area("town", 3),
    area("park", 0, [tag("leisure")]),
    { ...area("way", 0, ["cycleway", "cycleway:left", "highway"].map(way)), shape: "point" },
  ],
});

let store: Store & { remove(): void };
beforeAll(async () => {
  store = await temporaryStore();
  await fillDummy(store, CONTRACT, 1);
});
afterAll(() => store.remove());

/** The first row of a query; the geometry is judged by GEOS, in DuckDB. */
async function row(sql: string): Promise<Record<string, unknown>> {
  const found = await store.engine.query(
    `WITH s AS (SELECT subject_type AS type, label, shape::GEOMETRY AS shape FROM subjects) ${sql}`,
  );
  return found.get(0)?.toJSON() ?? {};
}

it("areas of each rank tile the town: valid, none over another, together all of it", async () => {
  expect(await row("SELECT count(*)::INTEGER AS odd FROM s WHERE NOT ST_IsValid(shape)")).toEqual({ odd: 0 });
  const over = `SELECT count(*)::INTEGER AS over FROM s a, s b
    WHERE a.type = b.type AND a.label < b.label AND ST_Area(ST_Intersection(a.shape, b.shape)) > 1e-12`;
  expect(await row(over)).toEqual({ over: 0 });
  const sums = `, sums AS (SELECT sum(ST_Area(shape)) AS area FROM s WHERE type NOT IN ('park', 'way') GROUP BY type)
    SELECT max(area) - min(area) < 1e-9 AS alike, count(*)::INTEGER AS types FROM sums`;
  expect(await row(sums)).toEqual({ alike: true, types: 4 });
});

it("each area lies in one of each larger kind, and each park in one of the smallest", async () => {
  const inside = (inner: string, outer: string) =>
    row(`, counted AS (
        SELECT a.label, count(*) FILTER (ST_Within(a.shape, b.shape)) AS containers
        FROM s a, s b WHERE a.type = '${inner}' AND b.type = '${outer}' GROUP BY a.label
      ) SELECT min(containers)::INTEGER AS least, max(containers)::INTEGER AS most FROM counted`);
  for (const [inner, outer] of [
    ["small", "large"],
    ["large", "larger"],
    ["small", "town"],
    ["park", "small"],
  ] as const)
    expect([inner, outer, await inside(inner, outer)]).toEqual([inner, outer, { least: 1, most: 1 }]);
});

it("parts are no more than their total, and shares are shares", async () => {
  const found = await row(`, v AS (
      SELECT subject_label, timestamp, first(value) FILTER (attribute = 'Age: All categories') AS whole,
        sum(value) FILTER (attribute IN ('Age: 65 to 74', 'Age: 75 and over')) AS parts,
        first(value) FILTER (attribute = 'out of work') AS share, first(value) FILTER (attribute = 'decile') AS rank
      FROM timed_values GROUP BY ALL
    ) SELECT count(*)::INTEGER AS rows, bool_and(parts BETWEEN 1 AND whole) AS parts, bool_and(whole BETWEEN 500 AND 4000) AS wholes,
      bool_and(share BETWEEN 0 AND 100) AS shares, bool_and(rank BETWEEN 1 AND 100) AS ranks FROM v`);
  expect(found).toEqual({ rows: 288, parts: true, wholes: true, shares: true, ranks: true });
});

it("what has one of several tags about the same also has the tag that says what it is", async () => {
  const found = await row(`, v AS (
      SELECT subject_label, bool_or(attribute LIKE 'cycleway%') AS lane, bool_or(attribute = 'highway') AS way
      FROM fixed_values WHERE subject_type = 'way' GROUP BY ALL
    ) SELECT count(*) FILTER (lane) > 3 AS some, bool_and(way OR NOT lane) AS ways FROM v`);
  expect(found).toEqual({ some: true, ways: true });
});

it.each(["out of work", "decile"])("neighbours are alike in %s", async (attribute) => {
  // Moran's I over areas that touch: 0 where values are thrown at random, 1 where neighbours are the same.
  const { moran } = await row(`, v AS (
      SELECT shape, value - avg(value) OVER () AS above FROM s JOIN timed_values ON label = subject_label AND type = subject_type
      WHERE attribute = '${attribute}' AND year(timestamp) = 2021
    ) SELECT (sum(a.above * b.above) / count(*)) / (SELECT avg(above * above) FROM v) AS moran
      FROM v a, v b WHERE a.above <> b.above AND ST_Touches(a.shape, b.shape)`);
  expect(Number(moran)).toBeGreaterThan(0.3);
});
