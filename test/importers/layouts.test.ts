import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { utils, type WorkBook, write } from "@e965/xlsx";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { cachePath } from "../../kernel/src/importers/fetch/cache.ts";
import type { DatasourceRequest } from "../../kernel/src/importers/request.ts";
import { importDatasource } from "../../kernel/src/importers/run.ts";
import type { Store } from "../../kernel/src/store/store.ts";
import { rowsOf, temporaryFolder, temporaryStore } from "../support/store.ts";
import { zipOf } from "../support/zip.ts";
import { seed } from "./seeds.ts";

// Files of the layouts that the specification describes but that nobody recorded, made by hand.

const folder = temporaryFolder();
let store: Store & { remove(): void };
beforeAll(async () => {
  store = await temporaryStore();
  await seed(store, [
    "E01000001",
    "E02000001",
    "E05000371",
    "E09000001",
    "E09000002",
    "E09000019",
    "E08000035",
    "E12000001",
  ]);
});
afterAll(() => {
  store.remove();
  folder.remove();
});

type Cell = string | number | null;
type Sheets = readonly (readonly [name: string, rows: readonly (readonly Cell[])[]])[];

function book(sheets: Sheets, bookType: "xls" | "xlsx" | "ods"): Buffer {
  const made: WorkBook = utils.book_new();
  for (const [name, rows] of sheets)
    utils.book_append_sheet(made, utils.aoa_to_sheet(rows.map((row) => [...row])), name);
  return write(made, { type: "buffer", bookType });
}

