import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { parseRecipe } from "../../kernel/src/recipe/parse.ts";
import { runRecipe } from "../../kernel/src/recipe/run.ts";
import type { Store } from "../../kernel/src/store/store.ts";
import { write } from "../support/datasets.ts";
import { rowsOf, temporaryStore } from "../support/store.ts";

let store: Store & { remove(): void };
beforeAll(async () => {
  store = await temporaryStore();
  // Two neighbourhoods of Leeds and one of York, side by side, and nowhere a boundary of Leeds.
  const areas = [
    ["E01011229", "Leeds 111A", 0],
    ["E01033008", "Leeds 112D", 1],
    ["E01013336", "York 018D", 2],
  ];
  const rows = areas.map(
    ([code, name, x]) =>
      `('${code}', '${name}', ST_GeomFromText('POLYGON ((${x} 53, ${Number(x) + 1} 53, ${Number(x) + 1} 54, ${x} 54, ${x} 53))'))`,
  );
  const subjects = `SELECT 'uk.gov.ons' AS provider, 'lsoa' AS subject_type, label, name, ST_SetCRS(shape, 'OGC:CRS84') AS shape, 0::BIGINT AS position
    FROM (VALUES ${rows.join(", ")}) AS area(label, name, shape)`;
  await write(
    store,
    "lsoa",
    { subjects },
    { subjectTypes: [{ provider: "uk.gov.ons", label: "lsoa", name: "LSOA", count: 3 }] },
  );
});
afterAll(() => store.remove());

const namesIn = async (subjects: string) => {
  const recipe = parseRecipe(`subjects: '${subjects}'\nfields:\n  size: { area: km² }\n`);
  return rowsOf(await runRecipe(store, recipe)).map(({ name }) => name);
};

test.each([
  ['lsoa in "Leeds"', ["Leeds 111A", "Leeds 112D"]],
  ['lsoa in "leeds city council"', ["Leeds 111A", "Leeds 112D"]],
  ['lsoa in "E06000014"', ["York 018D"]],
  ['lsoa in "Yorkshire and The Humber"', ["Leeds 111A", "York 018D", "Leeds 112D"]],
  ['lsoa in "Bradford"', []],
  ['lsoa in "Leeds" or "York"', ["Leeds 111A", "York 018D", "Leeds 112D"]],
  ['lsoa in "York" or "Bradford"', ["York 018D"]],
])("%s needs no boundary", async (subjects, expected) => {
  expect(await namesIn(subjects)).toEqual(expected);
});

test("what codes cannot tell is told by shapes", async () => {
  const square = `SELECT 'town' AS provider, 'quarter' AS subject_type, 'q1' AS label, 'Old Quarter' AS name,
    ST_SetCRS(ST_GeomFromText('POLYGON ((0.9 52, 3 52, 3 55, 0.9 55, 0.9 52))'), 'OGC:CRS84') AS shape, 0::BIGINT AS position`;
  await write(
    store,
    "quarter",
    { subjects: square },
    { subjectTypes: [{ provider: "town", label: "quarter", name: "Quarter", count: 1 }] },
  );
  expect((await namesIn('lsoa in "Old Quarter"')).sort()).toEqual(["Leeds 112D", "York 018D"]);
});
