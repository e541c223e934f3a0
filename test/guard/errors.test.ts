import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { requireEnvironment } from "../support/environment.ts";
import { type CellAnswer, runCells } from "../support/run-cells.ts";
import { temporaryFolder } from "../support/store.ts";

const folder = temporaryFolder();
const work = join(folder.path, "work");
const sources = join(folder.path, "sources");

/** Values of people who do not exist; none may stand in a message. */
const planted =
  /Plantagenet|Quillonova|Nonsuchnum|Nonsuchday|O'Zweib|ruecken|9434765919|9434765870|73,?190|41957|1\.5482317|53\.7961843|LS1 4AP/;

const files: Readonly<Record<string, string>> = {
  "patients.csv": `nhs,surname,income,lon,lat,visit
9434765919,Plantagenet,73190.25,-1.5482317,53.7961843,2020-01-01
9434765870,O'Zweib'ruecken,Nonsuchnum,-1.51,53.81,Nonsuchday
`,
  "places.csv":
    "nhs,surname,lon,lat\n9434765919,Plantagenet,Nonsuchnum,53.79\n9434765870,Quillonova,-1.5,53.8\n",
  "twice.csv": "nhs,surname\n9434765919,Plantagenet\n9434765919,Quillonova\n",
  "quote.csv": 'nhs,surname\n9434765919,"Plantagenet\n9434765870,Quillonova\n',
  "ragged.csv": "nhs,surname\n9434765919,Plantagenet,73190.25,more\n9434765870\n",
  "cut.json": '[{"name":"Plantagenet","nhs":9434765919},{"name":"Quillonova"',
  "kind.geojson":
    '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"nhs":"9434765919"},"geometry":{"type":"Plantagenet","coordinates":[73190.25]}}]}',
};

const begin = [
  "%import ../sources/patients.csv --as patient --label nhs --name surname --access sensitive",
  "const patients = await sql`SELECT label, name, income FROM patient`; const [first] = patients",
  "const wide = await sql`PIVOT patient ON name USING count(*)`",
  "const keyed = [Object.fromEntries([...patients].map((row) => [row.name, 1]))]",
  "%%sql\nCREATE TABLE once (id VARCHAR PRIMARY KEY)",
  "%%sql\nCREATE TABLE short (id VARCHAR CHECK (length(id) < 3))",
];

