import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { utils, type WorkSheet, write as writeBook } from "@e965/xlsx";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { OwnFileOptions } from "../../kernel/src/importers/own/options.ts";
import { importDatasource } from "../../kernel/src/importers/run.ts";
import type { Store } from "../../kernel/src/store/store.ts";
import { findEnvironment } from "../support/environment.ts";
import { rowsOf, temporaryFolder, temporaryStore } from "../support/store.ts";
import { zipOf } from "../support/zip.ts";

/** Files such as people have them, made by hand: what is guessed is told, right, and can be overruled. */

const folder = temporaryFolder();
let store: Store & { remove(): void };
beforeAll(async () => {
  store = await temporaryStore();
});
afterAll(() => {
  store.remove();
  folder.remove();
});

const imported = async (name: string, content: string | Buffer, options: OwnFileOptions = {}) => {
  writeFileSync(join(folder.path, name), content);
  return importDatasource(store, name, { folder: folder.path, ...options });
};

const rows = async (sql: string) => rowsOf(await store.engine.query(sql));

function book(cells: readonly (readonly unknown[])[], merges: WorkSheet["!merges"] = []): Buffer {
  const sheet = utils.aoa_to_sheet(cells.map((row) => [...row]));
  sheet["!merges"] = merges;
  return Buffer.from(writeBook(utils.book_new(sheet, "Sheet"), { type: "buffer", bookType: "xlsx" }));
}

/** A merged cell, by its row and its first and last column. */
const merge = (r: number, from: number, to: number) => ({ s: { r, c: from }, e: { r, c: to } });

describe("rows of places at times", () => {
  const rowsAt = (sites: readonly string[]) =>
    ["site,lat,lon,date,bikes", ...sites.map((site) => `${site},30`)].join("\n");
  const first = ["A,53.80,-1.55,2024-01-01", "A,53.80,-1.55,2024-01-02", "B,53.81,-1.53,2024-01-01"];

  test("are values of the places that a column names", async () => {
    const report = await imported("counters.csv", rowsAt(first));
    expect(report.counts).toMatchObject({ subjects: 2, timedValues: 3 });
    expect(report.notes).toContain('Label "site", which tables and maps call label.');
  });

  test.each<[string, readonly string[]]>([
    ["one name is at two places", [...first, "B,53.82,-1.53,2024-01-02"]],
    ["a name comes twice at a time", [...first, "B,53.81,-1.53,2024-01-01"]],
    ["every name comes once", ["A,53.80,-1.55,2024-01-01", "B,53.81,-1.53,2024-01-01"]],
  ])("are things of their own where %s", async (_name, sites) => {
    const report = await imported("moving.csv", rowsAt(sites));
    expect(report.counts).toMatchObject({ subjects: sites.length, timedValues: 0 });
  });
});

describe("headings in two rows", () => {
  const groups = ["Area", "", "2021", "", "2022", ""];
  const heads = ["Code", "Name", "Men", "Women", "Men", "Women"];
  const data = [
    ["E09000001", "City of London", 45, 41, 46, 42],
    ["E09000019", "Islington", 104, 112, 105, 113],
  ];
  const csv = [groups, heads, ...data].map((row) => row.join(",")).join("\n");
  const merges = [merge(0, 0, 1), merge(0, 2, 3), merge(0, 4, 5)];

  test.each<[string, string | Buffer]>([
    ["heads.csv", csv],
    ["four.csv", csv.replace("Area,,2021,,2022,", "Area,Place,2021,,2022,")],
    ["repeated.csv", csv.replace("Area,,2021,,2022,", "Area,Area,2021,2021,2022,2022")],
    ["heads.xlsx", book([groups, heads, ...data], merges)],
  ])("%s", async (file, content) => {
    const report = await imported(file, content, { as: "place" });
    expect(report.notes.slice(0, 2)).toEqual([
      "Headings in rows 1 and 2; --header 2 takes one row.",
      expect.stringMatching(
        /^Label "Area Code" \(codes of local authorities\), name "(Area|Place) Name", which tables and maps call label and name\.$/,
      ),
    ]);
    const sql = 'SELECT name, "2021 Men" AS men, "2022 Women" AS women FROM place ORDER BY ALL';
    expect(await rows(sql)).toEqual([
      { name: "City of London", men: 45, women: 42 },
      { name: "Islington", men: 104, women: 113 },
    ]);
  });

  test("are one row when the user says so", async () => {
    const report = await imported("one.csv", csv, { header: 2 });
    expect(report.notes).toContain(
      'Label "Code" (codes of local authorities), name "Name", which tables and maps call label.',
    );
    expect(await rows('SELECT "Men", "Men 2" FROM "one" ORDER BY ALL')).toHaveLength(2);
  });

  test("titles above them are none", async () => {
    const cells = [
      ["Table 3: rents"],
      ["Source: made up"],
      [],
      ["Code", "Name", "Rent"],
      ["E09000001", "City", 9],
    ];
    const report = await imported("titled.xlsx", book(cells));
    expect(report.notes[0]).toBe("Headings in row 4.");
  });
});

