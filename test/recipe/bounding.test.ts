import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { parseRecipe } from "../../kernel/src/recipe/parse.ts";
import { runRecipe } from "../../kernel/src/recipe/run.ts";
import type { Store } from "../../kernel/src/store/store.ts";
import { write } from "../support/datasets.ts";
import { findPostgis, openMirroredStore } from "../support/postgis.ts";
import { ruinOutside, scattered } from "../support/row-groups.ts";
import { rowsOf, temporaryStore, valueIn } from "../support/store.ts";

/** A SELECT of subjects of a type of `town`, shapes as well-known text. */
function shapes(type: string, rows: readonly (readonly [string, string])[]): string {
  const values = rows.map(([label, shape]) => `('${label}', ST_GeomFromText('${shape}'))`);
  return `SELECT 'town' AS provider, '${type}' AS subject_type, label, label AS name, ST_SetCRS(shape, 'OGC:CRS84') AS shape, 0::BIGINT AS position
    FROM (VALUES ${values.join(", ")}) AS row(label, shape)`;
}

const square = (west: number, south: number, size: number) =>
  `POLYGON ((${west} ${south}, ${west + size} ${south}, ${west + size} ${south + size}, ${west} ${south + size}, ${west} ${south}))`;

async function compute(store: Store, subjects: string, field: string) {
  const recipe = parseRecipe(`subjects: '${subjects}'\nfields:\n  x: ${field}\n`);
  return rowsOf(await runRecipe(store, recipe)).map(({ label, x }) => [label, x]);
}

describe("of what few subjects contain only the row groups near them are read", () => {
  let store: Store & { remove(): void };
  beforeAll(async () => {
    store = await temporaryStore();
    const type = (label: string, count: number) => ({
      subjectTypes: [{ provider: "town", label, name: label, count }],
    });
    await write(
      store,
      "squares",
      { subjects: shapes("square", [["s1", square(1, 1, 1)]]) },
      type("square", 1),
    );
    const far = shapes("region", [
      ["north", square(0, 9, 1)],
      ["south", square(1, 1, 1)],
    ]);
    await write(store, "regions", { subjects: far }, type("region", 5000));
    await write(store, "places", { subjects: scattered(40000, "place") }, type("place", 40000));
    await store.engine.run("SET enable_external_file_cache = false");
    const places = store.datasets().at(-1)?.folder ?? "";
    const { groups, needed } = await ruinOutside(store, join(places, "subjects.parquet"), [1, 1, 2, 2]);
    expect(groups).toBe(20);
    expect(needed).toBeLessThan(6);
  });
  afterAll(() => store.remove());

  test.each([
    ["all subjects of a small type", "square", "s1"],
    ["subjects chosen by label", 'region labelled "south"', "south"],
    ["subjects chosen by place", 'region in "s1"', "south"],
  ])("%s", async (_, subjects, label) => {
    const inside = await valueIn(
      store,
      `SELECT count(*)::INTEGER FROM (${scattered(40000, "place")}) WHERE ST_X(shape) > 1 AND ST_X(shape) < 2 AND ST_Y(shape) > 1 AND ST_Y(shape) < 2`,
    );
    expect(await compute(store, subjects, "{ count-within: place }")).toEqual([[label, inside]]);
    await expect(compute(store, "region", "{ count-within: place }")).rejects.toThrow();
  });
});

/** Areas side by side, and members in and across them: one surrounds the first area and has its centre in it, one has no points. */
async function fillWithAreas(store: Store) {
  const areas = Array.from({ length: 5 }, (_, x) => [`a${x}`, square(x, 0, 1)] as const);
  const members = [
    ["ring", "POLYGON ((-2 -2, 3 -2, 3 3, -2 3, -2 -2), (-1 -1, 2 -1, 2 2, -1 2, -1 -1))"],
    ["touching", square(1, 0.2, 0.25)],
    ["across", square(0.8, 0.2, 0.5)],
    ["inside", square(0.2, 0.2, 0.75)],
    ["far", square(4.2, 0.2, 0.5)],
    ["empty", "POLYGON EMPTY"],
  ] as const;
  const corners = `SELECT 'town' AS subject_provider, 'member' AS subject_type, label AS subject_label, 'town' AS provider,
    'corners' AS attribute, ST_NPoints(shape)::VARCHAR AS value FROM (${shapes("member", members)})`;
  const type = (label: string) => ({
    subjectTypes: [{ provider: "town", label, name: label, count: 5000 }],
    attributes: [{ provider: "town", label: "corners", description: "Corners", values: "fixed" as const }],
  });
  await write(store, "areas", { subjects: shapes("area", areas) }, type("area"));
  await write(
    store,
    "members",
    { subjects: shapes("member", members), fixed_values: corners },
    type("member"),
  );
}

const FIELDS = [
  ["area", "{ count-within: member }"],
  ["area", "{ count-within: member, match: centroid }"],
  ["area", '{ count-within: member labelled "%a%" }'],
  ["area", "{ count-within: member where town/corners > 4 }"],
  [
    "area",
    "{ sum-within: member, field: { percentiles: { area: km² }, percentileCount: 6, subjects: member, missing: skip } }",
  ],
  ["area", "{ sum-within: member, field: { cluster: [{ area: km² }], count: 2 } }"],
  [
    "area",
    "{ max-within: member, field: { containing: area, field: { subject-longitude: }, match: centroid } }",
  ],
  ["area", "{ percentiles: { count-within: member }, percentileCount: 5, subjects: area }"],
  ["member", "{ containing: area, field: { subject-label: } }"],
  ["member", "{ containing: area, field: { subject-label: }, match: centroid }"],
  ["member", "{ containing: area, field: { subject-label: }, match: largest-overlap }"],
  ["member", "{ containing: area, field: { count-within: member } }"],
] as const;

const found = findPostgis();
const engines = "reason" in found ? (["DuckDB"] as const) : (["DuckDB", "PostGIS"] as const);
if ("reason" in found) test.skip(found.reason, () => undefined);

describe.each(engines)("in %s one subject has the same value as among all", (engine) => {
  let store: Store;
  let close: () => void | Promise<void>;
  beforeAll(async () => {
    if ("reason" in found || engine === "DuckDB") {
      const own = await temporaryStore();
      [store, close] = [own, () => own.remove()];
    } else {
      const stores = await openMirroredStore(found.programs);
      [store, close] = [stores.mirrored, () => stores.close()];
      await fillWithAreas(stores.store);
      return;
    }
    await fillWithAreas(store);
  }, 60_000);
  afterAll(() => close?.());

  test.each(FIELDS)("%s: %s", async (type, field) => {
    const all = await compute(store, type, field);
    expect(new Set(all.map(([, x]) => x)).size).toBeGreaterThan(1);
    for (const [label, x] of all)
      expect(await compute(store, `${type} labelled "${String(label)}"`, field)).toEqual([[label, x]]);
  });
});
