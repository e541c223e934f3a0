import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { stripTypes } from "../../kernel/src/cell/strip.ts";
import { parseArguments, splitWords, usageOf } from "../../kernel/src/magics/arguments.ts";
import { completeMagic } from "../../kernel/src/magics/complete.ts";
import { findMagic } from "../../kernel/src/magics/dispatch.ts";
import { documentMagic } from "../../kernel/src/magics/documentation.ts";
import { magics } from "../../kernel/src/magics/index.ts";
import { defineMagic, Magics } from "../../kernel/src/magics/magic.ts";
import { outline } from "../../kernel/src/magics/outline.ts";
import { typescriptOf } from "../../kernel/src/magics/typescript.ts";
import { temporaryFolder } from "../support/store.ts";

const known = new Magics({ outlines: outline, loaders: magics });

const paint = defineMagic({
  name: "paint",
  kinds: ["line"],
  summary: "Paints a thing.",
  arguments: [
    { name: "thing", doc: "the thing to paint", required: true },
    { name: "places", doc: "where", required: false, rest: true },
  ],
  options: {
    colour: { type: "text", values: ["red", "green"], doc: "the colour" },
    coats: { type: "integer", minimum: 1, maximum: 3, doc: "number of coats" },
    slowly: { type: "flag", doc: "take time" },
  },
  examples: ["%paint fence"],
  async run() {
    return undefined;
  },
});

const parse = (line: string) => parseArguments(paint, { name: "paint", kind: "line", line });

describe("words of a line", () => {
  test.each([
    ["a b  c", ["a", "b", "c"]],
    [`"two words" 'and more'`, ["two words", "and more"]],
    [`--title="A map" x`, ["--title=A map", "x"]],
    ["", []],
    ["a {x + 1} b", ["a", "{x + 1}", "b"]],
    [`it"s one"`, ["its one"]],
  ])("%s", (line, words) => {
    expect(splitWords(line)).toEqual(words);
  });
});

describe("arguments by declaration", () => {
  test("words and options in any order", () => {
    const { words, options } = parse(`--coats 2 fence --slowly front "left side" --colour=red`);
    expect(words).toEqual(["fence", "front", "left side"]);
    expect(options).toEqual({ coats: 2, slowly: true, colour: "red" });
  });

  test.each([
    [
      "",
      "%paint needs the thing to paint. Write %paint <thing> [places…] [--colour red|green] [--coats integer] [--slowly]",
    ],
    ["fence --color red", `%paint has no option --color. Did you mean "colour"?`],
    ["fence --colour gren", `%paint --colour does not know "gren". Did you mean "green"?`],
    ["fence --coats 9", `%paint --coats takes a whole number from 1 to 3, not "9"`],
    ["fence --coats two", `%paint --coats takes a whole number from 1 to 3, not "two"`],
    ["fence --coats", "%paint --coats needs a value. number of coats"],
    ["fence --constructor x", "%paint has no option --constructor."],
  ])("%s", (line, message) => {
    expect(() => parse(line)).toThrow(message);
  });

  test("a line magic is not a cell magic", () => {
    expect(() => parseArguments(paint, { name: "paint", kind: "cell", line: "fence", body: "" })).toThrow(
      "%%paint is written with one sign: %paint",
    );
  });
});

describe("every magic", () => {
  test.each(Object.entries(magics))("%s documents itself, and tells its TypeScript", async (name, load) => {
    const magic = await load();
    expect(magic.name).toBe(name);
    expect(magic.summary).toMatch(/^[A-Z].*\.$/);
    expect(documentMagic(magic)).toContain(usageOf(magic));
    for (const option of Object.keys(magic.options)) expect(documentMagic(magic)).toContain(`--${option}`);
    const first = magic.examples[0] ?? "";
    expect(first).toMatch(new RegExp(`^%{1,2}${name}\\b`));
    const kind = first.startsWith("%%") ? "cell" : "line";
    const line = first.replace(/^%+[\w-]+\s*/, "");
    const body = kind === "cell" ? magic.examples.slice(1).join("\n") : "";
    const input = parseArguments(magic, { name, kind, line, body });
    expect(() =>
      stripTypes(
        typescriptOf(magic, input, () => true),
        "cell.ts",
      ),
    ).not.toThrow();
  });

  test("an unknown name is answered with the nearest", async () => {
    await expect(findMagic(known, "improt")).rejects.toThrow(
      `There is no magic %improt. Did you mean "import"`,
    );
  });
});

