import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Table } from "apache-arrow";
import { columnMetadata } from "../../kernel/src/engine/columns.ts";
import { importDatasource } from "../../kernel/src/importers/run.ts";
import { compilePlan } from "../../kernel/src/recipe/compile/compile.ts";
import { duckdbDialect } from "../../kernel/src/recipe/dialects/duckdb.ts";
import { parseRecipe } from "../../kernel/src/recipe/parse.ts";
import { planRecipe } from "../../kernel/src/recipe/plan.ts";
import { runRecipe } from "../../kernel/src/recipe/run.ts";
import { showRecipe } from "../../kernel/src/recipe/show.ts";
import type { Store } from "../../kernel/src/store/store.ts";
import { referenceBoroughs } from "../support/reference.ts";
import { rowsOf, temporaryStore } from "../support/store.ts";

const data = new URL("../data/", import.meta.url).pathname;
const demonstration = `
subjects: borough
fields:
  tube_km: { length-inside: underground-line, unit: km }
  area_km2: { area: km² }
  tube_km_per_km2: { arithmetic: tube_km / area_km2 }
`;

let store: Store & { remove(): void };
beforeAll(async () => {
  store = await temporaryStore();
  await importDatasource(store, "london/boroughs");
  await importDatasource(store, "london/underground");
  await importDatasource(store, "squares.geojson", { folder: data, as: "square" });
});
afterAll(() => store.remove());

const run = (text: string, warnings: string[] = []) =>
  runRecipe(store, parseRecipe(text), { onWarning: (sentence) => warnings.push(sentence) });
const metadataOf = (table: Table) =>
  Object.fromEntries(table.schema.fields.map((field) => [field.name, columnMetadata(field)]));

describe("the first notebook's recipe", () => {
  test("agrees with geopandas to within half a per cent", async () => {
    const rows = rowsOf(await run(demonstration));
    expect(rows).toHaveLength(33);
    for (const [name, reference] of Object.entries(referenceBoroughs)) {
      const row = rows.find((each) => each.name === name);
      expect(Math.abs(Number(row?.tube_km) - reference.tube_km)).toBeLessThanOrEqual(
        0.005 * reference.tube_km + 1e-9,
      );
      expect(Math.abs(Number(row?.area_km2) - reference.area_km2)).toBeLessThanOrEqual(
        0.005 * reference.area_km2,
      );
      expect(row?.tube_km_per_km2).toBeCloseTo(Number(row?.tube_km) / Number(row?.area_km2), 12);
    }
  });

  test("has columns that say what they are", async () => {
    const columns = metadataOf(await run(demonstration));
    expect(Object.keys(columns)).toEqual([
      "label",
      "name",
      "tube_km",
      "area_km2",
      "tube_km_per_km2",
      "geometry",
    ]);
    expect(columns.tube_km).toMatchObject({ unit: "km", kind: "amount", access: "public", title: "Tube" });
    expect(columns.tube_km?.source).toMatch(/OpenStreetMap/);
    expect(columns.tube_km_per_km2).toMatchObject({ unit: "km/km²", kind: "rate" });
  });

  test("measures the lines once, though two columns take them", () => {
    const plan = planRecipe(parseRecipe(demonstration), store.catalogue());
    expect(plan.nodes.filter(({ op }) => op === "overlap")).toHaveLength(1);
    const { steps } = compilePlan(plan, duckdbDialect, "x");
    const operators = steps.flatMap((step) => (step.kind === "operator" ? [step.operator] : []));
    expect(operators.sort()).toEqual(["area", "overlap-length"]);
  });

  test.each(["plan", "sql"] as const)("can be shown as %s", (spelling) => {
    expect(showRecipe(parseRecipe(demonstration), spelling, store.catalogue())).toMatch(/overlap-length/);
  });
});

