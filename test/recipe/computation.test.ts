import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { importDatasource } from "../../kernel/src/importers/run.ts";
import { computationsOf } from "../../kernel/src/lineage/computation.ts";
import { parseRecipe } from "../../kernel/src/recipe/parse.ts";
import { planRecipe } from "../../kernel/src/recipe/plan.ts";
import type { Store } from "../../kernel/src/store/store.ts";
import { temporaryStore } from "../support/store.ts";

let store: Store & { remove(): void };
beforeAll(async () => {
  store = await temporaryStore();
  await importDatasource(store, "london/boroughs");
  await importDatasource(store, "london/underground");
});
afterAll(() => store.remove());

const computed = (text: string) => computationsOf(planRecipe(parseRecipe(text), store.catalogue()));
const tube = "subjects: borough\nfields:\n  tube: { length-inside: underground-line, unit: km }";

describe.each<[string, string, string, boolean]>([
  [
    "of another name",
    "railway",
    "subjects: borough\nfields:\n  railway: { length-inside: underground-line, unit: km }",
    true,
  ],
  ["beside others", "tube", `${tube}\n  km2: { area: km² }\n  share: { arithmetic: tube / km2 }`, true],
  ["for other areas", "tube", tube.replace("borough", 'borough where name like "B%"'), true],
  ["in another unit", "tube", tube.replace("km", "m"), false],
  ["of something else", "tube", "subjects: borough\nfields:\n  tube: { area: km² }", false],
])("a column %s", (_, name, text, isSame) => {
  it(isSame ? "computes the same" : "computes something else", () => {
    const [known, other] = [computed(tube)?.get("tube"), computed(text)?.get(name)];
    expect(known).toMatch(/^[0-9a-f]{64}$/);
    expect(other === known).toBe(isSame);
  });
});
