import { describe, expect, test } from "@jest/globals";
import { splitMagics } from "@tombolo/bundle";

const isMagic = (name: string) => ["map", "sql", "lsmagic"].includes(name);

const replaced: [string, string, string][] = [
  ["a line magic", "%map tubes", 'await $magic("map", "tubes");'],
  ["a magic without registered name", "%mapp tubes", 'await $magic("mapp", "tubes");'],
  ["quotes in the line", '%map t --title "a b"', 'await $magic("map", "t --title \\"a b\\"");'],
  [
    "an assigned magic",
    "const t = %import london/boroughs\nt",
    'const t = await $magic("import", "london/boroughs");\nt',
  ],
  ["an assigned magic with a semicolon", "x = %sql SELECT 1;", 'x = await $magic("sql", "SELECT 1");'],
  ["an awaited magic", "x = await %sql SELECT 1", 'x = await await $magic("sql", "SELECT 1");'],
  ["after a statement without semicolon", "const x = 1\n%map x", 'const x = 1\nawait $magic("map", "x");'],
  ["alone after a statement", "const x = 1\n%lsmagic", 'const x = 1\nawait $magic("lsmagic", "");'],
  ["after a comment", "// first\n%map x", '// first\nawait $magic("map", "x");'],
  ["after another magic", "%lsmagic\n%map x", 'await $magic("lsmagic", "");\nawait $magic("map", "x");'],
  ["in a block", "if (a) {\n  %map x\n}", 'if (a) {\n  await $magic("map", "x");\n}'],
  [
    "after a regular expression with a quote",
    '/["%]/.test(s);\n%map b',
    '/["%]/.test(s);\nawait $magic("map", "b");',
  ],
  ["a cell magic", "%%sql a <<\nSELECT 1\nFROM b", 'await $magic("sql", "a <<", "SELECT 1\\nFROM b");\n\n'],
  ["a cell magic below blank lines", "\n\n%%sql\nSELECT 1", '\n\nawait $magic("sql", "", "SELECT 1");\n'],
  ["a cell magic without body", "%%sql a", 'await $magic("sql", "a", "");'],
  ["help on a name", "map?", 'await $help("map");'],
  ["help on a magic", "%map?", 'await $help("%map");'],
  ["lines that end as on Windows", "%map a\r\nb", 'await $magic("map", "a");\nb'],
];

const kept: [string, string][] = [
  ["remainder", "a % b"],
  ["remainder on the next line", "const r = a\n  % b"],
  ["remainder without a blank on the next line", "const r = a\n  %b"],
  ["remainder by a magic's name, set in", "const r = a\n  %map"],
  ["remainder of an unregistered name", "const r = a\n%b"],
  ["remainder and assignment", "a %= 3"],
  ["in a string", '"%map x"'],
  ["in a template", "const s = `\n%map x\n`"],
  ["in an expression of a template", "const s = `${a\n%map}`"],
  ["in a comment", "/*\n%map x\n*/ // %map y"],
  ["in parentheses", "f(a\n%map)"],
  ["after a comparison", "a == %b"],
  ["awaited after a comparison", "a == await %map b"],
  ["in a regular expression", "const r = /\\/%map x/"],
  ["a conditional", "x = a ? b : c"],
  ["a cell magic that is not first", "a;\n%%sql"],
];

const withoutPlaces = (code: string) => code.replace(/, \{"row":\d+,"assigned":(?:true|false)\}/g, "");

describe("splitting magics from TypeScript", () => {
  test.each(replaced)("replaces %s", (_, source, code) => {
    expect(withoutPlaces(splitMagics(source, isMagic).code)).toBe(code);
  });

  test("tells where a magic stands and whether its value is kept", () => {
    const { code } = splitMagics("1;\nconst a = %sql SELECT 1\n%map a", isMagic);
    expect(code.match(/\{.*?\}/g)).toEqual(['{"row":2,"assigned":true}', '{"row":3,"assigned":false}']);
  });

  test.each(kept)("keeps %s", (_, source) => {
    expect(splitMagics(source, isMagic)).toEqual({ code: source, magics: [] });
  });

  test.each(replaced)("keeps the number of lines of %s", (_, source) => {
    expect(splitMagics(source, isMagic).code.split("\n")).toHaveLength(source.split("\n").length);
  });

  test("names the magics in order", () => {
    expect(splitMagics("%sql a\nconst x = %map b", isMagic).magics).toEqual(["sql", "map"]);
  });
});