/** Puts a file where the cache keeps what an address gave. */
function record(prefix: string, address: string, suffix: string, content: string | Uint8Array): void {
  const path = cachePath(folder.path, prefix, address, suffix);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

/** A row with values at some columns. */
function row(values: Readonly<Record<number, Cell>>): Cell[] {
  const last = Math.max(...Object.keys(values).map(Number));
  return Array.from({ length: last + 1 }, (_, index) => values[index] ?? null);
}

function load(importer: string, datasourceId: string, rest: Partial<DatasourceRequest> = {}) {
  const importerClass = `uk.org.tombolo.importer.${importer}`;
  const options = { cache: folder.path, offline: true, areas: false };
  return importDatasource(store, { importerClass, datasourceId, ...rest }, options);
}

async function timedOf(attribute: string, subject: string) {
  const found = await store.engine.query(
    `SELECT strftime(timestamp, '%Y-%m-%dT%H:%M:%S') AS time, round(value, 9) AS value FROM timed_values
      WHERE attribute = ? AND subject_label = ? ORDER BY timestamp`,
    { parameters: [attribute, subject] },
  );
  return rowsOf(found).map(({ time, value }) => [time, value]);
}

async function fixedOf(subject: string): Promise<Record<string, unknown>> {
  const found = await store.engine.query(
    "SELECT attribute, value FROM fixed_values WHERE subject_label = ?",
    {
      parameters: [subject],
    },
  );
  return Object.fromEntries(rowsOf(found).map(({ attribute, value }) => [String(attribute), value]));
}

test("wages: eleven workbooks in an archive, nine sheets each", async () => {
  const names = [
    "All",
    "Male",
    "Female",
    "Full-Time",
    "Part-Time",
    "Male Full-Time",
    "Male Part-Time",
    "Female Full-Time",
    "Female Part-Time",
  ];
  const titles = [
    ["8.1", "Weekly pay - Gross"],
    ["8.2", "Weekly pay - Excluding overtime"],
    ["8.3", "Basic Pay - Including other pay"],
    ["8.4", "Overtime pay"],
    ["8.5", "Hourly pay - Gross"],
    ["8.6", "Hourly pay - Excluding overtime"],
    ["8.7", "Annual pay - Gross"],
    ["8.8", "Annual pay - Incentive"],
    ["8.9", "Paid hours worked - Total"],
    ["8.10", "Paid hours worked - Basic"],
    ["8.11", "Paid hours worked - Overtime"],
  ];
  const files = titles.map(([number, title], table) => {
    const sheets = names.map((name, sheet): [string, Cell[][]] => [
      name,
      [
        ["Description", "Code", "Jobs", "Median", "change", "Mean"],
        ["City of London", "E09000001", 1, "x", 2, table * 100 + sheet + 0.5],
        ["Islington", "E09000019", 1, 300 + table, 2, "x"],
        ["Nowhere", "E09000099", 1, 1, 2, 1],
      ],
    ]);
    const workbook = book([...sheets, ["CV notes", [["x"]]]], "xls");
    return [`PROV - Home Geography Table ${number}a   ${title} 2016.xls`, workbook] as const;
  });
  record(
    "uk.gov.ons",
    "http://www.ons.gov.uk/file?uri=/employmentandlabourmarket/peopleinwork/earningsandworkinghours/datasets/placeofresidencebylocalauthorityashetable8/2016/table82016provisional.zip",
    ".zip",
    zipOf(Object.fromEntries(files)),
  );
  expect(await load("ons.ONSWagesImporter", "wages")).toMatchObject({ counts: { timedValues: 198 } });
  const end = "2016-12-31T23:59:59";
  expect(await timedOf("asheTable81aWeeklyPayGrossAllMean", "E09000001")).toEqual([[end, 0.5]]);
  expect(await timedOf("asheTable81aWeeklyPayGrossAllMedian", "E09000001")).toEqual([]);
  expect(await timedOf("asheTable811aPaidHoursWorkedOvertimeFemale-Part-TimeMean", "E09000001")).toEqual([
    [end, 1008.5],
  ]);
  expect(await timedOf("asheTable88aAnnualPayIncentiveFull-TimeMedian", "E09000019")).toEqual([[end, 307]]);
});

test("walking and cycling of the Active People Survey: an OpenDocument sheet", async () => {
  const figures = Object.fromEntries(
    [2, 7, 12, 17, 22].flatMap((first) => [0, 1, 2, 3].map((step) => [first + step, first + step + 0.5])),
  );
  const rows = [
    ["Table CW0105"],
    [],
    [],
    ["Proportion of residents who walk, by local authority, 2014/15"],
    ["Code", "Area"],
    row({ ...figures, 0: "E12000001", 1: "North East" }),
    row({ ...figures, 0: " E09000019 ", 1: "Islington", 3: "*" }),
    row({ ...figures, 0: "E12000001", 1: "North East" }),
  ];
  record(
    "uk.gov.dft",
    "https://www.gov.uk/government/uploads/system/uploads/attachment_data/file/536499/cw0105.ods",
    ".ods",
    book([["CW0105", rows]], "ods"),
  );
  await load("dft.ActivePeopleSurveyImporter", "activePeopleWalk");
  const end = "2015-12-31T23:59:59";
  expect(await timedOf("fractionWalk_1pm", "E12000001")).toEqual([[end, 0.025]]);
  expect(await timedOf("fractionWalkRecreation_more120mins", "E12000001")).toEqual([[end, 0.255]]);
  expect(await timedOf("fractionWalkUtility_5pw", "E09000019")).toEqual([[end, 0.155]]);
  expect(await timedOf("fractionWalk_1pw", "E09000019")).toEqual([]);
});

test("admissions to hospital: the eighth sheet", async () => {
  const notes: Sheets = Array.from({ length: 7 }, (_, index) => [`Sheet ${index}`, [["x"]]] as const);
  const rows = [
    [],
    [],
    [],
    row({ 4: "2014/15" }),
    [],
    row({ 0: "E09000002", 8: 618.273876163676, 9: 447.796613667083, 10: 781.257706535142 }),
    row({ 0: "E09000019", 8: 754.196262950731, 9: "*", 10: 1027.23987853339 }),
  ];
  record(
    "uk.digital.nhs",
    "https://digital.nhs.uk/media/28729/Statistics-on-Obesity-Physical-Activity-and-Diet-England-2016-Tables/Any/obes-phys-acti-diet-eng-2016-tab",
    ".xlsx",
    book([...notes, ["7", rows]], "xlsx"),
  );
  expect(await load("nhschoices.NHSAdmissionsImporter", "NHSAdmissionsObese")).toMatchObject({
    counts: { timedValues: 5 },
  });
  expect(await timedOf("admissions_all", "E09000002")).toEqual([["2014-12-31T23:59:59", 618.273876164]]);
  expect(await timedOf("admissions_male", "E09000019")).toEqual([]);
});

const SPORT = "http://activepeople.sportengland.org/Result/ExportTable";

test("weight by Sport England: authorities by name", async () => {
  const text = [
    "Adult weight",
    '"Barking and Dagenham","Islington","Leeds","a","b","c","d"',
    "",
    "third",
    "fourth",
    "fifth",
    ",,,2012 (Mid-January 2012 to Mid-January 2013),2013 (x),2014 (y)",
    "% Underweight,Geography,Barking and Dagenham,1.5%,*,3%",
    "% Healthy weight,Geography, Islington ,40.25%,41%,",
    "% Obese,Geography,Leeds,20%,21%,22%",
    "% Morbidly obese,Geography,Leeds,2%,2.1%,2.2%",
    "% Something else,Geography,Leeds,2%,2.1%,2.2%",
    "% Obese,Geography,Nowhere,20%,21%,22%",
    '"* Data unavailable, too few answers"',
  ].join("\r\n");
  record(
    "uk.gov.phe",
    `${SPORT}?Id=104519&TabDimension=2&RowDimension=1&ColDimension=4&SelectedTabs[0]=7&ValueMode=0`,
    ".csv",
    text,
  );
  const report = await load("phe.SportsEnglandImporter", "adultObesity");
  expect(report.counts.timedValues).toBe(2 + 2 + 3 + 3);
  expect(report.warnings.join()).toContain(
    '1 measure is not known, so the figures were left out: "% Something else"',
  );
  expect(await timedOf("fractionUnderweight", "E09000002")).toEqual([
    ["2012-12-31T23:59:59", 0.015],
    ["2014-12-31T23:59:59", 0.03],
  ]);
  expect((await timedOf("fractionHealthyWeight", "E09000019"))[0]).toEqual(["2012-12-31T23:59:59", 0.4025]);
  expect((await timedOf("fractionMorbidlyObese", "E08000035")).at(-1)).toEqual([
    "2014-12-31T23:59:59",
    0.022,
  ]);
});

test("activity by Sport England: measures by their whole name", async () => {
  const lines = ["one", "two", "three", "four", "five", ",,,2012,2013,2014"];
  const measures = ["Active", "Active - 150-599 MVPA", "Active - 600+ MVPA"];
  const rows = measures.map((measure, index) => `${measure},Geography,Islington,5${index}.9%,60%,61%`);
  const address = `${SPORT}?Id=130498&TabDimension=2&RowDimension=1&ColDimension=4&SelectedTabs[0]=15&ValueMode=0`;
  record("uk.gov.phe", address, ".csv", [...lines, ...rows].join("\n"));
  expect(await load("phe.SportsEnglandImporter", "MVPA")).toMatchObject({ counts: { timedValues: 9 } });
  expect((await timedOf("fractionActive", "E09000019"))[0]).toEqual(["2012-12-31T23:59:59", 0.509]);
  expect((await timedOf("fractionActive600PlusMVPA", "E09000019"))[0]).toEqual([
    "2012-12-31T23:59:59",
    0.529,
  ]);
});

describe("childhood obesity", () => {
  const uploads =
    "https://assets.publishing.service.gov.uk/government/uploads/system/uploads/attachment_data/file";
  test.each([
    ["childhoodObesityLA", "610203/NCMP_data_LA_and_England.xlsx", 0, 1, 2, "E08000035"],
    ["childhoodObesityMSOA", "610199/NCMP_data_MSOA.xlsx", 0, 1, 4, "E02000001"],
    ["childhoodObesityWard", "652653/NCMP_data_Ward.xlsx", 1, 2, 5, "E05000371"],
  ])("%s", async (id, file, code, period, first, subject) => {
    const periods = ["2008/09 to 2010/11", "2011/12 to 2013/14"];
    const names = ["Reception_ExcessWeight", "Reception_Obese", "Year6_ExcessWeight", "Year6_Obese"];
    const sheets = names.map((name, sheet): [string, Cell[][]] => {
      const headings: Record<number, Cell> = {};
      const figures: Record<number, Cell> = { [code]: subject };
      const heads: Record<number, Cell> = {};
      periods.forEach((text, block) => {
        const start = first + 5 * block;
        heads[start] = text;
        ["Number", "Measured", "%", "LCI", "UCI"].forEach((heading, offset) => {
          headings[start + offset] = heading;
          figures[start + offset] = 10 * sheet + block + offset / 10;
        });
      });
      // The first block of the second sheet is held back from the lower limit on.
      if (sheet === 1) figures[first + 3] = "s";
      const rows: Cell[][] = Array.from({ length: period }, () => ["title"]);
      return [name, [...rows, row(heads), row(headings), row(figures), row({ [code]: "X" })]];
    });
    record("uk.gov.phe", `${uploads}/${file}`, ".xlsx", book([["Notes", [["x"]]], ...sheets], "xlsx"));
    const report = await load("phe.ChildhoodObesityImporter", id);
    expect(report.counts.timedValues).toBe(24 - 2);
    expect(await timedOf("Reception_ExcessWeight_%", subject)).toEqual([
      ["2011-12-31T23:59:59", 0.002],
      ["2014-12-31T23:59:59", 0.012],
    ]);
    expect(await timedOf("Reception_Obese_UCI", subject)).toEqual([["2014-12-31T23:59:59", 0.114]]);
    expect((await timedOf("Year6_Obese_LCI", subject)).at(-1)).toEqual(["2014-12-31T23:59:59", 0.313]);
  });
});

test("public health outcomes: periods of every form, sexes and ages apart", async () => {
  const heads = [
    "Indicator",
    "Time Period",
    "Parent Code",
    "Parent Name",
    "Area Code",
    "Area Name",
    "Value",
    "LCI",
    "UCI",
    "Count",
    "Denominator",
    "Sex",
    "Age",
  ];
  const line = (indicator: string, period: string, value: Cell, sex: string, age: string) => [
    indicator,
    period,
    "E12000007",
    "London",
    "E09000019",
    "Islington",
    value,
    1,
    2,
    3,
    4,
    sex,
    age,
  ];
  const rows = [
    heads,
    line("0.1i - Healthy life expectancy", "2009 - 11", 60.5, "Male", "All ages"),
    line("0.1i - Healthy life expectancy", "2009 - 11", 61.5, "Female", "All ages"),
    line("1.15i - Homelessness", "2013/14", 5, "Persons", "All ages"),
    line("1.15i - Homelessness", "2012", 4, "Persons", "All ages"),
    line("1.15i - Homelessness", "2012/13", 6, "Persons", "All ages"),
    line("1.15i - Homelessness", "2014", 7, "Persons", "All ages"),
    line("1.15i - Homelessness", "2012 - 14", 8, "Persons", "All ages"),
    line("1.16 - Outdoor space", "Mar 2011 - Feb 2012", 9.5, "Persons", "16+ yrs"),
    line("1.13 - Re-offending", "2009/10 - 11/12", 0.25, "Persons", "All ages"),
    line("1.13 - Re-offending", "some day", 0.25, "Persons", "All ages"),
    line("1.13 - Re-offending", "2014", null, "Persons", "All ages"),
  ];
  const others: Sheets = ["Read me", "Metadata", "England"].map((name) => [name, [["x"]]] as const);
  record(
    "uk.gov.london",
    "https://files.datapress.com/london/dataset/public-health-outcomes-framework-indicators/2015-11-10T12:05:53/phof-indicators-data-london-borough.xlsx",
    ".xlsx",
    book([...others, ["County & UA", rows]], "xlsx"),
  );
  const report = await load("londondatastore.LondonPHOFImporter", "phofIndicatorsLondonBorough");
  expect(report.counts.timedValues).toBe(9);
  expect(report.warnings.join()).toContain('"some day"');
  expect(await timedOf("0.1i - Healthy life expectancy (Female)", "E09000019")).toEqual([
    ["2011-12-31T23:59:59", 61.5],
  ]);
  expect(await timedOf("0.1i - Healthy life expectancy (Male)", "E09000019")).toEqual([
    ["2011-12-31T23:59:59", 60.5],
  ]);
  // Of the periods that end together the kind that most figures have goes without saying, the first in the alphabet where two are as common.
  expect(await timedOf("1.15i - Homelessness (1 year)", "E09000019")).toEqual([
    ["2013-12-31T23:59:59", 6],
    ["2014-12-31T23:59:59", 5],
  ]);
  expect(await timedOf("1.15i - Homelessness", "E09000019")).toEqual([
    ["2012-12-31T23:59:59", 4],
    ["2014-12-31T23:59:59", 7],
  ]);
  expect(await timedOf("1.15i - Homelessness (3 calendar years)", "E09000019")).toEqual([
    ["2014-12-31T23:59:59", 8],
  ]);
  expect(await timedOf("1.16 - Outdoor space", "E09000019")).toEqual([["2012-02-29T23:59:59", 9.5]]);
  expect(await timedOf("1.13 - Re-offending", "E09000019")).toEqual([["2012-12-31T23:59:59", 0.25]]);
});

test("stations: XML with a byte order mark, whatever the keys are", async () => {
  const station = (id: string, name: string, place: string, lines: string[]) =>
    `<station id="${id}" type="tube"><name>Not this</name><servingLines>${lines.map((line) => `<servingLine>${line}</servingLine>`).join("")}</servingLines>
     <Placemark><name>\n ${name} </name><Point><coordinates>${place}</coordinates></Point></Placemark></station>`;
  const text = `\uFEFF<?xml version="1.0"?><Root><Header><PublishDateTime canonical="2010-02-04 11:54:08:000">x</PublishDateTime></Header><stations>
    ${station("1000001", "Acton Town &amp; more", "-.280251,51.503071,0", ["District", "Piccadilly"])}
    ${station("1000002", "Aldgate", "-0.0757,51.5143,0", [])}
    ${station("1000001", "Acton Town &amp; more", "-.280251,51.503071,0", ["District", "Piccadilly"])}</stations></Root>`;
  record("uk.gov.tfl", "https://data.tfl.gov.uk/tfl/syndication/feeds/stations-facilities.xml", ".xml", text);
  expect(await load("tfl.TfLStationsImporter", "StationList")).toMatchObject({
    counts: { subjects: 2, timedValues: 2 },
  });
  const [found] = rowsOf(
    await store.engine.query(
      "SELECT name, ST_X(shape) AS x, ST_Y(shape) AS y FROM subjects WHERE label = 'tfl:station:tube:1000001'",
    ),
  );
  expect(found).toEqual({ name: "Acton Town & more", x: -0.280251, y: 51.503071 });
  expect(await timedOf("ServingLineCount", "tfl:station:tube:1000001")).toEqual([["2010-02-04T11:54:08", 2]]);
  expect(await timedOf("ServingLineCount", "tfl:station:tube:1000002")).toEqual([["2010-02-04T11:54:08", 0]]);
});

test("surgeries: blank and exponent coordinates, a known defect told", async () => {
  const entry = (id: string, longitude: string, latitude: string) => ({
    organisation_id: id,
    organisation_name: `Surgery ${id}`,
    longitude,
    latitude,
  });
  const result = [
    entry("2915", "-2.2547", "53.4839"),
    entry("3", "-8.8975295424461365E-2", "51.5"),
    entry("4", "", ""),
  ];
  record(
    "uk.nhs",
    "https://data.gov.uk/data/api/service/health/sql?query=SELECT%20*%20FROM%20gp_surgeries%3B",
    ".json",
    JSON.stringify({ success: true, result }),
  );
  const report = await load("nhschoices.HealthOrganisationImporter", "gpSurgeries");
  expect(report.counts.subjects).toBe(3);
  expect(report.warnings.join()).toContain("known to have wrong entries");
  const found = await store.engine.query(
    "SELECT label, ST_X(shape) AS x FROM subjects WHERE subject_type = 'gpSurgeries' ORDER BY label",
  );
  expect(rowsOf(found)).toEqual([
    { label: "2915", x: -2.2547 },
    { label: "3", x: -0.088975295424461365 },
    { label: "4", x: null },
  ]);
});

describe("tweets", () => {
  const tweet = (id: string, geo: [number, number] | null) => ({
    id: Number(id),
    id_str: id,
    text: `tweet ${id}`,
    created_at: "Mon Sep 24 03:35:21 +0000 2012",
    source: '<a href="http://example.com">app</a>',
    geo: geo && { type: "Point", coordinates: geo },
    user: {
      screen_name: "jane doe",
      description: null,
      location: "Here",
      followers_count: 70,
      friends_count: 110,
      utc_offset: null,
      created_at: "Mon Apr 26 06:01:55 +0000 2010",
    },
  });
  const search = JSON.stringify(
    { statuses: [tweet("250", [51.5197, -0.151667]), tweet("251", null)] },
    null,
    1,
  );
  const stream = `${JSON.stringify(tweet("300", [51.5, -0.1]))}\nnot a tweet\n${JSON.stringify(tweet("301", null))}\n`;

  test.each([
    ["search.json", search, "250", 2],
    ["stream.json", stream, "300", 2],
    ["stream.json.gz", gzipSync(stream), "300", 2],
  ])("%s", async (name, content, first, count) => {
    const path = join(folder.path, name);
    writeFileSync(path, content);
    const report = await load("twitter.TwitterImporter", "twitter", { localData: [path] });
    expect(report).toMatchObject({ access: "sensitive", counts: { subjects: count } });
    expect(report.warnings.filter((sentence) => sentence.includes("no tweet was"))).toHaveLength(
      name.startsWith("search") ? 0 : 1,
    );
    const values = await fixedOf(first);
    expect(values).toMatchObject({
      user: "jane doe",
      followers: "70",
      following: "110",
      id: first,
      timestamp: "Mon Sep 24 03:35:21 UTC 2012",
      account_creation: "Mon Apr 26 06:01:55 UTC 2010",
      retweet: "false",
      source: '<a href="http://example.com">app</a>',
    });
    expect(values).not.toHaveProperty("utc_offset");
    if (first === "250")
      expect(values["coordinates"]).toBe("GeoLocation{latitude=51.5197, longitude=-0.151667}");
    const [found] = rowsOf(
      await store.engine.query("SELECT name FROM subjects WHERE label = ?", { parameters: [first] }),
    );
    expect(found).toEqual({ name: `jane_doe_${first}` });
  });

  test("cannot be fetched", async () => {
    await expect(load("twitter.TwitterImporter", "twitter")).rejects.toThrow(
      /^Tweets cannot be fetched\. .*--local/,
    );
  });
});

describe("general CSV", () => {
  const text = `LSOA,lat(north),long(east),attribute1,attribute2
E01000001,53.482330322265625,-2.8906469345092773,value01,value10
E01000002,185870,530600,value1,
`;
  const settings = (changes: Readonly<Record<string, string>>) => {
    const all = {
      file_location: join(folder.path, "general.csv"),
      subjectIDIndex: "0",
      existingSubject: "no",
      provider: "general.csv.provider",
      subject_type_provider: "subject.type.provider",
      subject_type_label: "plot",
      geography_projection: "EPSG:4326",
      "longitude(easting)Index": "2",
      "latitude(northing)Index": "1",
      ...changes,
    };
    const path = join(folder.path, "config.properties");
    writeFileSync(
      path,
      Object.entries(all)
        .map(([key, value]) => `${key}=${value.replaceAll("\\", "\\\\")}\n`)
        .join(""),
    );
    return path;
  };
  const general = (changes: Readonly<Record<string, string>>, id = "datasourceGeneral.csv.provider") => {
    writeFileSync(join(folder.path, "general.csv"), text);
    return load("generalcsv.GeneralCSVImporter", id, { configFile: settings(changes) });
  };
  const place = async (label: string, type: string) => {
    const found = await store.engine.query(
      "SELECT ST_X(shape) AS x, ST_Y(shape) AS y FROM subjects WHERE label = ? AND subject_type = ?",
      {
        parameters: [label, type],
      },
    );
    return rowsOf(found)[0];
  };

  test("makes subjects with points, and leaves the coordinates out", async () => {
    expect(await general({})).toMatchObject({
      access: "internal",
      counts: { subjects: 2, fixedValues: 4, timedValues: 0 },
    });
    expect(await place("E01000001", "plot")).toEqual({ x: -2.8906469345092773, y: 53.482330322265625 });
  });

  test("reads eastings and northings", async () => {
    await general({ geography_projection: "EPSG:27700", subject_type_label: "grid" });
    const found = await place("E01000002", "grid");
    expect(found?.["x"]).toBeCloseTo(-0.117539388132, 7);
    expect(found?.["y"]).toBeCloseTo(51.5566037738, 7);
  });

  test("without a projection keeps every column as text", async () => {
    const report = await general({ geography_projection: "", subject_type_label: "bare" });
    expect(report.counts).toEqual({ subjects: 2, fixedValues: 8, timedValues: 0 });
    expect(await fixedOf("E01000001")).toMatchObject({
      "lat(north)": "53.482330322265625",
      attribute2: "value10",
    });
  });

  test("gives values to subjects that are there, and warns of the others", async () => {
    const report = await general({
      existingSubject: "YES",
      subject_type_provider: "uk.gov.ons",
      subject_type_label: "lsoa",
      geography_projection: "",
    });
    expect(report).toMatchObject({ changed: true, counts: { subjects: 0, fixedValues: 4 } });
    expect(report.warnings).toEqual([
      "1 row was left out, because the store has no lsoa of that label: row 3.",
    ]);
  });

  test.each([
    [{ provider: "" }, /is empty at provider/],
    [{ subjectIDIndex: "x" }, /subjectIDIndex in the settings file is a column's number/],
    [{ existingSubject: "maybe" }, /existingSubject in the settings file is yes or no/],
    [{ subjectIDIndex: "9" }, /has no column 9/],
    [{ geography_projection: "WGS84" }, /is a code such as EPSG:4326/],
  ])("%j", async (changes, message) => {
    await expect(general(changes)).rejects.toThrow(message);
  });

  test("needs its id and its settings", async () => {
    await expect(general({}, "datasourceOther")).rejects.toThrow(/^Unknown DatasourceId: datasourceOther/);
    await expect(load("generalcsv.GeneralCSVImporter", "datasourceX")).rejects.toThrow(
      /needs a settings file/,
    );
  });
});

describe("what cannot run any more explains itself", () => {
  test.each([
    [
      "spacesyntax.OpenSpaceNetworkImporter",
      "milton_keynes.osm_polyline_processed",
      /cannot be fetched\. Its database was private/,
    ],
    ["spacesyntax.OpenSpaceNetworkImporter", "nothing", /^Unknown DatasourceId: nothing/],
    ["PythonImporter", "anything", /there is no bridge to Python/],
    ["dft.TrafficCountImporter", "trafficCounts", /^Missing geography scope/],
    ["dft.TrafficCountImporter", "nope", /^Unknown DatasourceId: nope/],
  ])("%s %s", async (importer, id, message) => {
    await expect(load(importer, id)).rejects.toThrow(message);
  });

  test("a scope that is not known", async () => {
    await expect(
      load("dft.TrafficCountImporter", "trafficCounts", { geographyScope: ["Londn"] }),
    ).rejects.toThrow('Unknown Geography Scope: Londn. Did you mean "London" or "City of London"?');
    await expect(
      load("londondatastore.LondonLonelinessImporter", "lonelinessPrevalence", { geographyScope: ["ward"] }),
    ).rejects.toThrow(/^Unknown Geography Scope: ward/);
  });

  test("the feed of stations without keys and without a copy", async () => {
    const empty = temporaryFolder();
    const options = {
      cache: empty.path,
      folder: empty.path,
      patience: { attempts: 1, firstWait: 1, stall: 1000 },
    };
    const request = {
      importerClass: "uk.org.tombolo.importer.tfl.TfLStationsImporter",
      datasourceId: "StationList",
    };
    await expect(importDatasource(store, request, { ...options, force: true })).rejects.toThrow(
      /^Property apiIdTfl not defined/,
    );
    writeFileSync(join(empty.path, "apikeys.properties"), "apiIdTfl=one\n");
    await expect(importDatasource(store, request, { ...options, force: true })).rejects.toThrow(
      /^Property apiKeyTfl not defined/,
    );
    empty.remove();
  });
});
