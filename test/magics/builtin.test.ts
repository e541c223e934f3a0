import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { outline } from "../../kernel/src/magics/outline.ts";
import { requireEnvironment } from "../support/environment.ts";
import { type CellAnswer, runCells, textOfAnswer } from "../support/run-cells.ts";

/** Cells with a mistake: what is said, and the line that is marked with the column of its mark. */
const mistakes: readonly (readonly [cell: string, shows: RegExp, line: number, column: number])[] = [
  ["const n = 1\n%timeit --lops 3 n", /has no option --lops/, 2, 9],
  ["%%recipe r\nsubjects: borough\nfields:\n  a: { aera: km² }", /Line 4, fields\.a\.aera: unknown/, 4, 8],
  ["%%recipe r\nsubjects: nothing\nfields:\n  a: { area: km² }", /no subject type "nothing"/, 2, 1],
  ["%%recipe r\nsubjects: [a\n\nfields: {}", /Line 4, column 1: the recipe is not YAML/, 4, 1],
  [
    "%%recipe r\nsubjects: borough\ndatasources: [london/borough]\nfields:\n  a: { area: km² }",
    /no datasource "london\/borough"\. Did you mean "london\/boroughs"/,
    3,
    15,
  ],
  ["%%sql\nSELECT label,\n  nam FROM subjects", /Binder Error: .*"nam"/, 3, 3],
  ["1 + 1\n%%sql\nSELECT 1", /%%sql begins a cell: it has to be its first line/, 2, 2],
];

