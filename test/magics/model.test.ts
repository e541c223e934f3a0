import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { Table } from "apache-arrow";
import { parse } from "yaml";
import { parseArguments } from "../../kernel/src/magics/arguments.ts";
import type { Magic } from "../../kernel/src/magics/magic.ts";
import { modelMagic } from "../../kernel/src/magics/model.ts";
import { recipeMagic } from "../../kernel/src/magics/recipe.ts";
import type { Store } from "../../kernel/src/store/store.ts";
import { loadGiven } from "../conformance/given.ts";
import { buildTown, townAsGiven } from "../recipe/town/town.ts";
import { testSession } from "../support/session.ts";
import { rowsOf, temporaryFolder, temporaryStore } from "../support/store.ts";

const folder = temporaryFolder();
let store: Store & { remove(): void };
let notebook: ReturnType<typeof testSession>;
beforeAll(async () => {
  store = await temporaryStore();
  await loadGiven(store, townAsGiven(buildTown(5)));
});
beforeEach(() => {
  notebook = testSession(folder.path, store);
});
afterAll(() => {
  store.remove();
  folder.remove();
});

const run = async (magic: Magic, line: string, body?: string): Promise<unknown> => {
  const call = {
    name: magic.name,
    kind: body === undefined ? ("line" as const) : ("cell" as const),
    line,
    body: body ?? "",
  };
  return magic.run(notebook.session, parseArguments(magic, call));
};
const model = (line: string) => run(modelMagic, line);
const textOf = (shown: unknown): string =>
  (shown as { data: Record<string, string> }).data["text/plain"] ?? "";

const RECIPE =
  "subjects: district\nfields:\n  tall: { max-within: tree, field: town.example/count }\n  twice: { arithmetic: tall * 2 }\n";

