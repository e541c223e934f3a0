import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, sep } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { requireEnvironment } from "../support/environment.ts";
import { filesBelow } from "../support/planted-bytes.ts";
import { temporaryFolder } from "../support/store.ts";
import { zipOf } from "../support/zip.ts";

const script = new URL("../support/plant.py", import.meta.url).pathname;
const folder = temporaryFolder();
const home = join(folder.path, "home");
const work = join(home, "work");
const sources = join(folder.path, "sources");

/** Texts, numbers and places that stand in the sources and must stand nowhere else. */
const planted = [
  "Plantagenet",
  "Quillonova",
  "9434765919",
  "9434765870",
  "73190.25",
  "41957.75",
  "-1.5482317",
  "53.7961843",
  "Nonsuchday",
  "Zweibruecken",
];
const [first, second, nhsFirst, nhsSecond, incomeFirst, incomeSecond, x, y, noDay, slowName] = planted;

const cells = [
  "%import ../../sources/patients.csv --as patient --label nhs --name surname --x lon --y lat",
  "%import ../../sources/patients.csv --as patient --label nhs --name surname --when visit",
  "%import ../../sources/broken.geojson --as house",
  "const patients = await sql`SELECT * FROM patient`",
  "patients",
  "%table patients",
  "%%sql\nSELECT name::INTEGER FROM patient",
  "%%sql\nSELECT name, income::DOUBLE AS income, shape FROM patient WHERE income::DOUBLE > 1",
  "%%sql\nSELECT income::DATE FROM patient",
  "%%sql\nSELECT strptime(name, '%d') FROM patient",
  "%%sql most <<\nSELECT max(income::DOUBLE) AS most, min(name) AS who FROM patient",
  "most",
  `%%recipe rich
subjects: patient
fields:
  income: { fixed-value: income }
  half: { arithmetic: income / 2 }`,
  "rich",
  "%map rich --column income",
  "%chart rich --type histogram --x income",
  "%chart rich --x name --y income",
  "await select(rich, [0, 1])",
  "selection(rich)",
  "console.log(selection(rich))",
  "import 'node:fs'; 1",
  "%label rich",
  "%who",
  "%whos",
  "%store",
  "%catalogue",
  "%release rich --reason test --accept",
  "%pack rich-pack",
  "%correlation rich",
  "%recipe rich --show plan",
  "const places = await sql`SELECT label AS nhs, name, ST_X(shape) AS longitude, ST_Y(shape) AS latitude, income::DOUBLE AS income FROM patient`",
  "const rows = [...places].map((row) => row.toJSON())",
  "rows",
  "%table rows",
  "%map rows income",
  "%chart rows --type histogram --x income",
  "display(rows.map((row) => Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`c${at}`, row.name]))))",
  "const points = { type: 'FeatureCollection', features: rows.map(({ longitude, latitude, ...properties }) => ({ type: 'Feature', properties, geometry: { type: 'Point', coordinates: [longitude, latitude] } })) }; points",
  "map([{ data: rows }, { data: points }])",
  "({ $schema: 'https://vega.github.io/schema/vega-lite/v6.json', data: { values: rows }, mark: 'bar', encoding: { x: { field: 'name' }, y: { field: 'income', type: 'quantitative' } } })",
  "const view = table(rows); await select(view, [0])",
  "selection(view)",
  "%sql SELECT * FROM rows",
  "%%sql\nSELECT name::INTEGER FROM rows",
  "%label rows",
  "rows?",
  "const wide = await sql`PIVOT patient ON name USING count(*)`",
  "wide?",
  "map(rich, { title: rows[0].name }).spec",
  "rows[0]",
  "rows.map((row) => [row.name, row.income])",
  "new Map(rows.map((row) => [row.name, row]))",
  "patients.getChild('name').toArray()",
  "map(rich, { title: rows[0].name })",
  "%%sql\nCREATE TYPE who AS ENUM (SELECT name FROM patient)",
  "%%sql\nSELECT enum_range(NULL::who) AS who",
  "%release rows --reason test --accept",
  "%%recipe none\nsubjects: patient\nfields: { a: { fixed-value: incme } }",
];

let shown: readonly (readonly string[])[] = [];