/** Cells of one session in order, with what each must show. An error is what a cell must show that must fail. */
const cells: readonly (readonly [cell: string, shows: RegExp])[] = [
  ["%lsmagic", /%%capture[\s\S]*%whos/],
  ["%lsmagic --long", /### %timeit/],
  ["%help", /\*\*Magics\*\* .*`capture`/],
  ["%help timeit", /### %timeit[\s\S]*--loops/],
  ["%help fields", /\| `geographic-aggregation` \| .*`mean-within`/],
  ["%help fields.area", /### area\n/],
  ["%help subjects", /`lsoa in "Leeds" or "York"`/],
  ["%help functions", /\| defineImporter \|/],
  ["%help importers", /\| ons\/census \| Census 2011 \| .* \| 7\d \|/],
  ["%help presets", /\| nhs-hes \|/],
  ["%help nhs-hes", /### nhs-hes/],
  ["%help social-isolation", /### Social isolation of older people/],
  ["%help feilds", /There is no help on "feilds"\. Did you mean "fields"/],
  ["%%time?", /### %time/],
  ["%timeit --help", /--repeat/],
  ["const people = [{ name: 'a', age: 3 }, { name: 'b', age: 5 }]; const limit = 4", /^$/],
  ["%%sql old <<\nSELECT name, age * 2 AS twice FROM people WHERE age > ${limit}", /^$/],
  ["old", /b\s+10/],
  ["const q = %sql SELECT count(*) AS n FROM old; \nq.get(0).n", /^1$/],
  ["await sql`SELECT ${id('name')} FROM people WHERE name = ${\"a'; DROP TABLE people; --\"}`", /0 rows/],
  ["%%sql --show x <<\nSELECT ${limit}", /const x = await sql`SELECT \$\{limit\}`/],
  ["%sql SELECT name FROM nowhere", /UserError: SQL: [\s\S]*nowhere/],
  // GeoJSON is a table for every magic, and what only says that it is GeoJSON hinders none.
  [
    "const town = { type: 'Feature', properties: { name: 'Leeds', people: 5 }, geometry: { type: 'Point', coordinates: [-1.5, 53.8] } }; const part = { type: 'Feature' };\n%map town --column people",
    /1 feature by people/,
  ],
  ["%sql SELECT people + 1 AS part FROM town", /part\s+-+\s+6/],
  ["%who", /limit {2}old {2}part {2}people {2}q {2}town/],
  ["%whos", /\| old \| table \| 1 × 2 \|/],
  // What a magic shows is shown wherever it stands; the value of one's own code only at the end of a cell.
  ["%whos\n%help timeit\nlimit", /\| old \|[\s\S]*### %timeit[\s\S]*\b4$/],
  ["for (const each of [1, 2]) {\n  %help time\n}", /### %time[\s\S]*### %time/],
  ["%time 6 * 7\n%help timeit", /wall (?:(?!\b42\b)[\s\S])*### %timeit/],
  ["progress('Reading', 3)", /UserError: progress takes a list[\s\S]*progress\.bar/],
  ["%time people.length", /CPU .*wall[\s\S]*2/],
  ["const timed = %time people.length\ntimed + 1", /wall[\s\S]*3/],
  ["%timeit -n 10 -r 2 Math.sqrt(2)", /2 runs of 10 loops/],
  ["%%time\nconst late = await Promise.resolve(6); late", /wall[\s\S]*6/],
  ["%%timeit -n 2 -r 1\n1 + 1", /1 run of 2 loops/],
  ["%%capture kept\nconsole.log('hidden'); display(3)", /^$/],
  ["[kept.stdout, kept.outputs.length]", /\[ 'hidden\\n', 1 \]/],
  ["%%html\n<b>bold</b>", /<b>bold<\/b>/],
  ["%%markdown\n# Head", /# Head/],
  ["%%writefile made.ts\nexport const made = 40\nconst inner = made + 2", /Wrote made\.ts/],
  ["%run made.ts", /^$/],
  ["inner", /^42$/],
  ["%load made.ts", /^$/],
  ["%cd ..", /\//],
  ["%cd -", /magics-/],
  ["%cd nowhere", /There is no folder nowhere/],
  ["%env OWN=value", /^$/],
  ["process.env.OWN", /^'value'$/],
  ["%env OWN", /^value$/m],
  ["%sh echo hello && ls", /hello[\s\S]*made\.ts/],
  ["const listing = %sh ls made.ts\nlisting", /^'made\.ts'$/],
  ["%%sh\necho one\necho two >&2", /one[\s\S]*two/],
  ["%sh exit 3", /ended with status 3/],
  ["%npm --version", /^\d+\.\d+\.\d+$/m],
  ["%config", /typecheck/],
  ["%config typecheck maybe", /does not know "maybe"/],
  ["%config tipecheck off", /Did you mean "typecheck"/],
  ["%config history=off", /^$/],
  ["%config history", /\| off \|/],
  ["%config history=on", /^$/],
  ["%config output-limit 5", /^$/],
  ["%config output-limit", /\| 5 \|/],
  ["%history -n 1", /output-limit/],
  ["%history output-limit -n 1", /output-limit/],
  ["%history 2", /^In\[2\]: [^[]*$/],
  ["%history 2-3", /^In\[2\]: [\s\S]*^In\[3\]: /m],
  ["%timeti 1", /There is no magic %timeti\. Did you mean "timeit"/],
  ["%timeit --lops 1 2", /has no option --lops/],
  ...mistakes.map(([cell, shows]) => [cell, shows] as const),
  ["const a = 7\n% 3", /^$/],
  ["a", /^1$/],
  ["`\n%who\n`", /%who/],
  [
    "%%writefile package.ts\nimport { defineMagic } from 'tombolo'\nexport const greet = defineMagic({ name: 'greet', kinds: ['line'], summary: 'Greets.', arguments: [{ name: 'who', doc: 'whom to greet', required: true }], options: { loud: { type: 'flag', doc: 'with a sign' } }, examples: ['%greet you'], run(_, { words, options }) { return `Hello ${words[0]}${options.loud ? '!' : ''}` } })",
    /Wrote/,
  ],
  ["%load_ext ./package.ts", /Added %greet/],
  ["%greet {people[0].name} --loud", /'Hello a!'/],
  ["%greet", /needs whom to greet/],
  ["%greet --help", /with a sign/],
  ["%greet you --show", /await magic\("greet", "you"\)/],
  [
    "defineMagic({ name: 'shout', summary: 'Shouts.', run(session, { words, body }) { return (words.join(' ') + body).toUpperCase() } })",
    /^$/,
  ],
  ["const loud = %shout a b\nloud", /^'A B'$/],
  ["%%shout x\nbody", /'XBODY'/],
  ["%load_ext no-such-package", /Run %npm install no-such-package/],
  ["import none from 'npm:no-such-package@2/part'", /Run %npm install no-such-package@2/],
  ["require('npm:@no-such/package')", /Run %npm install @no-such\/package$/],
  ["await magic('time', '1 + 1')", /wall[\s\S]*2/],
  ["%config typecheck strict", /^$/],
  ["const s = %sql SELECT 1.5 AS lat\ns.get(0)!.lat.toFixed(2) + s.get(0)!.lot", /TypeCheckError: .*'lot'/],
  ["const s = %sql SELECT 1.5 AS lat\ns.get(0)!.lat.toFixed(2)", /^'1\.50'$/],
  ["%config typecheck off", /^$/],
  ["%store", /^The store is empty: %import something first\.$/],
  ["%store --verify", /^0 files are as written\.$/],
  // A subject type of the store, then a variable of the same name; last one with the name of the store's own table.
  ["%%writefile clubs.csv\nclub,members\nA,3\nB,5", /Wrote/],
  ["%import clubs.csv --label club --access public", /2 × clubs/],
  ["%sql SELECT members * 2 AS twice FROM clubs ORDER BY twice", /6\s+10/],
  ["%sql SELECT count(*) AS n FROM clubs", /2/],
  ["const clubs = [{ club: 'mine' }]; const subjects = [{ a: 1 }]", /^$/],
  ["%sql SELECT club FROM clubs", /mine/],
  ["%import clubs.csv --label club --access public --as circle", /2 × circle/],
  // Magics take what the store has by the names that SQL has for it.
  ["%table circle", /A[^\n]*3\n[^\n]*B[^\n]*5/],
  ["%chart circle members", /members by name/],
  [
    "%chart circle label members --show",
    /chart\(await sql`SELECT \* FROM "circle"`, \{ x: "label", y: "members" \}\)/,
  ],
  ["%chart circle label members more", /takes two columns, and "more"/],
  ["%map circle members", /None of the 2 rows has a shape/],
  ["%map circle members --show", /map\(await sql`SELECT \* FROM "circle"`, \{ column: "members" \}\)/],
  ["%label circle", /circle \(public\).*clubs\.csv, retrieved \d{4}-\d\d-\d\d, unit of record/s],
  ["%export circle circle-out.csv", /2 rows/],
  ["%table circl", /There is no table "circl"\. Did you mean "circle"/],
  [
    "%%recipe\nsubjects: circle\nfields:\n  twice: { arithmetic: members * 2 }\n  members: { fixed-value: members }",
    /B[^\n]*10/,
  ],
  ["%sql SELECT clubs.club, circle.label FROM clubs, circle", /mine\s+A/],
  ["%sql SELECT a FROM subjects", /"subjects" is a table of the store as well as a variable/],
  ["%find bicicletas", /No datasource has "bicicletas" in it; these have words that are spelt alike/],
  ["%find social isolation leeds", /Models[^\n]*city-indices\/social-isolation[\s\S]*ons\/census/],
  ["%reset", /variables forgotten/],
  ["people", /ReferenceError: people is not defined/],
];

const environment = requireEnvironment("magics are tried in the installed kernel");
const folder = mkdtempSync(join(tmpdir(), "tombolo-magics-"));
let answers: CellAnswer[] = [];

beforeAll(() => {
  const variables = { TOMBOLO_HISTORY: join(folder, "history.jsonl"), TOMBOLO_STORE: join(folder, "store") };
  const all = ["%config typecheck off", ...cells.map(([cell]) => cell)];
  answers = runCells(environment, environment.kernel, all, { folder, variables }).slice(1);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("magics in a session", () => {
  test.each(cells.map(([cell, shows], index) => [cell, shows, index] as const))("%s", (_, shows, index) => {
    const answer = answers[index];
    if (!answer) throw new Error("no answer");
    expect(textOfAnswer(answer).trim()).toMatch(shows);
  });

  test.each(mistakes)("a mistake is shown where it stands: %j", (cell, _, line, column) => {
    const index = cells.findIndex(([other]) => other === cell);
    const traceback = stripVTControlCharacters(answers[index]?.shown[0]?.traceback?.join("\n") ?? "").split(
      "\n",
    );
    const marked = traceback.findIndex((text) => text.startsWith("---->"));
    expect(traceback).toContain(`Cell In[${index + 2}], line ${line}`);
    expect(traceback[marked]).toBe(`----> ${String(line).padStart(3)} | ${cell.split("\n")[line - 1]}`);
    expect(traceback[marked + 1]).toBe(`${" ".repeat(11 + column)}^`);
  });

  test("every general magic was tried", () => {
    const general =
      "lsmagic help time timeit who whos reset history cd env sh npm config load run writefile capture html markdown sql load_ext".split(
        " ",
      );
    for (const name of general) {
      expect(Object.keys(outline)).toContain(name);
      expect(cells.some(([cell]) => new RegExp(`%${name}\\b`).test(cell))).toBe(true);
    }
  });
});