describe("fields over four squares", () => {
  test("area is that of the ellipsoid's patch to within 0.2 %", async () => {
    // 0.01° by 0.01° at 51.505° north: 1112.6 m by 695.2 m on WGS 84.
    for (const row of rowsOf(await run("subjects: square\nfields: { a: { area: } }"))) {
      expect(Math.abs(Number(row.a) / 773_200 - 1)).toBeLessThan(0.003);
    }
  });

  test.each([
    ["{ constant: 5 }", ["5", "5", "5", "5"]],
    ["{ subject-name: }", ["North West", "North East", "South West", "South East"]],
    ["{ fixed-value: people }", ["10", "20", null, "40"]],
    ["{ fixed-value: local/people }", ["10", "20", null, "40"]],
    ["{ arithmetic: { operation: mul, field1: { fixed-value: people }, field2: 2 } }", [20, 40, null, 80]],
    ["{ arithmetic: { operation: sub, field1: 1, field2: 0.5 } }", [0.5, 0.5, 0.5, 0.5]],
    [
      "{ arithmetic: { operation: add, field1: { fixed-value: people }, field2: { constant: many } } }",
      [null, null, null, null],
    ],
    ["{ arithmetic: { operation: div, field1: 1, field2: 0 } }", [null, null, null, null]],
    ["{ length-inside: underground-line }", [expect.any(Number), 0, expect.any(Number), expect.any(Number)]],
  ])("%s", async (field, values) => {
    const rows = rowsOf(await run(`subjects: square\nfields: { a: ${field} }`));
    expect(rows.map(({ a }) => a)).toEqual(values);
  });

  test("what is missing is counted in a warning", async () => {
    const warnings: string[] = [];
    await run(
      "subjects: square\nfields: { a: { arithmetic: { operation: div, field1: 1, field2: 0 } } }",
      warnings,
    );
    expect(warnings).toEqual(["a: 4 of 4 values are missing: a division by zero."]);
  });

  test("the result is as closed as its strictest source", async () => {
    const columns = metadataOf(
      await run("subjects: square\nfields: { a: { length-inside: underground-line } }"),
    );
    expect(Object.values(columns).map(({ access }) => access)).toEqual([
      "internal",
      "internal",
      "internal",
      "internal",
    ]);
  });
});

describe("names that are not there", () => {
  test.each([
    [
      "subjects: burough\nfields: {}",
      'subjects: there is no subject type "burough" in the store. Did you mean "borough"?',
    ],
    [
      "subjects: borough\nfields: { a: { length-inside: underground } }",
      'fields.a.subject: there is no subject type "underground" in the store. Did you mean "underground-line"?',
    ],
    [
      "subjects: borough\nfields: { a: { fixed-value: lines } }",
      'fields.a.attribute: there is no attribute "lines" in the store. Did you mean "org.openstreetmap/line"?',
    ],
  ])("%s", async (text, message) => {
    await expect(run(text)).rejects.toThrow(expect.objectContaining({ name: "UserError", message }));
  });
});

test("nothing in a recipe reaches the engine as SQL", async () => {
  const evil = `"'); DROP TABLE x; --`;
  const table = await runRecipe(
    store,
    parseRecipe({ subjects: "square", fields: { [evil]: { constant: evil } } }),
  );
  expect(rowsOf(table).map((row) => row[evil])).toEqual([evil, evil, evil, evil]);
  await expect(runRecipe(store, parseRecipe({ subjects: evil, fields: {} }))).rejects.toThrow(
    "there is no subject type",
  );
});

describe("a name that no subject has", () => {
  const warningsOf = async (subjects: string) => {
    const warnings: string[] = [];
    await run(`subjects: ${subjects}\nfields:\n  area_km2: { area: km² }\n`, warnings);
    return warnings.join(" ");
  };

  test.each([
    ['borough named "Camdn"', 'Did you mean "Camden"?'],
    ['borough in "Westminstre"', 'Did you mean "Westminster"'],
    ['underground-line in borough "Bexly"', 'Did you mean "Bexley"?'],
    ['borough in "Barking and Dagenam"', 'Did you mean "Barking and Dagenham"?'],
  ])("%s is answered by the nearest one", async (subjects, hint) => {
    expect(await warningsOf(subjects)).toContain(hint);
  });

  test("is not compared with names that are not public", async () => {
    const [{ name } = { name: "" }] = rowsOf(await run("subjects: square\nfields: {}\n"));
    expect(String(name).length).toBeGreaterThan(2);
    expect(await warningsOf(`square named "${name}x"`)).not.toContain("Did you mean");
  });

  test("without quotes is told to be given in them", async () => {
    await expect(warningsOf("borough in Camden")).rejects.toThrow(
      'Names stand in quotes, such as in "Camden".',
    );
  });

  test("may be that of a column", async () => {
    await expect(warningsOf("borough where aera_km2 > 50")).rejects.toThrow('Did you mean "area_km2"?');
  });
});
