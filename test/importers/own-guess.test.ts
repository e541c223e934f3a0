import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { openDuckDB } from "../../kernel/src/engine/duckdb.ts";
import type { Engine } from "../../kernel/src/engine/engine.ts";
import { quoteIdentifier, quoteLiteral } from "../../kernel/src/engine/quote.ts";
import { columnNames, findDelimiter, findHeader } from "../../kernel/src/importers/own/grid.ts";
import { type Guess, guessColumns } from "../../kernel/src/importers/own/guess.ts";
import {
  isNationalInsuranceNumber,
  isNhsNumber,
  looksPersonal,
} from "../../kernel/src/importers/own/looks-personal.ts";
import { MISSING_MARKS, numberSql, presentSql } from "../../kernel/src/importers/own/number-format.ts";
import type { OwnFileOptions } from "../../kernel/src/importers/own/options.ts";
import { profileColumns } from "../../kernel/src/importers/own/profile.ts";
import { rowsOf } from "../support/store.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await openDuckDB();
});
afterAll(() => engine.close());

type Columns = Readonly<Record<string, readonly string[]>>;

/** Puts columns of texts into the table `own_rows` and guesses what they are. */
async function guess(columns: Columns, options: OwnFileOptions = {}): Promise<Guess> {
  const names = Object.keys(columns);
  const length = Math.max(...Object.values(columns).map((texts) => texts.length));
  const rows = Array.from(
    { length },
    (_, row) => `(${[row, ...names.map((name) => quoteLiteral(columns[name]?.[row] ?? ""))].join(", ")})`,
  );
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE own_rows AS SELECT * FROM (VALUES ${rows.join(", ")}) t(${["position", ...names.map(quoteIdentifier)].join(", ")})`,
  );
  const profiles = await profileColumns(engine, "own_rows", names, {
    marks: MISSING_MARKS,
    decimal: options.decimal,
  });
  return guessColumns(profiles, options, { file: "file.csv", own: { hasShapes: false } });
}

const lsoas = ["E01000001", "E01000002", "E01033768"];

test("a number far down that is written otherwise, and marks among numbers, are seen", async () => {
  const many = Array.from({ length: 2500 }, (_, row) => `${row}.5`);
  const plain = await guess({ a: [...many, "..", ""] });
  expect(plain.values).toEqual([{ column: "a", marks: [".."], number: { decimal: ".", isPlain: true } }]);
  const grouped = await guess({ a: [...many, "1,234.5"] });
  expect(grouped.values).toEqual([{ column: "a", marks: [], number: { decimal: "." } }]);
  const text = await guess({ a: [...many, "many"] });
  expect(text.values).toEqual([{ column: "a", marks: [] }]);
});

test.each([
  ["visit", true],
  ["date_of_birth", false],
  ["DOB", false],
  ["Born on", false],
  ["birthday", false],
  ["adobe", true],
])("%s, a column of days, is the time of its rows: %p", async (name, isTime) => {
  const { time } = await guess({ id: ["a", "b"], [name]: ["1943-02-01", "1947-05-09"] });
  expect(time?.column).toBe(isTime ? name : undefined);
});

describe("the column with the labels", () => {
  test.each<[string, Columns, OwnFileOptions, Partial<Guess>]>([
    [
      "codes of areas",
      { lsoa11cd: lsoas, lsoa11nm: ["A", "B", "C"] },
      {},
      { label: "lsoa11cd", area: "lsoa", name: "lsoa11nm", is2021: false },
    ],
    ["codes of 2021", { code: ["E01000001", "E01035716", "W01002040"] }, {}, { area: "lsoa", is2021: true }],
    ["Welsh codes of 2011", { code: ["W01000001", "W01001958"] }, {}, { area: "lsoa", is2021: false }],
    ["middle areas", { "MSOA code": ["E02000001", "E02006934"] }, {}, { area: "msoa", is2021: false }],
    ["wards", { ward: ["E05000001", "W05000002", "S13002516"] }, {}, { area: "ward" }],
    [
      "local authorities",
      { la: ["E06000001", "E07000008", "E08000035", "E09000001", "W06000015", "S12000033"] },
      {},
      { area: "localAuthority" },
    ],
    ["regions", { Region: ["E12000001", "E12000007"] }, {}, { area: "region" }],
    ["lower case and blanks", { code: [" e01000001", "e01000002 "] }, {}, { area: "lsoa" }],
    [
      "the finest of several",
      { lad: ["E09000001", "E09000001", "E09000001"], lsoa: lsoas },
      {},
      { label: "lsoa", area: "lsoa" },
    ],
    [
      "one odd row in twenty",
      { code: [...Array.from({ length: 19 }, (_, i) => `E0100000${i % 10}`), "Total"] },
      {},
      { area: "lsoa" },
    ],
    [
      "no codes",
      { code: ["A1", "B2"], name: ["North", "South"] },
      {},
      { label: "code", area: undefined, name: "name" },
    ],
    [
      "postcodes",
      { postcode: ["LS1 4AP", "sw1a1aa"], beds: ["3", "4"] },
      {},
      { label: "postcode", postcodes: true },
    ],
    ["nothing", { beds: ["3", "4"], price: ["1", "2"] }, {}, { label: undefined, name: undefined }],
    [
      "what the user says",
      { code: lsoas, other: ["x", "y", "z"] },
      { label: "other" },
      { label: "other", area: undefined },
    ],
    ["what the user says, roughly", { "Area Code": lsoas }, { label: "area_code" }, { label: "Area Code" }],
    [
      "a code beside coordinates",
      { lsoa: ["E01000001", "E01000001"], lon: ["0.1", "0.2"], lat: ["51.1", "51.2"] },
      {},
      { label: undefined },
    ],
    [
      "one code a place",
      { lsoa: lsoas, lon: ["0.1", "0.2", "0.3"], lat: ["51.1", "51.2", "51.3"] },
      {},
      { label: "lsoa" },
    ],
  ])("%s", async (_name, columns, options, expected) => {
    expect(await guess(columns, options)).toMatchObject(expected);
  });

  test.each<[Columns, OwnFileOptions, string | RegExp]>([
    [{ code: ["a"] }, { label: "cod" }, 'file.csv has no column "cod". Did you mean "code"?'],
    [
      { a: ["1"], b: ["2"] },
      { x: "a" },
      "--x and --y belong together. Name the column of either coordinate.",
    ],
    [{ a: ["q"], b: ["2"] }, { x: "a", y: "b" }, /"a" and "b" of file\.csv are not coordinates/],
    [{ a: ["soon"] }, { when: "a" }, /"a" of file\.csv is not a time in one format\. Known: year; /],
    [
      { a: ["soon"] },
      { when: "a", access: "public" as const },
      /"a" of file\.csv is not a time in one format: "soon"\. Known: year; /,
    ],
    [
      { a: ["2001"] },
      { dates: "day-month-year" },
      /no format of times "day-month-year"\. Did you mean "day\/month\/year"/,
    ],
    [{ a: ["2001"] }, { columns: "a,b" }, /has no column "b"/],
  ])("%j %j", async (columns, options, message) => {
    await expect(guess(columns, options)).rejects.toThrow(message);
  });
});

describe("coordinates", () => {
  test.each<[string, Columns, OwnFileOptions, unknown]>([
    [
      "degrees",
      { Longitude: ["-0.1", "1.7"], Latitude: ["51.5", "52.6"] },
      {},
      { type: "point", x: "Longitude", crs: "EPSG:4326" },
    ],
    [
      "metres of the national grid",
      { Easting: ["530600", "394400"], Northing: ["185870", "809000"] },
      {},
      { type: "point", y: "Northing", crs: "EPSG:27700" },
    ],
    [
      "metres with thousands",
      { easting: ["530,600", "394,400"], northing: ["185,870", "809,000"] },
      {},
      { type: "point", crs: "EPSG:27700" },
    ],
    [
      "another system",
      { x: ["-8000", "10000"], y: ["6700000", "6710000"] },
      { crs: "EPSG:3857", x: "x", y: "y" },
      { crs: "EPSG:3857" },
    ],
    ["numbers that are none", { x: ["-8000000", "10000"], y: ["1", "6710000"] }, {}, undefined],
    [
      "well-known text",
      { shape: ["POINT (0 51)", "SRID=4326;POLYGON ((0 0, 1 0, 1 1, 0 0))"] },
      {},
      { type: "wkt", column: "shape" },
    ],
  ])("%s", async (_name, columns, options, place) => {
    const found = await guess(columns, options);
    if (place === undefined) expect(found.place).toBeUndefined();
    else expect(found).toMatchObject({ place });
  });
});

describe("numbers", () => {
  test.each<
    [string, readonly string[], { decimal: string; unit?: string } | undefined, readonly (number | null)[]]
  >([
    ["plain", ["1", "-2.5", "1e3", ".5"], { decimal: "." }, [1, -2.5, 1000, 0.5]],
    ["thousands", ["1,234", "56", "1,234,567.5"], { decimal: "." }, [1234, 56, 1234567.5]],
    ["decimal commas", ["1,5", "12,25", "3"], { decimal: "," }, [1.5, 12.25, 3]],
    ["thousands with points", ["1.234,5", "12"], { decimal: "," }, [1234.5, 12]],
    ["thousands with blanks", ["1 234", "12\u00a0345,5"], { decimal: "," }, [1234, 12345.5]],
    ["per cent", ["12%", "3.5 %"], { decimal: ".", unit: "%" }, [12, 3.5]],
    ["money", ["£1,200", "£15.50", "-£3"], { decimal: ".", unit: "GBP" }, [1200, 15.5, -3]],
    ["a minus sign", ["−4", "5"], { decimal: "." }, [-4, 5]],
    [
      "marks of missing values",
      ["1", "*", "..", "c", ":", "[x]", "N/A", "-", "2"],
      { decimal: "." },
      [1, null, null, null, null, null, null, null, 2],
    ],
    ["codes", ["007", "012"], undefined, []],
    ["texts", ["1", "two"], undefined, []],
    ["nothing but marks", ["*", ".."], undefined, []],
  ])("%s", async (_name, texts, format, numbers) => {
    const { values } = await guess({ n: texts });
    const { isPlain: _, ...found } = values[0]?.number ?? {};
    expect(found).toEqual(format ?? {});
    const number = values[0]?.number;
    if (!number) return;
    const sql = numberSql(presentSql("n", MISSING_MARKS), number);
    const rows = rowsOf(await engine.query(`SELECT ${sql} AS n FROM own_rows ORDER BY position`));
    expect(rows.map(({ n }) => n)).toEqual(numbers);
  });

  test("what could be either is as the user says", async () => {
    expect((await guess({ n: ["1,234"] })).values[0]?.number).toEqual({ decimal: "." });
    expect((await guess({ n: ["1,234"] }, { decimal: "," })).values[0]?.number).toEqual({ decimal: "," });
  });

  test("a unit in brackets is read from the heading", async () => {
    expect((await guess({ "Area (km²)": ["1.5"], "Name (long)": ["x"] })).values).toEqual([
      { column: "Area (km²)", number: { decimal: ".", isPlain: true }, unit: "km²", marks: [] },
      { column: "Name (long)", marks: [] },
    ]);
  });
});

describe("times", () => {
  test.each([
    ["Year", "2019", "year", "2019-12-31T23:59:59"],
    ["date", "2019-02-03", "year-month-day", "2019-02-03T00:00:00"],
    ["date", "2019-02-03T10:15:00Z", "year-month-day", "2019-02-03T10:15:00"],
    ["date", "03/02/2019", "day/month/year", "2019-02-03T00:00:00"],
    ["date", "3.2.2019 10:15", "day/month/year", "2019-02-03T10:15:00"],
    ["date", "02/28/2019", "month/day/year", "2019-02-28T00:00:00"],
    ["month", "2019-02", "year-month", "2019-02-28T23:59:59"],
    ["period", "Feb-19", "month and year", "2019-02-28T23:59:59"],
    ["period", "February 2019", "month and year", "2019-02-28T23:59:59"],
    ["date", "3 February 2019", "day, month and year", "2019-02-03T00:00:00"],
    ["quarter", "2019 Q3", "quarter of a year", "2019-09-30T23:59:59"],
    ["quarter", "Q1 2020", "quarter of a year", "2020-03-31T23:59:59"],
    ["year", "2014/15", "year to year", "2015-12-31T23:59:59"],
    ["year", "1999/00", "year to year", "2000-12-31T23:59:59"],
  ])("%s %s", async (heading, text, name, expected) => {
    const { time } = await guess({ code: ["a"], [heading]: [text] });
    expect(time).toMatchObject({ column: heading, format: { name } });
    const sql = time?.format.sql(quoteIdentifier(heading)) ?? "";
    const [row] = rowsOf(
      await engine.query(`SELECT strftime((${sql})::TIMESTAMP, '%Y-%m-%dT%H:%M:%S') AS at FROM own_rows`),
    );
    expect(row?.at).toBe(expected);
  });

  test("four digits are a year only when the heading says so", async () => {
    expect((await guess({ people: ["2019", "1950"] })).time).toBeUndefined();
  });

  test("a month before the day is as the user says", async () => {
    expect((await guess({ date: ["02/03/2019"] })).time?.format.name).toBe("day/month/year");
    expect((await guess({ date: ["02/03/2019"] }, { dates: "month/day/year" })).time?.format.name).toBe(
      "month/day/year",
    );
  });
});

describe("headings", () => {
  test.each<[string, (string | null)[][], number | undefined]>([
    [
      "in the first row",
      [
        ["a", "b"],
        ["1", "2"],
        ["3", "4"],
      ],
      0,
    ],
    [
      "below a title and a blank row",
      [
        ["Table 1", null, null],
        [null, null, null],
        ["code", "name", "2019"],
        ["x", "y", "3"],
        ["z", "w", "4"],
      ],
      2,
    ],
    [
      "none",
      [
        ["1", "2"],
        ["3", "4"],
      ],
      undefined,
    ],
    [
      "of texts alone",
      [
        ["code", "name"],
        ["a", "b"],
        ["c", "d"],
      ],
      0,
    ],
  ])("%s", (_name, rows, expected) => {
    expect(findHeader(rows)).toBe(expected);
  });

  test("are made whole", () => {
    expect(columnNames(["a", null, " A ", "two\nlines", "a"])).toEqual([
      "a",
      "column 2",
      "A 2",
      "two lines",
      "a 3",
    ]);
  });

  test.each([
    ["a,b\n1,2", ","],
    ["a;b\n1,5;2,5\n2,5;3", ";"],
    ["a\tb\n1\t2", "\t"],
    ["a|b\n1|2", "|"],
    ['"a;b",c\n"d;e",f', ","],
    ["alone\n1\n2", ","],
  ])("%j is parted by %j", (text, delimiter) => {
    expect(findDelimiter(text)).toBe(delimiter);
  });
});

describe("records about people", () => {
  // Numbers of the series that the National Health Service keeps for tests, and one with a wrong check digit.
  test.each([
    ["9434765919", true],
    ["943 476 5870", true],
    ["9434765918", false],
    ["0000000000", false],
    ["123456789", false],
  ])("%s is an NHS number: %s", (text, expected) => {
    expect(isNhsNumber(text)).toBe(expected);
  });

  test.each([
    ["QQ123456C", false],
    ["AB123456C", true],
    ["ab 12 34 56 d", true],
    ["GB123456A", false],
    ["AO123456A", false],
    ["AB123456E", false],
  ])("%s is a national insurance number: %s", (text, expected) => {
    expect(isNationalInsuranceNumber(text)).toBe(expected);
  });

  test.each<[Columns, RegExp | undefined]>([
    [{ nhs: ["9434765919", "9434765870"] }, /^NHS numbers in "nhs"$/],
    [{ ni: ["AB123456C"] }, /national insurance/],
    [{ UPRN: ["100023336956"] }, /property reference/],
    [{ DateOfBirth: ["1990-01-01"], Postcode: ["LS1 4AP"] }, /dates of birth and postcodes/],
    [{ surname: ["A"], first_name: ["B"] }, /names of people/],
    [{ contact: ["a@example.org", "b@example.org"] }, /e-mail/],
    [{ "Patient ID": ["1", "2"] }, /one row a person/],
    [{ who: ["Mr A Smith", "Mrs B Jones", "Dr C"] }, /names of people in "who"/],
    [{ name: ["A", "B"], age: ["4", "5"] }, /names of people in "name" beside "age"/],
    [{ born: ["1990-01-01"], home: ["LS1 4AP"] }, /dates of birth and postcodes in "born" and "home"/],
    [{ code: lsoas, population: ["1", "2", "3"] }, undefined],
    [{ name: ["Leeds"], "age total": ["4"] }, undefined],
    [{ name: ["School"], postcode: ["LS1 4AP"] }, undefined],
    [{ id: ["1000000000", "1000000001"] }, undefined],
  ])("%j", (columns, expected) => {
    const reason = looksPersonal(Object.entries(columns).map(([name, values]) => ({ name, values })));
    if (expected === undefined) expect(reason).toBeUndefined();
    else expect(reason?.sentence).toMatch(expected);
  });

  test("what a row is about", () => {
    expect(looksPersonal([{ name: "UPRN", values: ["100023336956"] }])?.unit).toBe("household");
    expect(looksPersonal([{ name: "ni", values: ["AB123456C"] }])?.unit).toBe("person");
  });
});