beforeAll(() => {
  for (const place of [work, sources]) mkdirSync(place, { recursive: true });
  const rows = [
    `${nhsFirst},${first},${incomeFirst},${x},${y},2020-01-01`,
    `${nhsSecond},${second},${incomeSecond},-1.5,53.8,${noDay}`,
  ];
  const csv = `nhs,surname,income,lon,lat,visit\n${rows.join("\n")}\n`;
  writeFileSync(join(sources, "patients.csv"), csv);
  writeFileSync(
    join(sources, "broken.geojson"),
    `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"${first}"},"geometry":{"type":"Poi`,
  );
  const many = Array.from({ length: 300_000 }, (_, row) => `${row},${slowName} ${row},${incomeFirst}`);
  writeFileSync(
    join(sources, "slow.zip"),
    zipOf({ "slow.csv": Buffer.from(`id,surname,income\n${many.join("\n")}\n`) }),
  );
  const { python, kernel, variables } = requireEnvironment("closed values are looked for");
  const own = Object.fromEntries(
    Object.entries(variables).filter(
      ([name]) => !/^(XDG_|JUPYTER_(DATA|RUNTIME|CONFIG)_DIR|IPYTHONDIR)/.test(name),
    ),
  );
  const temporary = join(home, "tmp");
  mkdirSync(temporary);
  shown = JSON.parse(
    execFileSync(python, [script, kernel, work], {
      input: JSON.stringify({
        cells,
        slow: "%import ../../sources/slow.zip --as slow --label id --access sensitive",
        delays: [0.5, 0.2, 0],
      }),
      env: { ...own, HOME: home, TMPDIR: temporary },
      encoding: "utf8",
      maxBuffer: 1 << 28,
    }),
  );
}, 170_000);
afterAll(() => folder.remove());

describe("values of closed data, planted in sources", () => {
  test("were read and worked with", () => {
    const told = new Map(cells.map((cell, index) => [cell, shown[index]?.join("\n") ?? ""]));
    const ofCell = (start: string) => [...told].find(([cell]) => cell.startsWith(start))?.[1];
    expect(ofCell("%import")).toContain("imported (sensitive)");
    expect(ofCell("%%sql\nSELECT name::INTEGER")).toContain(
      "Conversion Error: Could not convert string a value to INT32",
    );
    const shownCells = ["%table", "%map", "%chart rich --x name", "rich", "most", "rows", "%map rows"];
    for (const cell of [...shownCells, "%chart rows", "display(rows", "const points", "map([", "({ $schema"])
      expect(ofCell(cell)).toMatch(/(Table|Map|Chart) of sensitive data: run the cell to see it/);
    expect(ofCell("%map rich")).toMatch(
      /see it\.\\nIncome \\u00b7 recipe rich \([0-9a-f]{12}\) \\u00b7 preset standard \\u00b7 run on \d{4}-/,
    );
    expect(ofCell("await select")).toContain("2 of 2 rows of sensitive data");
    const failed = cells.filter((cell) => told.get(cell)?.includes('"output_type": "error"'));
    expect(failed.map((cell) => cell.replace(/\s.*/s, ""))).toEqual([
      ...["%import", "%import", "%%sql", "%%sql", "%%sql"],
      ...["%chart", "%correlation", "%%sql", "%%recipe"],
    ]);
  });

  test("a warning that printing is the user's own is said once", () => {
    const warnings = shown.flat().filter((output) => output.includes("What you print yourself is saved"));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain("patients is sensitive");
  });

  test("are in no byte below the home folder but the store: notebook, checkpoint, page, history, folders for temporary files", () => {
    const found = filesBelow(home, planted).filter(
      ({ path }) => !path.startsWith(join(work, ".tombolo") + sep),
    );
    expect(found.map(({ path }) => path.slice(work.length + 1))).toEqual(
      expect.arrayContaining([
        "planted.ipynb",
        "planted.html",
        join(".ipynb_checkpoints", "planted-checkpoint.ipynb"),
      ]),
    );
    expect(found.filter(({ values }) => values.length > 0)).toEqual([]);
  });

  test("are found in the store, so that the search is one", () => {
    const inStore = filesBelow(join(work, ".tombolo"), planted).flatMap(({ values }) => values);
    expect(inStore).toEqual(expect.arrayContaining([first, second]));
    // The kernel was killed while it read: what it had unpacked lies there too.
    expect(filesBelow(join(work, ".tombolo", "partial"), planted).flatMap(({ values }) => values)).toContain(
      slowName,
    );
  });
});