describe("%model", () => {
  test("list names all, or those with a word in them", async () => {
    expect(textOf(await model("list"))).toMatch(/census\/fraction-renting/);
    const some = textOf(await model("list green"));
    expect(some).toMatch(/GreenSpaceIndex/);
    expect(some).not.toMatch(/fraction-renting/);
    await expect(model("list nothing-of-the-kind")).rejects.toThrow(
      'No model has "nothing-of-the-kind" in it',
    );
  });

  test("show says what it is, what it imports and how it is made", async () => {
    const shown = textOf(await model("show fraction-renting"));
    expect(shown).toMatch(/### Share of households that rent/);
    expect(shown).toMatch(/CensusImporter qs405ew/);
    expect(shown).toMatch(/fraction-of-total:/);
    expect(textOf(await model("show social-isolation"))).toMatch(/index:social_isolation/);
  });

  test("open makes a recipe cell that can be changed and run", async () => {
    await model('open area-square-kilometers for district named "District 0%"');
    const [cell = ""] = notebook.done.nextInputs;
    const [head = "", ...lines] = cell.split("\n");
    expect(head).toBe("%%recipe area_square_kilometers");
    const [square, hectares] = (await Promise.all(
      ["km²", "ha"].map((unit) => run(recipeMagic, unit, lines.join("\n").replace("km²", unit))),
    )) as Table[];
    const areas = (table?: Table) =>
      rowsOf(table ?? new Table()).map((row) => Number(row["area-square-kilometers"]));
    expect(areas(hectares).map((area) => area / 100)).toEqual(
      areas(square).map((area) => expect.closeTo(area, 6)),
    );
    expect(square?.schema.fields[2]?.metadata.get("tombolo.unit")).toBe("km²");
  });

  test("run computes it for subjects and puts the table into a variable", async () => {
    const table = (await model('run area-square-meters for area in district "District 11"')) as Table;
    expect(table.numRows).toBe(4);
    expect(notebook.variables.get("area_square_meters")).toBe(table);
    await model("run area-square-meters --as mine for district");
    expect(notebook.variables.has("mine")).toBe(true);
    await expect(model("run area-square-meters")).rejects.toThrow("For which subjects?");
  });

  test("save keeps a column of a recipe, and the models that follow can use it", async () => {
    await run(recipeMagic, "tall", RECIPE);
    await model(
      'save my-index tall --column twice --title "Twice as tall" --unit m --version 3 --parameter factor=2',
    );
    const file = join(folder.path, "models", "my-index.yaml");
    expect(notebook.done.written).toEqual(["Saved models/my-index.yaml, version 3\n"]);
    expect(readFileSync(file, "utf8")).toMatch(
      /title: Twice as tall\n[\s\S]*version: 3\nunit: m\nparameters:\n {2}factor: 2\n/,
    );
    const body =
      "subjects: district\nfields:\n  a: { model: my-index, parameters: { factor: 10 } }\n  b: { model: my-index }\n";
    const table = (await run(recipeMagic, "again", body)) as Table;
    for (const { a, b } of rowsOf(table)) if (b !== null) expect(Number(a)).toBeCloseTo(5 * Number(b), 9);
    expect(table.schema.fields[2]?.metadata.get("tombolo.unit")).toBe("m");
    await expect(model("save my-index tall --column tall")).rejects.toThrow(
      'There is a model "my-index" already',
    );
    await model("save my-index tall --column tall --replace");
    expect(notebook.done.written.at(-1)).toBe(
      "Saved models/my-index.yaml, version 4, without factor: nothing in the column has that value\n",
    );
    expect(readFileSync(file, "utf8")).toMatch(
      /title: Twice as tall\n[\s\S]*version: 4\nunit: m\ndatasources/,
    );
    await expect(model("save other tall --column twice --parameter my-factor!=2")).rejects.toThrow(
      "cannot be the name of a parameter",
    );
    await expect(model("save ../escape tall --column tall")).rejects.toThrow("cannot be the name of a model");
    await expect(model("save other tall")).rejects.toThrow("Choose one with --column: tall, twice.");
    await expect(model("save other tall --column twice --parameter factor=3")).rejects.toThrow(
      'Nothing in the column is 3, so the parameter "factor" would change nothing',
    );
    expect(existsSync(join(folder.path, "escape.yaml"))).toBe(false);
  });

  test("a model that replaces another keeps what is not said anew", async () => {
    await run(recipeMagic, "tall", RECIPE);
    await model('save kept tall --column twice --description "Two floors" --unit m --parameter factor=2');
    await model('save kept tall --column twice --title "Twice" --replace');
    expect(notebook.done.written.at(-1)).toBe("Saved models/kept.yaml, version 2\n");
    const file = join(folder.path, "models", "kept.yaml");
    expect(parse(readFileSync(file, "utf8"))).toMatchObject({
      title: "Twice",
      description: "Two floors",
      version: 2,
      unit: "m",
      parameters: { factor: 2 },
    });
    await model("save kept tall --column twice --unit km --parameter floors=2 --replace");
    expect(parse(readFileSync(file, "utf8"))).toMatchObject({
      title: "Twice",
      unit: "km",
      parameters: { floors: 2 },
    });
    expect(notebook.done.written.at(-1)).toMatch(/version 3, without factor: /);
  });

  test("a model with parameters is opened with what they are, and run with others", async () => {
    await run(recipeMagic, "tall", RECIPE);
    await model("save times tall --column twice --parameter factor=2");
    await model("open times for district");
    const cell = notebook.done.nextInputs.at(-1) ?? "";
    expect(cell).not.toMatch(/\{\{/);
    const opened = (await run(recipeMagic, "opened", cell.slice(cell.indexOf("\n") + 1))) as Table;
    const twice = (await model("run times for district")) as Table;
    expect(rowsOf(opened)).toEqual(rowsOf(twice));
    const ten = (await model('run times for district named "District %" --parameter factor=20')) as Table;
    expect(rowsOf(ten).map(({ times }) => times)).toEqual(
      rowsOf(twice).map(({ times }) => (times === null ? null : 10 * Number(times))),
    );
    await expect(model("run times for district --parameter facto=20")).rejects.toThrow(
      'fields.times.parameters.facto: the model times has no parameter "facto". Did you mean "factor"?',
    );
  });

  test("a parameter takes the place of a value that a short word stands for", async () => {
    const of = (count: string) =>
      `subjects: district\nfields:\n  parts: { percentiles: { area: km² }, subjects: district, ${count} }\n`;
    await run(recipeMagic, "tenths", of("percentileCount: 10"));
    await model("save tenths tenths --parameter parts=10");
    const body =
      "subjects: district\nfields:\n  ten: { model: tenths }\n  two: { model: tenths, parameters: { parts: 2 } }\n";
    const found = rowsOf((await run(recipeMagic, "again", body)) as Table);
    const halves = rowsOf((await run(recipeMagic, "halves", of("percentileCount: 2"))) as Table);
    expect(found.map(({ two }) => two)).toEqual(halves.map(({ parts }) => parts));
    expect(found.map(({ ten }) => ten)).not.toEqual(found.map(({ two }) => two));
  });

  test.each([
    ["shw x", '%model does not know "shw". Did you mean "show"'],
    ["show", "Which model?"],
    ["show fraction-rentin", 'There is no model "fraction-rentin". Did you mean "census/fraction-renting"'],
  ])("%s", async (line, message) => {
    await expect((async () => model(line))()).rejects.toThrow(message);
  });
});

describe("%recipe --show", () => {
  test.each(["yaml", "json", "typescript", "plan", "sql"])("%s", async (spelling) => {
    await run(recipeMagic, "tall", RECIPE);
    expect(textOf(await run(recipeMagic, `tall --show ${spelling}`)).length).toBeGreaterThan(100);
  });

  test("tree is a picture with the same as text", async () => {
    const shown = await run(recipeMagic, "tall --show tree", RECIPE);
    expect(textOf(shown)).toMatch(
      /^recipe\n├─ subjects: district\n├─ tall = max-within\n│ {2}├─ subjects: tree\n/,
    );
    const { data } = shown as { data: Record<string, string> };
    expect(
      Buffer.from(data["image/png"] ?? "", "base64")
        .subarray(1, 4)
        .toString(),
    ).toBe("PNG");
    expect(notebook.variables.has("tall")).toBe(false);
  });
});

test("%%recipe reports its stages", async () => {
  await run(recipeMagic, "tall", RECIPE);
  const stages = notebook.done.progress.map(({ stage }) => stage);
  expect(stages).toEqual(
    expect.arrayContaining(["Selecting subjects", "Finding what lies within", "Computing columns"]),
  );
});
