import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { settle } from "../../kernel/src/importers/settle.ts";
import { parseRecipe } from "../../kernel/src/recipe/parse.ts";
import { computeRecipe } from "../../kernel/src/recipe/run.ts";
import type { Store } from "../../kernel/src/store/store.ts";
import { loadGiven } from "../conformance/given.ts";
import { temporaryStore } from "../support/store.ts";

// Things of OpenStreetMap share one subject type, whatever datasource has brought them. One district holds them all.
const importerClass = "uk.org.tombolo.importer.osm.OSMImporter";
const tag = "org.openstreetmap";
const recipe = "subjects: test/district\nfields: { uses: { model: LanduseCount } }\n";

let store: Store & { remove(): void };
beforeAll(async () => {
  store = await temporaryStore();
  const square = "POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0))";
  await loadGiven(
    store,
    {
      subjects: [
        { provider: "test", subjectType: "district", label: "d", name: "District", geometry: square },
      ],
    },
    "district",
  );
});
afterAll(() => store.remove());

/** Puts entities with a landuse into the store, as an import of the datasource would. */
async function bring(datasourceId: string, labels: readonly string[], geographyScope?: readonly string[]) {
  const request = { importerClass, datasourceId, ...(geographyScope && { geographyScope }) };
  const { key, title } = await settle(request, {});
  await loadGiven(
    store,
    {
      subjects: labels.map((label) => ({
        provider: tag,
        subjectType: "OSMEntity",
        label,
        name: null,
        geometry: "POINT (0.5 0.5)",
      })),
      fixedValues: labels.map((label) => [label, tag, "landuse", "residential"]),
    },
    key,
    { request, title },
  );
}

async function run(text = recipe) {
  const warnings: string[] = [];
  const { table } = await computeRecipe(store, parseRecipe(text), {
    importing: async () => undefined,
    onWarning: (sentence) => warnings.push(sentence),
  });
  return { value: table.getChildAt(2)?.get(0), warnings };
}

test("a model counts only what its own datasources have brought, and tells what it leaves out", async () => {
  await bring("OSMLanduse", ["a", "b"]);
  expect(await run()).toEqual({ value: 2, warnings: [] });
  // One that both have brought still counts, though the newer dataset is the one that it is read from.
  await bring("OSMHighways", ["b", "c"]);
  const left = /^Of org\.openstreetmap counts only what this recipe's datasources bring; the store also has /;
  expect(await run()).toEqual({ value: 2, warnings: [expect.stringMatching(left)] });
  // What another model of the recipe brings changes nothing in this one.
  const both = await run(recipe.replace(" }\n", ", ways: { model: CycleLaneCount } }\n"));
  expect([both.value, both.warnings.filter((sentence) => left.test(sentence))]).toEqual([2, []]);
  // Another place is another import, though the datasource is the same.
  await bring("OSMLanduse", ["d"], ["rutland"]);
  expect((await run()).value).toBe(2);
});

test("a datasource that the recipe names itself counts too", async () => {
  const own = `datasources: [{ importerClass: ${importerClass}, datasourceId: OSMHighways }]\n`;
  expect((await run(own + recipe)).value).toBe(3);
});

test("a recipe that brings nothing of it takes all that the store has", async () => {
  const count = `subjects: test/district\nfields: { all: { count-within: ${tag}/OSMEntity } }\n`;
  expect(await run(count)).toEqual({ value: 4, warnings: [] });
});
