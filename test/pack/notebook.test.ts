import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { requireEnvironment } from "../support/environment.ts";
import { temporaryFolder } from "../support/store.ts";

interface Answer {
  readonly status: string;
  readonly shown: readonly { type: string; value?: string; data?: Readonly<Record<string, unknown>> }[];
  readonly stdout: string;
  readonly stderr: string;
}

const environment = requireEnvironment("packs are made and used in notebooks");
const runner = new URL("../support/run_cells.py", import.meta.url).pathname;
const folder = temporaryFolder();
afterAll(() => folder.remove());

/** Cells run in a folder of their own with a store of its own, as on another machine. */
function notebook(place: string, cells: readonly string[]): Answer[] {
  mkdirSync(place, { recursive: true });
  const output = execFileSync(environment.python, [runner, environment.kernel], {
    cwd: place,
    input: JSON.stringify(cells),
    env: { ...environment.variables, TOMBOLO_STORE: join(place, "store") },
    encoding: "utf8",
    maxBuffer: 100_000_000,
  });
  return JSON.parse(output);
}

const textOf = ({ shown }: Answer): string =>
  shown.map(({ data, value }) => value ?? String(data?.["text/markdown"] ?? data?.["text/plain"])).join("\n");

/** Four squares with 11 to 9,999 people, which nobody may see; made by hand. */
const PEOPLE = [7_310, 5, 2_407, 961];
const squares = JSON.stringify({
  type: "FeatureCollection",
  features: PEOPLE.map((people, index) => ({
    type: "Feature",
    properties: { code: `S${index + 1}`, name: `Square ${index + 1}`, people },
    geometry: {
      type: "Polygon",
      coordinates: [
        [
          [index, 51],
          [index + 1, 51],
          [index + 1, 52],
          [index, 52],
          [index, 51],
        ],
      ],
    },
  })),
});

const RECIPE = `%%recipe crowd
subjects: square
fields:
  people: { fixed-value: people }
  area_km2: { area: km² }`;

describe("a pack of data that is not public", () => {
  const here = join(folder.path, "here");
  const there = join(folder.path, "there");

  it("is made without the data, and refuses a recipe that names a value", () => {
    mkdirSync(here);
    writeFileSync(join(here, "squares.geojson"), squares);
    const answers = notebook(here, [
      "%import squares.geojson --as square --label code --name name --access sensitive",
      RECIPE,
      '%pack crowd-size --title "How crowded squares are" --preset nhs-hes',
      RECIPE.replace(
        "subjects: square",
        "subjects: { subjectType: square, matchRule: { attribute: name, pattern: Square 2 } }",
      ),
      "%pack leak",
    ]);
    expect(answers.slice(0, 3).map(({ status }) => status)).toEqual(["ok", "ok", "ok"]);
    expect(textOf(answers[2] ?? never())).toContain("The pack **crowd-size** is in `packs/crowd-size`");
    expect(answers[4]?.status).toBe("error");
    expect(textOf(answers[4] ?? never())).toContain(
      "recipes/crowd.yaml.dataset.subjects[0].matchRule.pattern is a value of data that is not public",
    );
    expect(existsSync(join(here, "packs", "leak"))).toBe(false);
    expect(filesWith(join(here, "packs"), ["7310", "2407", "961", "Square 1"])).toEqual([]);
  });

  it("runs elsewhere on dummy data, then on a file that fits its contract", () => {
    mkdirSync(there);
    cpSync(join(here, "packs", "crowd-size"), join(there, "crowd-size"), { recursive: true });
    writeFileSync(join(there, "mine.geojson"), squares.replaceAll('"people"', '"persons"'));
    writeFileSync(join(there, "squares.geojson"), squares);
    const answers = notebook(there, [
      "%use ./crowd-size",
      "[crowd.numRows, [...crowd].every(({ people }) => Number(people) > 0)].join()",
      "%bind square=mine.geojson --label code",
      "%bind square=mine.geojson --label code --rename people=persons",
      "%bind square=squares.geojson --label code",
      "crowd.numRows",
      "%bind",
      "%bind --off",
      "crowd.numRows",
      "%bind",
    ]);
    const [use, dummyRows, misfit, renamed, bound, realRows, state, off, dummyAgain, after] =
      answers.map(textOf);
    expect(use).toContain("**Dummy data**");
    expect(use).toContain("crowd (dummy data)");
    expect(dummyRows).toBe("'144,true'");
    expect(misfit).toContain("| square | people | numbers | no such column; there is persons |");
    expect(misfit).toContain("--rename people=persons");
    expect(renamed).toContain("**Real data**");
    expect(bound).toContain("**Real data**");
    expect(realRows).toBe("4");
    expect(state).toContain("| square | square | sensitive | squares.geojson, 4 rows, sensitive, on 2");
    expect(state).toContain("computed on **real data**");
    expect(off).toContain("**Dummy data**");
    expect(dummyAgain).toBe("144");
    expect(after).toContain("computed on **dummy data**");
  });
});