describe("units in a row of their own", () => {
  test("become the units of the columns", async () => {
    const csv = "Ward,Length,Share,Homes\n,(km),%,\nCanonbury,1.5,12,300\nHighbury,2.5,14,310\n";
    const report = await imported("units.csv", csv);
    expect(report.notes).toEqual(["Units in row 2.", 'Label "Ward", which tables and maps call label.']);
    expect(
      await rows('SELECT label, "Length (km)" AS km, "Homes" AS homes FROM units ORDER BY label'),
    ).toEqual([
      { label: "Canonbury", km: 1.5, homes: 300 },
      { label: "Highbury", km: 2.5, homes: 310 },
    ]);
    const units = new Map(store.catalogue().attributes.map(({ label, unit }) => [label, unit]));
    expect([units.get("Length (km)"), units.get("Share (%)")]).toEqual(["km", "%"]);
  });
  test.each([
    ["a row of texts", "id,kind,n\nA,shop,\nB,shop,4\n"],
    ["marks of missing values", "id,n,m\n,..,x\nB,3,4\n"],
  ])("%s is none", async (_name, csv) => {
    expect((await imported("none.csv", csv)).notes.join(" ")).not.toContain("Units");
  });
});

test("a column called like a kind of area holds the names of its areas", async () => {
  const csv =
    'Borough,Code,Spend\nCity of London,E09000001,"£1,200"\nIslington,E09000019,"£3,400"\nLondon,,"£4,600"\n';
  const report = await imported("spend.csv", csv);
  expect(report.notes[0]).toBe(
    'Label "Code" (codes of local authorities), name "Borough", which tables and maps call label and name. 1 of 3 rows has no label and is left out.',
  );
  expect(await rows("SELECT name, Spend FROM spend ORDER BY ALL")).toEqual([
    { name: "City of London", Spend: 1200 },
    { name: "Islington", Spend: 3400 },
  ]);
});

describe("a long table", () => {
  const long = (heads: string, lines: readonly string[]) => `${heads}\n${lines.join("\n")}\n`;

  test("each of whose rows has one of several measurements at a time", async () => {
    const csv = long("Code,Name,Date,Indicator,Value", [
      "E09000001,City,2021,Rent,1",
      "E09000001,City,2021,Homes,7",
      "E09000001,City,2022,Rent,2",
      "E09000019,Islington,2021,Homes,9",
    ]);
    const inside = await imported("indicators.csv", csv);
    expect(inside.notes).toContain('Each text in "Indicator" is a measurement of its own; there are 2.');
    const report = await imported("indicators.csv", csv, { access: "public" });
    expect(report.notes).toContain('Each text in "Indicator" is a measurement of its own: Rent, Homes.');
    const sql = `SELECT subject_label AS label, attribute, year(timestamp) AS year, value FROM timed_values
      WHERE subject_type = 'indicators' ORDER BY ALL`;
    expect(await rows(sql)).toEqual([
      { label: "E09000001", attribute: "Homes", year: 2021, value: 7 },
      { label: "E09000001", attribute: "Rent", year: 2021, value: 1 },
      { label: "E09000001", attribute: "Rent", year: 2022, value: 2 },
      { label: "E09000019", attribute: "Homes", year: 2021, value: 9 },
    ]);
  });

  test("without times, with several numbers a row", async () => {
    const csv = long("id,sex,people,share", ["A,Men,10,40%", "A,Women,12,60%", "B,Men,3,100%"]);
    const report = await imported("sexes.csv", csv);
    expect(report).toMatchObject({ counts: { subjects: 2, fixedValues: 6 } });
    const sql = 'SELECT label, "Men: people" AS men, "Women: share" AS share FROM sexes ORDER BY label';
    expect(await rows(sql)).toEqual([
      { label: "A", men: 10, share: 60 },
      { label: "B", men: 3, share: null },
    ]);
    const found = store.catalogue().attributes.find(({ label }) => label === "Women: share");
    expect(found).toMatchObject({ unit: "%", kind: "rate" });
  });

  test("what may be people, or comes once, becomes no measurement", async () => {
    const people = long("code,month,who,n", [
      "E09000001,2021-01,Mr A Smith,1",
      "E09000001,2021-01,Mrs B Jones,2",
      "E09000019,2021-01,Mr A Smith,1",
    ]);
    expect(await imported("people.csv", people)).toMatchObject({
      access: "sensitive",
      counts: { subjects: 3 },
    });
    expect(await rows("SELECT DISTINCT attribute FROM fixed_values ORDER BY attribute")).not.toContainEqual({
      attribute: "Mr A Smith",
    });
    const once = long("code,month,event,n", ["E09000001,2021-01,A,1", "E09000001,2021-01,B,2"]);
    await expect(imported("once.csv", once)).rejects.toThrow(/a label and a time that another row has/);
  });

  test("whose rows nothing tells apart is refused, and nothing is lost in silence", async () => {
    const csv = long("code,month,n", ["E09000001,2021-01,1", "E09000001,2021-01,2"]);
    await expect(imported("same.csv", csv)).rejects.toThrow(
      "same.csv has 1 rows of a label and a time that another row has, so nothing was imported. Choose another column with --label or --when.",
    );
  });
});

