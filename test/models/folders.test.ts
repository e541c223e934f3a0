import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { modelFolders } from "../../kernel/src/models/folders.ts";
import { parseRecipe } from "../../kernel/src/recipe/parse.ts";
import { temporaryFolder } from "../support/store.ts";

const folder = temporaryFolder();
afterAll(() => folder.remove());

function write(name: string, text: string): void {
  const file = join(folder.path, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
const recipe = (model: string, more = "") =>
  parseRecipe(`subjects: p/area\nfields: { x: { model: ${model}${more} } }\n`, {
    models: modelFolders([folder.path]),
  });

describe("models in folders of one's own", () => {
  test("may use each other and the built-in ones, and come before these", () => {
    write(
      "town/half.yaml",
      "title: Half\nfield: { arithmetic: { operation: div, field1: { model: town/whole }, field2: 2 } }\n",
    );
    write("town/whole.yaml", "title: Whole\nfield: { model: geometry/area-square-meters }\n");
    write("census/fraction-renting.yaml", "title: My own\nfield: { constant: 1 }\n");
    expect(recipe("town/half").dataset.fields).toHaveLength(1);
    expect(recipe("half").dataset.fields).toHaveLength(1);
    expect(modelFolders([folder.path]).find("census/fraction-renting")?.title).toBe("My own");
    expect(modelFolders([folder.path]).names()).toEqual(
      expect.arrayContaining(["town/half", "land-use/urban-area"]),
    );
  });

  test("in the two files of 2019", () => {
    write(
      "old/share-field.json",
      '// how it was\n{ "fieldClass": "uk.org.tombolo.field.value.ConstantField", "//": "one", "value": "1" }',
    );
    write(
      "old/share-data.json",
      '[{ "importerClass": "london/boroughs", "datasourceId": "london/boroughs" }]',
    );
    expect(modelFolders([folder.path]).find("old/share")?.datasources).toHaveLength(1);
    expect(recipe("old/share").dataset.fields).toHaveLength(1);
  });

  test.each([
    [
      "loop/a",
      /^Line 2, fields\.x\.recipe.*: the model loop\/a is made from itself: loop\/a → loop\/b → loop\/a/,
    ],
    ["bad/word", 'Line 2, fields.x.recipe: in the model bad/word: unknown field "aera". Did you mean "area"'],
    ["bad/yaml", /bad\/yaml\.yaml cannot be read/],
    ["bad/property", 'a model has no property "fild". Did you mean "field"'],
    ["bad/nothing", "a model needs a field"],
    ["bad/series", "Line 2, fields.x.recipe: the model bad/series has no single value"],
    ["../outside", 'there is no model "../outside"'],
  ])("%s is told", (name, message) => {
    write("loop/a.yaml", "title: A\nfield: { sum: [{ model: loop/b }] }\n");
    write("loop/b.yaml", "title: B\nfield: { sum: [{ model: loop/a }] }\n");
    write("bad/word.yaml", "title: W\nfield: { aera: }\n");
    write("bad/yaml.yaml", "title: [\n");
    write("bad/property.yaml", "title: P\nfild: { area: }\n");
    write("bad/nothing.yaml", "title: N\n");
    write("bad/series.yaml", "title: S\nfield: { timeseries: p/x }\n");
    expect(() => recipe(name)).toThrow(message);
  });

  test("parameters have values of their own, which a recipe may change", () => {
    write(
      "near.yaml",
      "title: Near\nparameters: { metres: 400, what: stop }\nfield: { count-near: '{{what}}', metres: '{{metres}}' }\n",
    );
    expect(recipe("near").dataset.fields).toHaveLength(1);
    expect(recipe("near", ", parameters: { metres: 800 }").dataset.fields).toHaveLength(1);
    expect(() => recipe("near", ", parameters: { meters: 800 }")).toThrow(
      'fields.x.parameters.meters: the model near has no parameter "meters". Did you mean "metres"?',
    );
    expect(() => recipe("near", ", parameters: { metres: far }")).toThrow(
      "in the model near: a number is expected",
    );
  });
});
