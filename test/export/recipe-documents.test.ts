import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { exportRecipe, recipeText } from "../../kernel/src/export/export-recipe.ts";
import { exportedLabel } from "../../kernel/src/export/label-file.ts";
import { parseRecipe } from "../../kernel/src/recipe/parse.ts";
import { computeRecipe } from "../../kernel/src/recipe/run.ts";
import type { Store } from "../../kernel/src/store/store.ts";
import { loadGiven } from "../conformance/given.ts";
import { temporaryFolder, temporaryStore } from "../support/store.ts";

const thing = (label: string, geometry: string | null) => ({
  provider: "p",
  subjectType: "thing",
  label,
  name: label,
  geometry,
});

let store: Store & { remove(): void };
beforeAll(async () => {
  store = await temporaryStore();
  await loadGiven(store, {
    subjects: [
      thing("high", "POINT Z (1 2 3)"),
      thing("two", "GEOMETRYCOLLECTION Z (POINT Z (0 0 1), LINESTRING Z (0 0 1, 1 1 2))"),
      thing("plain", "POINT (1 2)"),
      thing("none", null),
    ],
    fixedValues: [
      ["high", "p", "storeys", "12.50"],
      ["two", "p", "storeys", "many"],
    ],
  });
});
afterAll(() => store.remove());

const compute = (fields: string) =>
  computeRecipe(store, parseRecipe(`subjects: p/thing\nfields:\n  x: ${fields}\n`));

test("shapes with heights are WKT that DuckDB reads back as it was", async () => {
  const lines = recipeText(await compute("{ subject-label: }"), "csv", true).split("\r\n");
  const shapes = lines.slice(1, 3).map((line) => /,"?([A-Z].*\))"?,/.exec(line)?.[1] ?? "");
  expect(shapes[0]).toBe("POINT Z (1 2 3)");
  const found = await store.engine.query(
    "SELECT ST_Equals(ST_GeomFromText(?::VARCHAR), shape) AS same, ST_HasZ(ST_GeomFromText(?::VARCHAR)) AS high FROM subjects WHERE label = ?",
    { parameters: [shapes[1] ?? "", shapes[1] ?? "", "two"] },
  );
  expect(found.toArray().map((row) => row.toJSON())).toEqual([{ same: true, high: true }]);
});

test("a text that a back-off or the nearest passes on is a number in GeoJSON where it is one, and as it was in CSV", async () => {
  const result = await compute('{ back-off: [{ fixed-value: p/storeys }, { constant: "5.0" }] }');
  const { features } = JSON.parse(recipeText(result, "geojson", true));
  expect(features.map(({ properties }: { properties: { x: unknown } }) => properties.x)).toEqual([
    12.5,
    "many",
    5,
    5,
  ]);
  const lines = recipeText(result, "csv", true).trim().split("\r\n");
  expect(lines.slice(1).map((line) => line.slice(line.lastIndexOf(",") + 1))).toEqual([
    "12.50",
    "many",
    "5.0",
    "5.0",
  ]);
});

test.each(["csv", "geojson", "parquet", "arrow"])(
  "a result that is not public keeps its label beside it: %s",
  async (ending) => {
    const clinic = await temporaryStore();
    const folder = temporaryFolder();
    try {
      await loadGiven(clinic, { subjects: [thing("a", "POINT (0 0)")] }, "clinic", {
        access: "sensitive",
        attribution: "Clinic.",
      });
      const recipe = parseRecipe("subjects: p/thing\nfields: { latitude: { subject-latitude: } }");
      const path = join(folder.path, `out.${ending}`);
      await exportRecipe(clinic.engine, recipe, await computeRecipe(clinic, recipe), path);
      expect(exportedLabel(path)).toEqual({ access: "sensitive", source: "Clinic." });
    } finally {
      clinic.remove();
      folder.remove();
    }
  },
);