describe("totals below a table", () => {
  const csv = "Ward,Trees\nCanonbury,120\nHighbury,310\nTotal,430\n";
  test("are left out, which is told", async () => {
    const report = await imported("trees.csv", csv);
    expect(report.notes[0]).toBe(
      'Label "Ward", which tables and maps call label. 1 row of totals is left out; --totals keeps it.',
    );
    expect(report.counts.subjects).toBe(2);
  });
  test("are kept when the user wants them", async () => {
    const report = await imported("trees.csv", csv, { totals: true });
    expect(report.notes[0]).toBe('Label "Ward", which tables and maps call label.');
    expect(report.counts.subjects).toBe(3);
  });
});

describe("times", () => {
  const csv = "site,date,no2\nA,45292,31.5\nA,45293.5,29\nB,45292,40\nB,45293.5,42\n";
  const cells = csv
    .trim()
    .split("\n")
    .map((line, row) => line.split(",").map((text, col) => (row > 0 && col > 0 ? Number(text) : text)));

  test.each<[string, string | Buffer]>([
    ["serials.csv", csv],
    ["serials.xlsx", book(cells)],
  ])("as days of a spreadsheet in %s, of which a name has several", async (file, content) => {
    const report = await imported(file, content, { as: "site" });
    expect(report.notes.slice(0, 2)).toEqual([
      'Label "site", which tables and maps call label.',
      'Times from "date", written as spreadsheet days.',
    ]);
    const sql = `SELECT subject_label AS label, strftime(timestamp, '%Y-%m-%d %H:%M') AS time, value FROM timed_values
      WHERE subject_type = 'site' ORDER BY ALL`;
    expect(await rows(sql)).toEqual([
      { label: "A", time: "2024-01-01 00:00", value: 31.5 },
      { label: "A", time: "2024-01-02 12:00", value: 29 },
      { label: "B", time: "2024-01-01 00:00", value: 40 },
      { label: "B", time: "2024-01-02 12:00", value: 42 },
    ]);
  });

  test.each([
    ["31/01/24", "01/02/24", "day/month/year"],
    ["31.01.99 10:30", "01.02.99 11:00", "day/month/year"],
    ["1/31/24", "2/13/24", "month/day/year"],
    ["31-Jan-24", "1-Feb-24", "day, month and year"],
  ])("with years of two digits: %s", async (first, second, format) => {
    const report = await imported("short.csv", `id,date,n\nA,${first},1\nA,${second},2\n`);
    expect(report.notes[1]).toBe(`Times from "date", written as ${format}.`);
    const sql =
      "SELECT year(timestamp) AS year, month(timestamp) AS month FROM timed_values WHERE subject_type = 'short' ORDER BY ALL";
    const year = first.includes("99") ? 1999 : 2024;
    expect(await rows(sql)).toEqual([
      { year, month: 1 },
      { year, month: 2 },
    ]);
  });

  test("as eight digits", async () => {
    const report = await imported("digits.csv", "id,date,n\nA,20240131,1\nA,20240201,2\n");
    expect(report.notes[1]).toBe('Times from "date", written as yearmonthday.');
    expect(report.counts.timedValues).toBe(2);
  });

  test("such numbers are none where no heading says so, unless the user does", async () => {
    const plain = await imported("homes.csv", "id,homes\nA,45292\nA2,45293\n");
    expect(plain.notes).toEqual(['Label "id", which tables and maps call label.']);
    const said = await imported("homes.csv", "id,Seen at,n\nA,45292,1\nA,45293,2\n", { when: "seen_at" });
    expect(said.notes).toContain('Times from "Seen at", written as spreadsheet days.');
  });

  test("that do not tell rows apart are values", async () => {
    await imported("opened.csv", "id,opening date,n\nA,2024-01-31,1\nB,2023-02-01,2\n");
    expect(await rows('SELECT label, "opening date" AS opened, n FROM opened ORDER BY ALL')).toEqual([
      { label: "A", opened: "2024-01-31", n: 1 },
      { label: "B", opened: "2023-02-01", n: 2 },
    ]);
  });
});

