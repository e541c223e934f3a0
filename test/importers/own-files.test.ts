import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { utils, write as writeBook } from "@e965/xlsx";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { addImporter } from "../../kernel/src/importers/find.ts";
import type { Importer } from "../../kernel/src/importers/importer.ts";
import { declareOwn } from "../../kernel/src/importers/own/declare.ts";
import type { OwnFileOptions } from "../../kernel/src/importers/own/options.ts";
import { importDatasource } from "../../kernel/src/importers/run.ts";
import type { Store } from "../../kernel/src/store/store.ts";
import { write } from "../support/datasets.ts";
import { rowsOf, temporaryFolder, temporaryStore } from "../support/store.ts";
import { zipOf } from "../support/zip.ts";

const folder = temporaryFolder();
let store: Store & { remove(): void };
beforeAll(async () => {
  store = await temporaryStore();
  const areas = ["E01000001", "E01000002", "E01000003"];
  const subjects = `SELECT 'uk.gov.ons' AS provider, 'lsoa' AS subject_type, label, 'City of London ' || label AS name,
    ST_SetCRS(ST_Point(0, 51), 'OGC:CRS84') AS shape, 0::BIGINT AS position FROM (VALUES ${areas.map((area) => `('${area}')`).join(", ")}) area(label)`;
  const subjectTypes = [{ provider: "uk.gov.ons", label: "lsoa", name: "LSOA", count: areas.length }];
  await write(store, "lsoa", { subjects }, { subjectTypes });
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

describe("rows that are areas by their names", () => {
  beforeAll(async () => {
    const named = (type: string, pairs: readonly (readonly [string, string])[]) => {
      const values = pairs.map(([label, name]) => `('${label}', '${name}')`).join(", ");
      const subjects = `SELECT 'uk.gov.ons' AS provider, '${type}' AS subject_type, label, name,
        ST_SetCRS(ST_Point(0, 51), 'OGC:CRS84') AS shape, 0::BIGINT AS position FROM (VALUES ${values}) area(label, name)`;
      const subjectTypes = [{ provider: "uk.gov.ons", label: type, name: type, count: pairs.length }];
      return write(store, type, { subjects }, { subjectTypes });
    };
    await named("localAuthority", [
      ["E09000003", "Barnet"],
      ["E09000021", "Kingston upon Thames"],
      ["E09000013", "Hammersmith and Fulham"],
      ["E09000028", "Southwark"],
    ]);
    await named("ward", [
      ["E05000001", "Southwark"],
      ["E05000002", "Abbey"],
      ["E05000003", "Abbey"],
    ]);
  });

  const named = (heading: string, ...names: string[]) =>
    [`${heading},Libraries`, ...names.map((name, index) => `${name},${index + 1}`)].join("\n");

  test.each(["Borough", "Area", "Where"])(
    "carry values of these areas, under the heading %s",
    async (heading) => {
      const report = await imported(
        `${heading}.csv`,
        named(heading, "Barnet", "Kingston-upon-Thames", "HAMMERSMITH & FULHAM"),
      );
      expect(report.counts.subjects).toBe(0);
      expect(report.notes).toEqual([
        `Label "${heading}" (names of local authorities).`,
        "3 of 3 rows are areas of localAuthority in the store; with --as they are subjects of their own.",
      ]);
      expect(
        await rows('SELECT label, "Libraries" AS n FROM "localAuthority" ORDER BY n NULLS LAST LIMIT 3'),
      ).toEqual([
        { label: "E09000003", n: 1 },
        { label: "E09000021", n: 2 },
        { label: "E09000013", n: 3 },
      ]);
    },
  );

  test.each([
    ["names that several areas have", named("Place", "Abbey"), {}],
    ["names that areas of two kinds have", named("Place", "Southwark"), {}],
    ["names of which some are of other things", named("Place", "Barnet", "The Shop"), {}],
    ["what its user calls otherwise", named("Place", "Barnet"), { as: "library" }],
  ])("are not guessed from %s", async (_, csv, options) => {
    const report = await imported("other.csv", csv, options);
    expect(report.counts.subjects).toBe(csv.split("\n").length - 1);
  });

  test("are of the kind that the heading names", async () => {
    const { notes } = await imported("kind.csv", named("Borough", "Southwark"));
    expect(notes[0]).toBe('Label "Borough" (names of local authorities).');
  });
});

describe("values of areas that the store knows", () => {
  test("hang on those areas, and what matched is told", async () => {
    const csv =
      'LSOA code,LSOA name,Rent (£),Share\nE01000001,A,"1,200",12%\nE01000002,B,*,14%\nE01999999,C,900,1%\nTotal,,3000,\n';
    const report = await imported("rent.csv", csv);
    expect(report).toMatchObject({ access: "internal", counts: { subjects: 0 } });
    expect(report.notes).toEqual([
      'Label "LSOA code" (codes of lower layer super output areas of 2021), name "LSOA name". 1 of 4 rows has no label and is left out.',
      "1 value marked * taken as missing.",
      "2 of 3 rows are areas of lsoa in the store.",
    ]);
    expect(await rows('SELECT label, "Rent (£)" AS rent, "Share" AS share FROM lsoa ORDER BY label')).toEqual(
      [
        { label: "E01000001", rent: 1200, share: 12 },
        { label: "E01000002", rent: null, share: 14 },
        { label: "E01000003", rent: null, share: null },
      ],
    );
    expect(store.catalogue().attributes.find(({ label }) => label === "Share")).toMatchObject({
      unit: "%",
      kind: "rate",
    });
  });

  test("with a time are timed", async () => {
    const csv = "code,year,people\nE01000001,2011,10\nE01000001,2021,12\nE01000002,2021,9\n";
    const report = await imported("people.csv", csv);
    expect(report.notes).toContain('Times from "year", written as year.');
    expect(
      await rows(
        "SELECT subject_label AS label, strftime(timestamp, '%Y-%m-%dT%H:%M:%S') AS time, value FROM timed_values WHERE attribute = 'people' ORDER BY ALL",
      ),
    ).toEqual([
      { label: "E01000001", time: "2011-12-31T23:59:59", value: 10 },
      { label: "E01000001", time: "2021-12-31T23:59:59", value: 12 },
      { label: "E01000002", time: "2021-12-31T23:59:59", value: 9 },
    ]);
  });

  test.each<[string, string, OwnFileOptions]>([
    ["without a time", "code,n\nE01000001,1\nE01000001,2\n", {}],
    [
      "in the column that is named",
      "nhs,lsoa\n9434765919,E01000001\n9434765870,E01000001\n",
      { label: "lsoa" },
    ],
    ["of what is said to be areas", "lsoa,age\nE01000001,1\nE01000001,2\n", { unit: "area" }],
    [
      "beside a key of records that comes twice",
      "id,nhs,lsoa\n1,9434765919,E01000001\n1,9434765870,E01000001\n",
      {},
    ],
  ])("twice %s are refused", async (_name, csv, options) => {
    await expect(imported("twice.csv", csv, options)).rejects.toThrow(
      /twice\.csv has 1 row whose label is missing or not unique, so nothing was imported/,
    );
  });

  test.each<[string, string, readonly string[], OwnFileOptions]>([
    [
      "people",
      "lsoa,nhs,age\nE01000001,9434765919,4\nE01000001,9434765870,5\n",
      ["records/1", "records/2"],
      {},
    ],
    [
      "people at times",
      "area code,nhs,seen on date\nE01000001,9434765919,2024-01-01\nE01000001,9434765870,2024-01-02\n",
      ["records/1", "records/2"],
      {},
    ],
    ["people with a key", "id,lsoa,nhs\nA,E01000001,9434765919\nB,E01000001,9434765870\n", ["A", "B"], {}],
    ["homes", "lsoa,rooms\nE01000001,4\nE01000001,5\n", ["records/1", "records/2"], { unit: "household" }],
  ])("twice in a file about %s are values of its rows", async (_name, csv, labels, options) => {
    const report = await imported("records.csv", csv, { as: undefined, ...options });
    expect(report).toMatchObject({ subjectType: "records", counts: { subjects: 2, timedValues: 0 } });
    expect(report.notes.join(" ")).toMatch(
      /Codes of areas in "(lsoa|area code)" come more than once, so each row is a record in its area\./,
    );
    expect((await rows("SELECT label FROM records ORDER BY label")).map(({ label }) => label)).toEqual(
      labels,
    );
  });

  test("become subjects of their own when few are known, or when the user says so", async () => {
    const unknown = await imported("far.csv", "code,n\nE02000001,1\nE02000002,2\n");
    expect(unknown.counts.subjects).toBe(2);
    expect(unknown.notes.at(-1)).toMatch(/^None of its areas is in the store/);
    const named = await imported("rent.csv", "code,n\nE01000001,1\n", { as: "flat" });
    expect(named).toMatchObject({ subjectType: "flat", counts: { subjects: 1, fixedValues: 1 } });
  });

  test("are looked up again once more areas are there", async () => {
    const csv = "code,n\nE02000001,1\n";
    await imported("later.csv", csv);
    const subjects = `SELECT 'uk.gov.ons' AS provider, 'msoa' AS subject_type, 'E02000001' AS label, 'City of London 001' AS name,
      NULL::GEOMETRY('OGC:CRS84') AS shape, 0::BIGINT AS position`;
    await write(
      store,
      "msoa",
      { subjects },
      { subjectTypes: [{ provider: "uk.gov.ons", label: "msoa", name: "MSOA", count: 1 }] },
    );
    expect(await imported("later.csv", csv)).toMatchObject({
      changed: true,
      counts: { subjects: 0, fixedValues: 1 },
    });
    expect(await imported("later.csv", csv)).toMatchObject({ changed: false });
  });
});

describe("formats", () => {
  const points = [
    ["id", "name", "lon", "lat", "beds"],
    ["P1", "Café North", "-0.1", "51.5", "1.5"],
    ["P2", "South", "-0.2", "51.4", "20"],
  ];
  const csv = (sign: string) => points.map((row) => row.join(sign)).join("\n");
  const expected = [
    { label: "P1", name: "Café North", beds: 1.5, x: -0.1, y: 51.5 },
    { label: "P2", name: "South", beds: 20, x: -0.2, y: 51.4 },
  ];
  const sheet = utils.aoa_to_sheet(
    points.map((row, index) => row.map((text, column) => (index > 0 && column > 1 ? Number(text) : text))),
  );
  const titled = utils.aoa_to_sheet([["Table 1: beds"], [], ...points]);
  const book = (type: "xlsx" | "ods" | "biff8") => {
    const made = utils.book_new(titled, "Notes");
    utils.book_append_sheet(made, sheet, "Points");
    return Buffer.from(writeBook(made, { type: "buffer", bookType: type }));
  };

  const files: readonly (readonly [string, () => string | Buffer, OwnFileOptions?])[] = [
    ["commas.csv", () => csv(",")],
    ["semicolons.csv", () => csv(";").replaceAll(".", ",")],
    ["tabs.tsv", () => csv("\t")],
    ["marked.csv", () => `\uFEFF${csv(",")}`],
    ["windows.csv", () => Buffer.from(csv(","), "latin1")],
    ["wide.csv", () => Buffer.from(`\uFEFF${csv(",")}`, "utf16le")],
    ["dos.txt", () => csv("|").replaceAll("\n", "\r\n")],
    ["titled.csv", () => `A title,,,,\n,,,,\n${csv(",")}\n`],
    ["packed.csv.gz", () => gzipSync(csv(","))],
    ["packed.zip", () => zipOf({ "readme.md": Buffer.from("x"), "data/points.csv": Buffer.from(csv(",")) })],
    ["book.xlsx", () => book("xlsx"), { sheet: "Points" }],
    ["book.ods", () => book("ods"), { sheet: "2" }],
    ["book.xls", () => book("biff8"), { sheet: "Notes" }],
  ];
  test.each(files)("%s", async (name, content, options = {}) => {
    const type = name.replace(/\W/g, "_");
    const report = await imported(name, content(), { ...options, as: type });
    expect(report.counts).toMatchObject({ subjects: 2, fixedValues: 2 });
    expect(
      await rows(`SELECT label, name, beds, ST_X(shape) AS x, ST_Y(shape) AS y FROM ${type} ORDER BY label`),
    ).toEqual(expected);
  });

  test.each(["parquet", "gpkg", "geojson", "shp"])("what DuckDB writes as .%s", async (ending) => {
    const path = join(folder.path, `made.${ending}`);
    const select =
      "SELECT 'P' || i AS id, 'Place ' || i AS \"name\", (i * 1.5)::DOUBLE AS beds, ST_Point(530600 + i, 185870) AS geom FROM range(3) t(i)";
    const drivers: Record<string, string> = { gpkg: "GPKG", geojson: "GeoJSON", shp: "ESRI Shapefile" };
    const how =
      ending === "parquet"
        ? "FORMAT parquet"
        : `FORMAT gdal, DRIVER '${drivers[ending]}'${ending === "geojson" ? "" : ", SRS 'EPSG:27700'"}`;
    const degrees = "ST_Transform(geom, 'EPSG:27700', 'OGC:CRS84', always_xy := true)";
    const plain = ending === "parquet" || ending === "geojson";
    await store.engine.run(
      `COPY (SELECT * ${plain ? `REPLACE (${degrees} AS geom)` : ""} FROM (${select})) TO '${path}' WITH (${how})`,
    );
    const report = await importDatasource(store, path, { as: `made_${ending}` });
    expect(report.counts).toMatchObject({ subjects: 3, fixedValues: 3 });
    const [first] = await rows(
      `SELECT label, name, beds, round(ST_X(shape), 6) AS x, round(ST_Y(shape), 6) AS y FROM made_${ending} ORDER BY label`,
    );
    expect(first).toMatchObject({ label: "P0", name: "Place 0", x: -0.117539, y: 51.556604 });
    expect(Number(first?.beds)).toBe(0);
  });
});

describe("what its user says", () => {
  test("columns, decimals, times, marks and headings", async () => {
    const csv = "Odd table\nkey;when;amount;rest\na;02/01/2020;1.500,5;x\nb;03/01/2020;gone;y\n";
    const report = await imported("said.csv", csv, {
      label: "key",
      when: "when",
      dates: "month/day/year",
      decimal: ",",
      missing: "gone",
      columns: "amount",
      header: 2,
      delimiter: ";",
      as: "said",
      access: "public",
    });
    expect(report).toMatchObject({
      access: "public",
      counts: { subjects: 2, timedValues: 1, fixedValues: 0 },
    });
    expect(
      await rows(
        "SELECT subject_label AS label, strftime(timestamp, '%Y-%m-%d') AS day, value FROM timed_values WHERE attribute = 'amount'",
      ),
    ).toEqual([{ label: "a", day: "2020-02-01", value: 1500.5 }]);
  });

  test("nothing: the first column names the rows when its texts are all different, else they are numbered", async () => {
    await imported("trees.csv", "tree,species\nT1,Oak\nT2,Oak\n", { as: "named" });
    expect(await rows("SELECT label FROM named ORDER BY label")).toEqual([{ label: "T1" }, { label: "T2" }]);
    await imported("oaks.csv", "species,girth\nOak,1\nOak,2\n", { as: "numbered" });
    expect(await rows("SELECT label FROM numbered ORDER BY label")).toEqual([
      { label: "oaks/1" },
      { label: "oaks/2" },
    ]);
  });

  test("metres of the national grid", async () => {
    await imported("grid.csv", "id,east,north\na,530600,185870\n", { x: "east", y: "north", as: "grid" });
    const [row] = await rows("SELECT round(ST_X(shape), 6) AS x, round(ST_Y(shape), 6) AS y FROM grid");
    expect(row).toEqual({ x: -0.117539, y: 51.556604 });
  });

  test("another name for the only column with values", async () => {
    const report = await imported("renamed.csv", "id,n\na,1\nb,2\n", { rename: "people=n" });
    expect(report.counts.fixedValues).toBe(2);
    expect(await rows("SELECT label, people FROM renamed ORDER BY label")).toEqual([
      { label: "a", people: 1 },
      { label: "b", people: 2 },
    ]);
    const { attributes } = store.catalogue();
    expect(attributes.find(({ label }) => label === "people")).toMatchObject({ values: "fixed" });
    expect(await rows("SELECT DISTINCT attribute FROM fixed_values WHERE subject_type = 'renamed'")).toEqual([
      { attribute: "people" },
    ]);
  });

  test("a number that stands for a missing one, and a place that is nowhere", async () => {
    const csv = "id,easting,northing,n\na,530600,185870,1\nb,1e300,1e300,-999\n";
    const report = await imported("nowhere.csv", csv, { missing: "-999", crs: "EPSG:27700" });
    expect(report).toMatchObject({
      counts: { subjects: 2, fixedValues: 1 },
      warnings: ["1 of 2 rows have no shape."],
    });
    expect(report.notes).toContain("1 value marked -999 taken as missing.");
  });

  test("nothing: records about people are sensitive, and the reason is told", async () => {
    const csv = "nhs number,beds\n9434765919,1\n9434765870,2\n";
    const report = await imported("people-list.csv", csv);
    expect(report.access).toBe("sensitive");
    expect(report.notes.at(-1)).toBe(
      'It looks like records about people (NHS numbers in "nhs number"), so it is sensitive; --access with --reason says otherwise. A record is taken for a person; --unit says otherwise.',
    );
    expect(
      store.datasets().find(({ manifest }) => manifest.title === "people-list.csv")?.manifest.access,
    ).toBe("sensitive");
    await expect(imported("people-list.csv", csv, { access: "internal" })).rejects.toThrow(
      'people-list.csv looks like records about people (NHS numbers in "nhs number"), so "internal" needs a reason, which is kept with the data. Write --reason "…", or leave --access out.',
    );
  });

  test("a guess about people that its owner overrules with a reason, which is kept, until he takes it back", async () => {
    const csv = "nhs number,beds\n9434765919,3\n9434765870,4\n";
    const stored = () => store.datasets().filter(({ manifest }) => manifest.title === "made-up.csv");
    await imported("made-up.csv", csv);
    const report = await imported("made-up.csv", csv, { access: "internal", reason: "numbers are made up" });
    expect(report).toMatchObject({ access: "internal", changed: true });
    expect(stored().map(({ manifest }) => manifest.overruled)).toEqual([
      {
        guess: 'looks like records about people (NHS numbers in "nhs number")',
        reason: "numbers are made up",
      },
    ]);
    const again = await imported("made-up.csv", csv, { access: "internal", reason: "numbers are made up" });
    expect(again.changed).toBe(false);
    expect((await imported("made-up.csv", csv)).access).toBe("sensitive");
    expect(stored().map(({ manifest: { access, overruled } }) => [access, overruled])).toEqual([
      ["sensitive", undefined],
    ]);
  });

  test("codes of areas that are not known are not quoted where the file is not public", async () => {
    await imported("towns.csv", "code,name\nE06000001,A\nE06000002,B\n", {
      as: "localAuthority",
      access: "public",
    });
    const report = await imported("by-town.csv", "code,n\nE06000001,1\nE06000002,2\nE06999999,3\n");
    expect(JSON.stringify(report.notes)).not.toContain("E06999999");
  });

  test("texts that are no times are not quoted where the file is not public", async () => {
    const csv = "code,when,n\nx,2020-01-01,1\ny,SMITH,2\n";
    const told = (options: OwnFileOptions) =>
      imported("visits.csv", csv, { label: "code", when: "when", ...options }).catch(String);
    expect(await told({})).toContain('"when" of visits.csv is not a time in one format.');
    expect(await told({})).not.toContain("2020-01-01");
    expect(await told({ access: "public" })).toContain('"2020-01-01"');
  });

  test.each(["internal", "public"] as const)("rows left out of %s data are told of", async (access) => {
    const importer: Importer = {
      id: `test/${access}`,
      version: 1,
      title: "Visits",
      doc: "Visits.",
      provider: { label: "test", name: "Test" },
      licence: "",
      attribution: "",
      access,
      unitOfRecord: undefined,
      datasources: [
        {
          id: "visits",
          name: "Visits",
          description: "Visits",
          url: null,
          subjectTypes: [{ label: "clinic", name: "Clinic" }],
          attributes: [{ label: "n", description: "n", values: "timed" }],
          files: [],
          rows: () => ({
            subjects: "SELECT 'x' AS label, 'X' AS name, NULL::GEOMETRY('OGC:CRS84') AS shape",
            timed: `SELECT * FROM (VALUES ('x', 'n', '2020', 1), ('x', 'n', 'SMITH', 2), ('E01999999', 'n', '2020', 3))
              AS rows(label, attribute, time, value)`,
          }),
        },
      ],
    };
    const { warnings } = await importDatasource(store, importer);
    expect(warnings).toEqual(
      access === "public"
        ? [
            'Values at 1 time were left out, because the time could not be read: "SMITH".',
            "1 area is not in the store, so its values were left out: E01999999.",
          ]
        : [
            "Values at 1 time were left out, because the time could not be read: row 2.",
            "1 area is not in the store, so its values were left out: row 3.",
          ],
    );
  });

  test.each<[string, OwnFileOptions, string | undefined]>([
    ["code,n\nE01000001,1\nE01000002,2\n", {}, "area"],
    ["ukprn,n\n1,1\n2,2\n", {}, "organisation"],
    ["household_id,n\nH1,1\nH2,2\n", {}, "household"],
    ["incident id,n\nA1,1\nB2,2\n", {}, "event"],
    ["pupil surname,n\nHill,1\nWood,2\n", {}, "person"],
    ["surname,count\nHill,1\nWood,2\n", {}, undefined],
    ["species,n\nOak,1\nElm,2\n", {}, undefined],
    ["species,n\nOak,1\nElm,2\n", { unit: "none" }, "none"],
  ])("what a record of %j is about", async (csv, options, unit) => {
    const title = `unit-${unit}-${csv.length}-${options.unit}.csv`;
    await imported(title, csv, options);
    const stored = store.datasets().find(({ manifest }) => manifest.title === title);
    expect(stored?.manifest.unitOfRecord).toBe(unit);
  });
});

describe("a file that cannot be imported is told of in a sentence", () => {
  test.each<[string, string | Buffer, OwnFileOptions, RegExp]>([
    ["empty.csv", "", {}, /empty\.csv is empty/],
    ["page.csv", "<!DOCTYPE html><html></html>", {}, /page\.csv is a web page, not a table/],
    ["notes.docx", "x", {}, /notes\.docx is of no kind that can be imported\. Known: \.csv/],
    ["cut.xlsx", "PK\x03\x04cut", {}, /cut\.xlsx/],
    ["head.csv", "a,b\n", {}, /head\.csv has 0 rows where at least 1 are expected/],
    ["none.zip", zipOf({ "a.exe": Buffer.from("x") }), {}, /none\.zip holds nothing that can be imported/],
    ["book2.xlsx", "not a zip", { sheet: "x" }, /book2\.xlsx/],
  ])("%s", async (name, content, options, message) => {
    const before = store.datasets().length;
    await expect(imported(name, content, options)).rejects.toThrow(message);
    expect(store.datasets()).toHaveLength(before);
  });
});

test("what values hang on is imported first, whatever importer it is of", async () => {
  writeFileSync(join(folder.path, "places.csv"), "place,title\nQ1,One\nQ2,Two\n");
  writeFileSync(join(folder.path, "rain.csv"), "place,rain\nQ1,5\nQ3,6\n");
  const places = {
    id: "mine/places",
    file: join(folder.path, "places.csv"),
    subjects: "spot",
    rows: "SELECT place AS label, title AS name FROM source",
  };
  addImporter(declareOwn(places));
  const rain = declareOwn({
    id: "mine/rain",
    file: join(folder.path, "rain.csv"),
    subjects: "none",
    rows: "SELECT place AS label, rain FROM source",
  });
  const [datasource] = rain.datasources;
  if (!datasource) throw new Error("no datasource");
  const { expect: _, ...values } = datasource;
  const hanging = {
    ...values,
    subjectTypes: [],
    valuesOf: [{ provider: "local", label: "spot" }],
    areas: ["mine/places"],
    rows: () => ({
      attributes: "SELECT 'rain' AS label, 'Rain' AS description",
      fixed: "SELECT place AS label, 'rain' AS attribute, rain AS value FROM source",
    }),
  };
  const report = await importDatasource(store, { ...rain, datasources: [hanging] });
  expect(report.counts).toMatchObject({ subjects: 0, fixedValues: 1 });
  expect(await rows("SELECT label, name, rain FROM spot ORDER BY label")).toEqual([
    { label: "Q1", name: "One", rain: 5 },
    { label: "Q2", name: "Two", rain: null },
  ]);
});

test("one's own CSV as an importer of a notebook cell", async () => {
  writeFileSync(
    join(folder.path, "trees.csv"),
    "tree,species,x,y,girth\nT1,Oak,530600,185870,2.5\nT2,Ash,530700,185870,1.5\n",
  );
  const trees = declareOwn({
    id: "mine/trees",
    file: join(folder.path, "trees.csv"),
    subjects: "tree",
    rows: `SELECT tree AS label, species AS name, girth,
      ST_Transform(ST_Point(x::DOUBLE, y::DOUBLE), 'EPSG:27700', 'EPSG:4326', always_xy := true) AS shape FROM source`,
    attributes: [{ label: "girth", description: "Girth at breast height", unit: "m", kind: "amount" }],
  });
  const report = await importDatasource(store, trees);
  expect(report).toMatchObject({ access: "internal", counts: { subjects: 2, fixedValues: 2 } });
  expect(await rows("SELECT name, girth, round(ST_X(shape), 5) AS x FROM tree ORDER BY label")).toEqual([
    { name: "Oak", girth: 2.5, x: -0.11754 },
    { name: "Ash", girth: 1.5, x: -0.1161 },
  ]);
  expect(await importDatasource(store, addImporter(trees).id)).toMatchObject({ changed: false });
  expect(() => addImporter({ ...trees, id: "london/boroughs" })).toThrow(
    'There is an importer "london/boroughs" already. Give it another id, such as mine/…',
  );
});
