import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { importDatasource } from "../../kernel/src/importers/run.ts";
import { parseRecipe } from "../../kernel/src/recipe/parse.ts";
import { computeRecipe } from "../../kernel/src/recipe/run.ts";
import { subjectWords } from "../../kernel/src/recipe/subject-words.ts";
import type { Store } from "../../kernel/src/store/store.ts";
import { temporaryStore } from "../support/store.ts";

const page = readFileSync(new URL("../../docs/recipes.md", import.meta.url), "utf8");
const recipes = [...page.matchAll(/```yaml\n([\s\S]+?)```/g)].map((match) => match[1] ?? "");
const rowsOfPage = [...page.matchAll(/^\| `([^`]+)` +\| (.+?) +\|$/gm)].map((match) => match.slice(1));

let store: Store & { remove(): void };
beforeAll(async () => {
  store = await temporaryStore();
  for (const id of ["london/boroughs", "london/underground"]) await importDatasource(store, id);
});
afterAll(() => store.remove());

describe("docs/recipes.md", () => {
  test.each(recipes)("computes %j", async (text) => {
    const warnings: string[] = [];
    const { table, missing } = await computeRecipe(store, parseRecipe(text), {
      onWarning: (sentence) => warnings.push(sentence),
    });
    expect(table.numRows).toBeGreaterThan(8);
    expect(missing.filter(({ count }) => count > 0)).toEqual([]);
    expect(warnings).toEqual([]);
  });

  test("names subjects in words that are understood", () => {
    expect(rowsOfPage).toEqual(subjectWords);
    for (const [subjects] of subjectWords)
      expect(() => parseRecipe({ subjects, fields: { area_km2: { area: "km²" } } })).not.toThrow();
  });
});