describe("places", () => {
  const degrees = [
    { name: "One", x: -0.1278, y: 51.5074 },
    { name: "Two", x: -0.2, y: 51.6 },
  ];
  const places = (type: string) =>
    rows(`SELECT name, round(ST_X(shape), 4) AS x, round(ST_Y(shape), 4) AS y FROM "${type}" ORDER BY name`);

  test.each<[string, string]>([
    ["comma", '"51.5074, -0.1278"'],
    ["brackets", '"(51.5074, -0.1278)"'],
    ["semicolon", "51.5074; -0.1278"],
  ])("latitude and longitude in one column, with %s", async (type, first) => {
    const csv = `name,location,stock\nOne,${first},10\nTwo,"51.6,-0.2",20\n`;
    const report = await imported(`${type}.csv`, csv);
    expect(report.notes).toContain(
      'Points from "location" in EPSG:4326, latitude or northing first; --x location reads it the other way round.',
    );
    expect(await places(type)).toEqual(degrees);
  });

  test("the longitude first where the numbers lie in Britain only so, or the user says so", async () => {
    const csv = 'name,location\nOne,"-0.1278, 51.5074"\nTwo,"-0.2, 51.6"\n';
    const report = await imported("east.csv", csv);
    expect(report.notes).toContain(
      'Points from "location" in EPSG:4326, longitude or easting first; --y location reads it the other way round.',
    );
    expect(await places("east")).toEqual(degrees);
    await imported("said.csv", 'name,at\nOne,"12.5, 41.9"\nTwo,"12.4, 41.8"\n', { x: "at" });
    expect(await places("said")).toEqual([
      { name: "One", x: 12.5, y: 41.9 },
      { name: "Two", x: 12.4, y: 41.8 },
    ]);
  });

  test("metres of the national grid in one column", async () => {
    await imported("grid.csv", 'name,grid ref\nOne,"530600, 185870"\nTwo,"530700,185970"\n');
    expect((await places("grid"))[0]).toEqual({ name: "One", x: -0.1175, y: 51.5566 });
  });

  test.each<[string, string, string, string, OwnFileOptions]>([
    ["degrees", "lon,lat", "51.5074,-0.1278", "51.6,-0.2", { x: "lon", y: "lat" }],
    ["metres", "easting,northing", "180381,529990", "190381,524990", { x: "easting", y: "northing" }],
  ])("%s under each other's headings", async (type, heads, one, two, said) => {
    const csv = `name,${heads}\nOne,${one}\nTwo,${two}\n`;
    const report = await imported(`${type}.csv`, csv);
    const [x, y] = heads.split(",");
    expect(report.notes).toContain(
      `Points from "${y}" and "${x}" in ${type === "metres" ? "EPSG:27700" : "EPSG:4326"}, the other way round than they are called, because only so they lie in Britain; --x ${x} --y ${y} overrules it.`,
    );
    expect((await places(type))[0]).toEqual(
      type === "metres" ? { name: "One", x: -0.1284, y: 51.5074 } : degrees[0],
    );
    const kept = await imported(`${type}.csv`, csv, said);
    expect(kept.notes.join(" ")).not.toContain("the other way round");
  });

  test("a number with thousands is no pair", async () => {
    const report = await imported("rents.csv", 'id,rent\nA,"1,200"\nB,"1,300.50"\n');
    expect(report.notes).toEqual(['Label "id", which tables and maps call label.']);
  });
});