describe("completion", () => {
  const folder = temporaryFolder();
  beforeAll(() =>
    writeFileSync(
      join(folder.path, "squares.csv"),
      'Squares of a town\n\nname,code,"council tax"\n"Square, first",A1,3\nSecond,A2,4\n',
    ),
  );
  afterAll(() => folder.remove());
  const context = {
    magics: known,
    variables: ["tubes", "total"],
    columns: async (table: string) => (table === "tubes" ? ["name", "tube_km", "area_km2", "over 60"] : []),
    folder: folder.path,
  };

  test.each([
    ["%im", ["import"]],
    ["const t = %imp", ["import"]],
    ["%%sq", ["sql"]],
    ["%import london/u", ["london/underground"]],
    ["%map tubes --me", ["--method"]],
    ["%map tubes --method q", ["quantile"]],
    ["%map tu", ["tubes"]],
    ["1\n%map tubes --cl", ["--classes"]],
    ["%config ty", ["typecheck"]],
    ["%config typecheck s", ["strict"]],
    ["%timeit --r", ["--repeat"]],
    [
      "%import census2021/ts06",
      ["ts060", "ts061", "ts062", "ts063", "ts065", "ts066", "ts067", "ts068"].map(
        (table) => `census2021/${table}`,
      ),
    ],
    ["%import osm OSMG", ["OSMGreenspace", "OSMGastronomy"]],
    ["%import dfe/gias --geography lee", ["Leeds"]],
    ["%import osm OSMCycling --geography europe/united-kingdom/sc", ["europe/united-kingdom/scotland"]],
    ["%find all_mo", ["all_motor_vehicles"]],
    ["%find pay yorks", ["Yorkshire and The Humber"]],
    ["%map tubes --palette Yl", ["YlGnBu", "YlGn", "YlOrRd", "YlOrBr"]],
    ["%map tubes --column tube", ["tube_km"]],
    ["%map tubes tu", ["tube_km", "tubes"]],
    ["%chart tubes tube_km ar", ["area_km2"]],
    ["%chart total --y ", []],
    ["%map tubes --hover name,ar", ["area_km2"]],
    ["%map tubes --hover=tube_km,", ["name", "area_km2", '"over 60"']],
    ['%map tubes --hover "over 60",name,tu', ["tube_km"]],
    ["%map tubes --hover 'name,ov", ["over 60"]],
    ['%map tubes --column "ov', ['"over 60"']],
    ["%map tubes --insets London,Br", ["Bristol"]],
    ["%map tubes --extent Ed", ["Edinburgh"]],
    ["%map tubes --palette=Yl", ["YlGnBu", "YlGn", "YlOrRd", "YlOrBr"]],
    ["%import dfe/gias --geography yorks", ['"Yorkshire and The Humber"']],
    ["%import dfe/gias --geography Leeds;yorks", ['"Yorkshire and The Humber"']],
    ["%import ons/life-expectancy --subjects lsoa;ms", ["msoa"]],
    ["%import squares.csv --columns name,co", ["code", '"council tax"']],
    ["%import squares.csv --label co", ["code", '"council tax"']],
    ["%import squares.csv --rename code=name,na", ["name"]],
    ["%release tubes --without name,", ["tube_km", "area_km2", '"over 60"']],
    ["%release tubes --behind tube_km=ar", ["area_km2"]],
    ["%pack towns --from tubes,", ["total"]],
  ])("%s", async (text, matches) => {
    expect((await completeMagic(text, text.length, context))?.matches).toEqual(matches);
  });

  test("leaves TypeScript alone", async () => {
    expect(await completeMagic("a % b", 5, context)).toBeUndefined();
  });
});