/** A cell that provokes a message, and what the message says all the same. */
const cells: readonly (readonly [string, RegExp])[] = [
  [
    "%import ../sources/patients.csv --as p1 --label nhs --when visit --access sensitive",
    /not a time in one format/,
  ],
  ["%import ../sources/places.csv --as p2 --label nhs --x lon --y lat --access sensitive", /not coordinates/],
  ["%import ../sources/twice.csv --as p3 --label nhs --access sensitive", /missing or not unique/],
  ["%import ../sources/quote.csv --as p4 --label nhs --access sensitive", /quote\.csv/],
  ["%import ../sources/ragged.csv --as p5 --label nhs --access sensitive", /ragged\.csv/],
  ["%import ../sources/cut.json --as p6 --access sensitive", /damaged or cut short/],
  ["%import ../sources/kind.geojson --as p7 --access sensitive", /kind\.geojson/],
  [
    'defineImporter({ id: "mine/people", file: "../sources/patients.csv", subjects: "p8", access: "sensitive", rows: "SELECT nhs AS label, surname::INT AS age FROM source" })\n%import mine/people',
    /column surname/,
  ],
  [
    'defineImporter({ id: "mine/thrown", file: "../sources/patients.csv", subjects: "p9", access: "sensitive", rows: "SELECT nhs AS label, error(surname) AS age FROM source" })\n%import mine/thrown',
    /not as it must be/,
  ],
  ["%%sql\nSELECT name::INTEGER FROM patient", /INT32 .* column name/],
  ["%%sql\nSELECT name::INTEGER FROM patient WHERE label LIKE '%0'", /INT32 .* column name/],
  ["%%sql\nSELECT income::DATE FROM patient", /date field/],
  ["%%sql\nSELECT name::UUID FROM patient", /column name/],
  ["%%sql\nSELECT ('\\x' || name)::BLOB FROM patient", /blob conversion of string a value/],
  ["%%sql\nSELECT name::INTEGER[] FROM patient", /VARCHAR with value a value cannot be cast/],
  ["%%sql\nSELECT strptime(name, '%d') FROM patient", /SQL: /],
  ["%%sql\nSELECT error(name || income) FROM patient", /not as it must be/],
  ["%%sql\nSELECT regexp_matches('a', '(' || name) FROM patient", /not as it must be/],
  ["%%sql\nSELECT json_extract('{' || name, '$.a') FROM patient", /Malformed JSON/],
  ["%%sql\nSELECT ST_GeomFromText(name) FROM patient", /geometry type/],
  ["%%sql\nINSERT INTO once SELECT name FROM patient UNION ALL SELECT name FROM patient", /duplicate key/i],
  ["%%sql\nINSERT INTO short SELECT name FROM patient", /CHECK/],
  ["await sql`SELECT ${first.name}::INT`", /INT32/],
  ["%map patients --column name", /no shapes/],
  ["%chart patients --type histogram --x name", /has no numbers/],
  ["%correlation patients", /Correlation/],
  ["%release patients --reason test --accept", /not released/],
  [
    "%%recipe odd\nsubjects: patient\nfields: { half: { arithmetic: { left: { fixed-value: income }, operation: div, right: 0 } } }",
    /./,
  ],
  ["await select(patients, [99])", /no row 99/],
  ["JSON.parse(first.name)", /not valid JSON/],
  ['JSON.parse(`{"name": "${first.name}"`)', /not valid JSON at position/],
  ["BigInt(first.name)", /to a BigInt/],
  ["new RegExp(`(${first.name}`)", /Unterminated group/],
  ['"a" in first.name', /'in' operator/],
  ["'use strict'; first.name.x = 1", /property on a string/],
  ["new URL(first.name)", /Invalid URL/],
  ["new Intl.NumberFormat(first.name)", /locale/],
  ["undefined[first.name]", /reading a computed name/],
  ["undefined[first.name] = 1", /setting a computed name/],
  ["undefined.surname", /reading 'surname'/],
  ["'use strict'; Object.freeze({})[first.name] = 1", /Cannot add property of a computed name/],
  [
    "Object.defineProperty(Object.freeze({}), first.name, { value: 1 })",
    /define property of a computed name/,
  ],
  ["[1].map(first.name)", /A value is not a function/],
  ["first.name.surname()", /first\.name\.surname is not a function/],
  ["new Promise(first.name)", /A value is not a function/],
  ["new Map([first.name])", /Iterator value is not an entry/],
  ["new Set(Number(first.label))", /A number is not iterable/],
  ["''.repeat(-Number(first.label))", /Invalid count value/],
  ["String.fromCodePoint(Number(first.label))", /Invalid code point/],
  ["class Other extends first.name {}", /Class extends value is not a constructor/],
  ["[1, 2].sort(first.name)", /comparison function/],
  ["structuredClone(Symbol(first.name))", /could not be cloned/],
  ["new Intl.DateTimeFormat('en', { timeStyle: first.name })", /out of range for Intl/],
  ["new RegExp('a', first.name)", /Invalid flags/],
  ["Reflect.apply(Map.prototype.set, first.name, [])", /incompatible receiver/],
  ["Object.create(first.name)", /Object prototype may only be/],
  ["const ring = {}; ring[first.name] = { ring }; JSON.stringify(ring)", /circular structure/],
  ["(await import('node:fs')).readFileSync(first.name)", /ENOENT/],
  ["(await import('node:fs')).readFileSync(first.name + '/' + first.label)", /ENOENT/],
  ["await fetch(first.name)", /Failed to parse URL|fetch failed/],
  ["(await import('node:child_process')).execSync('exit 3 #' + first.name)", /Command failed/],
  ["(await import('node:child_process')).spawnSync(first.name).error", /Error: spawnSync ENOENT/],
  ["(await import('node:assert')).equal(first.name, 'x')", /What is asserted does not hold/],
  ["(await import('node:assert')).deepStrictEqual(first.toJSON(), {})", /What is asserted does not hold/],
  ["Buffer.from('a', first.name)", /Unknown encoding/],
  ["new TextDecoder(first.name)", /An encoding is not supported|encoding is not supported/],
  ["await import(first.name)", /a computed value.* is not installed/],
  ["require(first.name)", /is not installed/],
  ["require('./' + first.name)", /./],
  ["table(patients, { columns: [first.name] })", /no column .*a computed value/],
  ["chart(patients, { x: first.name })", /no column .*a computed value/],
  ["await magic('table', first.name)", /There is no table .*a computed value/],
  ["await magic('import', first.name)", /./],
  ["await magic(first.name)", /./],
  ["await exportTable(patients, first.name)", /./],
  ["await select(patients, [first.name])", /./],
  ["await importDatasource(first.name)", /./],
  ["wide", /Table of sensitive data/],
  ["%label wide", /named by the data/],
  ["%chart wide --x what", /no column/],
  ["%map wide --column what", /no shapes|no column/],
  ["%%sql\nSELECT what FROM wide", /Referenced column/],
  ["%%sql\nSELECT what FROM (PIVOT patient ON name USING count(*))", /Referenced column/],
  ["%%sql\nSELECT incme FROM patient", /Candidate bindings: .*income/],
  ["%release wide --reason test --accept", /names of .* columns may be values/],
  ["keyed", /Table of sensitive data/],
  ["%label keyed", /named by the data/],
  ["%chart keyed --x what", /no column/],
  ["%%sql\nSELECT what FROM keyed", /Referenced column/],
  ["%whos", /keyed/],
  ["patients.getChild('name')", /A part of sensitive data/],
  ["patients.batches", /1 part of sensitive data/],
  ["patients.batches[0]", /A part of sensitive data/],
  ["patients.batches[0].data", /A part of sensitive data/],
  ["await store.engine.query('SELECT name::INT FROM patient')", /Could not convert string a value/],
  ["(await store.engine.query('SELECT name FROM patient')).getChild('name')", /A part of sensitive data/],
  ["%correlation patients", /at least two fields/],
  ["throw first", /A row of sensitive data/],
  ["throw new Error('what', { cause: first })", /A row of sensitive data/],
  ["first", /Table of sensitive data/],
  ["throw [...patients]", /2 rows of sensitive data/],
  ["[...patients]", /Table of sensitive data/],
  ["patients.toArray()", /Table of sensitive data/],
  ["console.log(patients); console.dir(patients); console.table(patients)", /Table/],
];

let answers: CellAnswer[] = [];

beforeAll(() => {
  for (const place of [work, sources]) mkdirSync(place, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(sources, name), text);
  const { kernel, ...environment } = requireEnvironment("messages of the kernel are read");
  answers = runCells({ ...environment, kernel }, kernel, [...begin, ...cells.map(([cell]) => cell)], {
    folder: work,
  });
}, 120_000);
afterAll(() => folder.remove());

describe("what provokes a message about sensitive data", () => {
  test.each(cells.map(([cell, told], index) => [cell, told, index] as const))("%s", (_, told, index) => {
    const answer = JSON.stringify(answers[begin.length + index]);
    expect(answer).toMatch(told);
    expect(answer).not.toMatch(planted);
  });
});

test("what the user throws and prints himself is his", () => {
  const environment = requireEnvironment("messages of the kernel are read");
  const [thrown, parsed] = runCells(environment, environment.kernel, [
    "throw new Error('Plantagenet')",
    "JSON.parse('Plantagenet')",
  ]);
  expect(JSON.stringify(thrown)).toMatch(/Plantagenet/);
  // Nothing is closed here: then a message says all that it has to say.
  expect(JSON.stringify(parsed)).toMatch(/Plantagenet/);
});