describe("shapes without a coordinate system", () => {
  const feature = (coordinates: readonly number[]) => ({
    type: "Feature",
    properties: { id: "P" },
    geometry: { type: "Point", coordinates },
  });
  const collection = (...coordinates: readonly number[]) =>
    JSON.stringify({ type: "FeatureCollection", features: [feature(coordinates)] });
  const place = async (type: string) => {
    const [row] = await rows(
      `SELECT round(ST_X(shape), 4) AS x, round(ST_Y(shape), 4) AS y FROM "${type}" ORDER BY label`,
    );
    return row;
  };
  const there = { x: -0.1175, y: 51.5566 };
  const note = (system: string) =>
    `Shapes taken to be in ${system}, as their coordinates say; --crs overrules it.`;

  test("in the national grid or as maps on the web have them are seen by their numbers", async () => {
    const grid = await imported("national.geojson", collection(530_600, 185_870));
    expect(grid.notes[0]).toBe(note("EPSG:27700"));
    expect(await place("national")).toEqual(there);
    const web = await imported("web.geojson", collection(-13_084.4, 6_720_816.2));
    expect(web.notes[0]).toBe(note("EPSG:3857"));
    const latitude = (Math.atan(Math.sinh(6_720_816.2 / 6_378_137)) * 180) / Math.PI;
    expect(await place("web")).toEqual({ x: -0.1175, y: Math.round(latitude * 1e4) / 1e4 });
  });

  test("a shapefile without .prj", async () => {
    await store.engine.run(
      `COPY (SELECT 'P' || i AS id, ST_Point(530600 + i, 185870) AS geom FROM range(2) t(i)) TO '${join(folder.path, "bare.shp")}' WITH (FORMAT gdal, DRIVER 'ESRI Shapefile')`,
    );
    const report = await importDatasource(store, "bare.shp", { folder: folder.path });
    expect(report.notes[0]).toBe(note("EPSG:27700"));
    expect(await place("bare")).toEqual(there);
    const part = (ending: string) => readFileSync(join(folder.path, `bare.${ending}`));
    const zip = zipOf(Object.fromEntries(["shp", "shx", "dbf"].map((end) => [`in/bare.${end}`, part(end)])));
    expect((await imported("zipped.zip", zip)).notes[0]).toBe(note("EPSG:27700"));
  });

  test("the user says it, or is told how", async () => {
    const irish = collection(716_000, 734_000);
    await expect(imported("irish.geojson", irish)).rejects.toThrow(
      "irish.geojson does not say its coordinate system, and its shapes are not in degrees. Say it with --crs, such as --crs EPSG:27700.",
    );
    await imported("irish.geojson", irish, { crs: "2157" });
    expect(await place("irish")).toEqual({ x: -6.258, y: 53.3435 });
    await expect(imported("irish.geojson", irish, { crs: "BNG" })).rejects.toThrow(
      'There is no coordinate system "BNG". EPSG:27700 is the British national grid, EPSG:4326 longitude and latitude.',
    );
    await expect(imported("irish.geojson", irish, { crs: "EPSG:4326" })).rejects.toThrow(
      "The shapes of irish.geojson are not in EPSG:4326",
    );
  });

  test.each<[string, string]>([
    ["ewkt", "SRID=27700;POINT(530600 185870)"],
    ["wkt", "POINT (530600 185870)"],
    ["plainwkt", "POINT (-0.11754 51.5566)"],
    // Of PostGIS, with and without its coordinate system, the second with its bytes the other way round; made with shapely.
    ["ewkb", "0101000020346C000000000000503120410000000070B00641"],
    ["bigwkb", "000000000141203150000000004106B07000000000"],
    ["wkbdegrees", "010100000082CAF8F71917BEBF107A36AB3EC74940"],
  ])("as texts: %s", async (type, text) => {
    await imported(`${type}.csv`, `id,where\nP,${text}\n`);
    expect(await place(type)).toEqual(there);
  });

  test("as bytes of a Parquet file", async () => {
    const path = join(folder.path, "bytes.parquet");
    await store.engine.run(
      `COPY (SELECT 'P' AS id, ST_AsWKB(ST_Point(530600, 185870))::BLOB AS geometry) TO '${path}' (FORMAT parquet)`,
    );
    const report = await importDatasource(store, path, {});
    expect(report.notes[0]).toBe(note("EPSG:27700"));
    expect(await place("bytes")).toEqual(there);
  });
});