it("runs the code of an importer only when it was accepted", () => {
  const place = join(folder.path, "code");
  mkdirSync(join(place, "importers"), { recursive: true });
  writeFileSync(
    join(place, "importers", "squares.json"),
    JSON.stringify({
      title: "Squares",
      provider: { label: "org.square", name: "Squares" },
      licence: "CC0",
      attribution: "Squares",
      access: "internal",
      unitOfRecord: "area",
      subjectType: { label: "square" },
      code: "squares.js",
      permissions: { files: ["bound"] },
      columns: { label: "id", wkt: "shape" },
      attributes: [{ label: "people", kind: "count" }],
    }),
  );
  writeFileSync(
    join(place, "importers", "squares.js"),
    `async function read({ readText }) {
      return (await readText("bound")).trim().split("\\n").map((line) => line.split("|")).map(([id, shape, people]) => ({ id, shape, people }));
    }`,
  );
  writeFileSync(
    join(place, "squares.dat"),
    "A|POLYGON ((0 51, 1 51, 1 52, 0 52, 0 51))|17\nB|POLYGON ((1 51, 2 51, 2 52, 1 52, 1 51))|4\n",
  );
  writeFileSync(join(place, "squares.geojson"), squares);
  const first = notebook(place, [
    "%import squares.geojson --as square --label code --access public",
    RECIPE.replace("subjects: square", "subjects: org.square/square").replace(
      "fixed-value: people",
      "fixed-value: org.square/people",
    ),
    "%pack with-code --importers importers",
    "%use ./packs/with-code",
    "%bind square=squares.dat",
  ]);
  const [, , made, used, asked] = first.map(textOf);
  expect(made).toContain("11 files, no data");
  expect(used).toContain("`importers/squares.js` is code: it may read bound");
  expect(used).not.toContain("**Real data**");
  const digest = /%bind --accept ([0-9a-f]{12})/.exec(asked ?? "")?.[1] ?? "";
  expect(first[4]?.status).toBe("error");
  const second = notebook(place, [
    "%use ./packs/with-code --no-map",
    `%bind square=squares.dat --accept ${digest} --no-map`,
    "[...crowd].map((row) => Number(row.people)).join()",
  ]);
  expect(second.map(textOf).slice(1)).toEqual([expect.stringContaining("**Real data**"), "'17,4'"]);
});

it("lets only a released table into the notebook", () => {
  const place = join(folder.path, "release");
  mkdirSync(place);
  writeFileSync(join(place, "squares.geojson"), squares);
  const answers = notebook(place, [
    "%import squares.geojson --as square --label code --name name --access sensitive",
    `%%recipe crowd
subjects: square
fields:
  people: { fixed-value: people }`,
    "%map crowd",
    "%label crowd",
    "%release crowd --preset nhs-hes",
    '%release crowd --preset nhs-hes --reason "for the council"',
    "%map crowd_released",
    "%table crowd_released",
    "%%sql\nSELECT name::INTEGER FROM square",
  ]);
  const [, , closed, label, unreasoned, released, map, table, mistake] = answers;
  expect(textOf(mistake ?? never())).toMatch(
    /^SQL: Conversion Error: Could not convert string a value to INT32/,
  );
  expect(JSON.stringify(mistake)).not.toContain("Square 1");
  expect(saidIn(closed)).toContain("run the cell to see it");
  expect(saidIn(closed)).not.toMatch(/7,?310|2,?407|961/);
  expect(textOf(label ?? never()).split("\n")).toEqual([
    "crowd (sensitive)",
    "├─ label (sensitive)",
    "│  └─ squares.geojson (sensitive)",
    "├─ name (sensitive)",
    "│  └─ squares.geojson (sensitive)",
    "└─ people (sensitive)",
    expect.stringMatching(/^ {3}├─ .+\/square \(sensitive\)$/),
    expect.stringMatching(
      /^ {3}│ {2}└─ squares\.geojson, retrieved \d{4}-\d\d-\d\d, unit of record not known \(sensitive\)$/,
    ),
    expect.stringMatching(/^ {3}└─ .+\/people \(sensitive\)$/),
    expect.stringMatching(/^ {6}└─ squares\.geojson, retrieved .* \(sensitive\)$/),
  ]);
  expect(textOf(unreasoned ?? never())).toContain("A release needs a reason");
  expect(textOf(released ?? never())).toContain("**crowd** is released under `nhs-hes`.");
  expect(JSON.stringify(map)).toContain("image/png");
  expect(JSON.stringify(table)).toContain("2,405");
  expect(saidIn([released, map, table])).not.toMatch(/2,?407|961/);
  expect(readFileSync(join(place, "releases", "crowd", "table.csv"), "utf8")).toContain("S2,Square 2,[c]");
});

/** Answers as text, without random ids and the bytes of pictures: digits stand there that mean nothing. */
function saidIn(answers: unknown): string {
  return JSON.stringify(answers, (key, value) => (key === "live" || key === "image/png" ? "" : value));
}

function filesWith(place: string, texts: readonly string[]): string[] {
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => texts.some((text) => readFileSync(file).includes(text)));
}

function never(): never {
  throw new Error("the kernel gave no answer");
}