describe("files with several layers", () => {
  const geopackage = () => readFileSync(join(import.meta.dirname, "..", "data", "two-layers.gpkg.gz"));
  const kml = `<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>
    <Folder><name>stops</name><Placemark><name>Stop 0</name><Point><coordinates>-0.1,51.5</coordinates></Point></Placemark></Folder>
    <Folder><name>roads</name><Placemark><name>Road 0</name><LineString><coordinates>-0.2,51.6 -0.3,51.6</coordinates></LineString></Placemark>
    <Placemark><name>Road 1</name><LineString><coordinates>-0.2,51.6 -0.3,51.6</coordinates></LineString></Placemark></Folder></Document></kml>`;

  test.each<[string, () => string | Buffer]>([
    ["layers.gpkg.gz", geopackage],
    ["layers.kml", () => kml],
  ])("%s: the fullest unless another is named", async (file, content) => {
    const first = async (type: string) => (await rows(`SELECT name FROM ${type} ORDER BY name`))[0];
    const report = await imported(file, content());
    expect(report.notes[0]).toBe('Layer "roads"; --sheet takes another: "stops".');
    expect(await first("layers")).toEqual({ name: "Road 0" });
    for (const [as, sheet] of [
      ["named", "stops"],
      ["numbered", "1"],
    ] as const) {
      const other = await imported(file, content(), { sheet, as });
      expect(other.notes[0]).toBe('Layer "stops"; --sheet takes another: "roads".');
      expect(await first(as)).toEqual({ name: "Stop 0" });
    }
    await expect(imported(file, content(), { sheet: "stop" })).rejects.toThrow(
      /has no layer "stop"\. Did you mean "stops"\?$/,
    );
  });
});

/** A damaged one ends the process that reads it with GDAL, so a process of its own tries each, with the Node of kernels. */
describe("a GeoPackage that means harm", () => {
  const environment = findEnvironment();
  const good = () => gunzipSync(readFileSync(join(import.meta.dirname, "..", "data", "two-layers.gpkg.gz")));
  const run = (args: readonly string[]) => {
    if (!environment) throw new Error('There is no virtual environment; "npm start" makes it.');
    return spawnSync(environment.node, args, { encoding: "utf8", env: { ...process.env, NODE_OPTIONS: "" } });
  };
  const withView = (path: string) => {
    writeFileSync(path, good());
    const endless = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x AS name FROM c";
    const sql = `PRAGMA foreign_keys = OFF; CREATE VIEW v AS ${endless}; UPDATE gpkg_contents SET table_name = 'v', data_type = 'attributes'`;
    const code = `const { DatabaseSync } = require("node:sqlite"); new DatabaseSync(process.argv[1]).exec(process.argv[2])`;
    // One of the two layers becomes the view.
    expect(run(["-e", code, path, `${sql} WHERE table_name = 'roads'`]).stderr).toBe("");
  };
  test.each<[string, (path: string) => void, RegExp]>([
    [
      "cut short",
      (path) => writeFileSync(path, good().subarray(0, good().length / 2)),
      /^layers\.gpkg cannot be read: it is damaged or cut short$/m,
    ],
    [
      "garbled",
      (path) =>
        writeFileSync(
          path,
          good().map((byte, at) => (at >= 4096 && at % 97 === 0 ? byte ^ 255 : byte)),
        ),
      /^layers\.gpkg cannot be read: it is damaged or cut short$/m,
    ],
    ["with an endless view", withView, /^layers\.gpkg has a view, which is a program, and none is run\./m],
  ])("%s is refused in a sentence", (_, make, message) => {
    const place = mkdtempSync(join(folder.path, "harm-"));
    make(join(place, "layers.gpkg"));
    const program = join(import.meta.dirname, "..", "..", "kernel", "bin", "tombolo.js");
    const { status, stderr } = run([
      ...[program, "import", join(place, "layers.gpkg")],
      ...["--store", join(place, "store")],
    ]);
    expect(stderr).toMatch(message);
    expect(status).toBe(1);
  });
});

test("what is read another way replaces what was read before", async () => {
  const csv = "id,place,n\n1,North,5\n2,South,6\n";
  await imported("again.csv", csv);
  expect(await rows("SELECT label FROM again ORDER BY label")).toEqual([{ label: "1" }, { label: "2" }]);
  const again = await imported("again.csv", csv, { label: "place" });
  expect(again.changed).toBe(true);
  const labels = [{ label: "North" }, { label: "South" }];
  expect(await rows("SELECT label FROM again ORDER BY label")).toEqual(labels);
  expect(await imported("again.csv", csv, { label: "place" })).toMatchObject({ changed: false });
  await imported("again.csv", csv, { label: "place", as: "other" });
  expect(await rows("SELECT label FROM again ORDER BY label")).toEqual(labels);
});
