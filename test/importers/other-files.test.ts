import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { utils, write } from "@e965/xlsx";
import { afterAll, describe, expect, test } from "@jest/globals";
import { cachePath } from "../../kernel/src/importers/fetch/cache.ts";
import type { DatasourceRequest } from "../../kernel/src/importers/request.ts";
import { importDatasource } from "../../kernel/src/importers/run.ts";
import { rowsOf, temporaryFolder, temporaryStore } from "../support/store.ts";
import { seed } from "./seeds.ts";

// Files in the layouts of the specification that differ from those recorded: other rows, other orders, odd texts.

const folder = temporaryFolder();
afterAll(() => folder.remove());

type Cell = string | number | null;
type Value = readonly [subject: string, attribute: string, time: string, value: number];

interface Other {
  readonly importer: string;
  readonly datasource: string;
  readonly request?: Partial<DatasourceRequest>;
  readonly prefix: string;
  readonly address: string;
  readonly suffix: string;
  readonly content: string | Uint8Array;
  readonly seeds?: readonly string[];
  readonly timed: readonly Value[];
  readonly warnings?: readonly string[];
}

const end = (year: number) => `${year}-12-31T23:59:59`;
const UPLOADS = "https://www.gov.uk/government/uploads/system/uploads/attachment_data/file";
const SPORT = "http://activepeople.sportengland.org/Result/ExportTable";
const ERG = "http://api.erg.kcl.ac.uk/AirQuality/Annual/MonitoringObjective";
const NOMIS = "https://www.nomisweb.co.uk/api/v01/dataset";

function book(
  type: "xls" | "xlsx" | "ods",
  sheets: readonly (readonly [string, readonly (readonly Cell[])[]])[],
) {
  const made = utils.book_new();
  for (const [name, rows] of sheets)
    utils.book_append_sheet(made, utils.aoa_to_sheet(rows.map((row) => [...row])), name);
  const bytes: Buffer = write(made, { type: "buffer", bookType: type });
  return bytes;
}

const site = (code: string, objective: unknown) => ({
  "@SiteCode": code,
  "@SiteName": `Site ${code}`,
  "@Latitude": "51.5",
  "@Longitude": "-0.1",
  Objective: objective,
});

const objective = (species: string, name: string, value: string) => ({
  "@SpeciesCode": species,
  "@Year": "2016",
  "@ObjectiveName": name,
  "@Value": value,
});

const indicator = (period: string, value: Cell) => {
  const area = ["E12000007", "London", "E09000019", "Islington"];
  return ["2.0 - Any", period, ...area, value, 1, 2, 3, 4, "Persons", "All ages"];
};

/** Twenty figures with a blank column after each four, as the Active People Survey has them. */
const survey = (code: string, first: number) => {
  const figures = Array.from({ length: 24 }, (_, index) => (index % 5 === 4 ? null : first + index));
  return [code, "name", ...figures];
};

const others: readonly Other[] = [
  {
    // What stands above the table differs in length, and a blank line may hold commas.
    importer: "phe.SportsEnglandImporter",
    datasource: "adultObesity",
    prefix: "uk.gov.phe",
    address: `${SPORT}?Id=104519&TabDimension=2&RowDimension=1&ColDimension=4&SelectedTabs[0]=7&ValueMode=0`,
    suffix: ".csv",
    content:
      '\uFEFF"Active People Survey"\r\n\r\n"Geography: Islington, Leeds"\r\n,,,,\r\n""\r\n,,,"2013 (Mid-January)","2014 (x)","2015 (x)"\r\n"Underweight (BMI <18.5)","Geography"," Islington ","1.9%","*","2%"\r\n"Morbidly obese","Geography","Islington","1%",,""\r\n"* Data unavailable, not asked"\r\n',
    seeds: ["E09000019"],
    timed: [
      ["E09000019", "fractionMorbidlyObese", end(2013), 0.01],
      ["E09000019", "fractionUnderweight", end(2013), 0.019],
      ["E09000019", "fractionUnderweight", end(2015), 0.02],
    ],
  },
  {
    importer: "dft.ActivePeopleSurveyImporter",
    datasource: "activePeopleCycle",
    prefix: "uk.gov.dft",
    address: `${UPLOADS}/536501/cw0104.ods`,
    suffix: ".ods",
    content: book("ods", [
      [
        "CW0104",
        [
          ["a"],
          [],
          ["b"],
          ["Proportion who cycle, England, 2012/13 "],
          ["Code"],
          survey(" E09000019 ", 10),
          ["Notes"],
        ],
      ],
      ["Other", [["x"]]],
    ]),
    seeds: ["E09000019"],
    timed: ["", "Recreation", "Utility"]
      .flatMap((purpose, block) =>
        ["1pm", "1pw", "3pw", "5pw"].map((often, index) => [purpose, often, 5 * block + index] as const),
      )
      .concat(
        ["", "Recreation"].flatMap((purpose, block) =>
          ["less30mins", "less60mins", "less120mins", "more120mins"].map(
            (long, index) => [purpose, long, 15 + 5 * block + index] as const,
          ),
        ),
      )
      .map(
        ([purpose, step, place]): Value => [
          "E09000019",
          `fractionCycle${purpose}_${step}`,
          end(2013),
          (10 + place) / 100,
        ],
      ),
  },
  {
    importer: "londondatastore.LondonPHOFImporter",
    datasource: "phofIndicatorsLondonBorough",
    prefix: "uk.gov.london",
    address:
      "https://files.datapress.com/london/dataset/public-health-outcomes-framework-indicators/2015-11-10T12:05:53/phof-indicators-data-london-borough.xlsx",
    suffix: ".xlsx",
    content: book("xlsx", [
      ["a", [["x"]]],
      ["b", [["x"]]],
      ["c", [["x"]]],
      [
        "County & UA",
        [
          ["Indicator", "Time Period", "", "", "Area Code", "", "Value", "", "", "", "", "Sex", "Age"],
          ...(
            [
              ["1999 - 01", 1],
              ["2003/04 - 2005/06", 2],
              ["2007-09", 3],
              ["Jul 2013 to Jun 2014", 4],
              ["Aug 2012", 5],
              ["2014 Q1", 6],
              ["2012/13 Q1", 7],
              ["2012/13 Q4", 8],
              ["2013-04", 9],
            ] as const
          ).map(([period, value]) => indicator(period, value)),
        ],
      ],
    ]),
    seeds: ["E09000019"],
    timed: (
      [
        [end(2001), 1],
        [end(2006), 2],
        [end(2009), 3],
        ["2014-06-30T23:59:59", 4],
        ["2012-08-31T23:59:59", 5],
        ["2014-03-31T23:59:59", 6],
        ["2012-06-30T23:59:59", 7],
        ["2013-03-31T23:59:59", 8],
      ] as const
    ).map(([time, value]) => ["E09000019", "2.0 - Any", time, value]),
    warnings: ['Figures of 1 period were left out, such as "2013-04": the period cannot be read.'],
  },
  {
    // A group with one site has it outside a list, and an objective too.
    importer: "lac.LAQNImporter",
    datasource: "airQualityControl",
    request: { geographyScope: ["Camden", "ignored"], temporalScope: ["2016"] },
    prefix: "uk.lac",
    address: `${ERG}/GroupName=Camden/Year=2016/json`,
    suffix: ".json",
    content: JSON.stringify({
      SiteObjectives: { Site: site("CD1", objective("PM25", "25 ug/m3 as an annual mean", "12.5")) },
    }),
    timed: [["CD1", "PM25 25 ug/m3 as an annual mean", end(2016), 12.5]],
  },
  {
    importer: "ons.CensusImporter",
    datasource: "QS416EW",
    request: { geographyScope: ["localAuthority", "parish"] },
    prefix: "uk.gov.ons",
    address: `${NOMIS}/nm_548_1.bulk.csv?time=latest&measures=20100&rural_urban=total&geography=TYPE463`,
    suffix: ".csv",
    content:
      '\uFEFFgeography code,Rural Urban,date,"Cars: 1, or so; measures: Value",geography\r\nE08000035,Total,2011,"1,234","Leeds, city"\r\n\r\nE09000019,Total,2011,,x\r\n',
    seeds: ["E08000035", "E09000019"],
    timed: [["E08000035", "Cars: 1, or so", end(2011), 1234]],
    warnings: ["The census has no table for parish."],
  },
];

describe.each(others)("$importer $datasource", (other) => {
  const { importer, datasource: datasourceId, request, seeds = [], timed, warnings = [] } = other;

  test("as the specification says", async () => {
    const path = cachePath(folder.path, other.prefix, other.address, other.suffix);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, other.content);
    const store = await temporaryStore();
    try {
      await seed(store, seeds);
      const wanted = { importerClass: `uk.org.tombolo.importer.${importer}`, datasourceId, ...request };
      const report = await importDatasource(store, wanted, {
        cache: folder.path,
        offline: true,
        areas: false,
      });
      expect(report.warnings).toEqual(warnings);
      const found = await store.engine.query(
        `SELECT subject_label, attribute, strftime(timestamp, '%Y-%m-%dT%H:%M:%S') AS time, round(value, 9) AS value
          FROM timed_values ORDER BY ALL`,
      );
      const values = rowsOf(found).map(({ subject_label, attribute, time, value }) => [
        subject_label,
        attribute,
        time,
        value,
      ]);
      expect(values).toEqual(
        [...timed].sort((first, second) => (first.join("\t") < second.join("\t") ? -1 : 1)),
      );
    } finally {
      store.remove();
    }
  });
});

describe("files of this machine in the place of the publisher's", () => {
  const options = { cache: join(folder.path, "empty"), offline: true, folder: folder.path };
  const cars = {
    importerClass: "ons/census",
    datasourceId: "qs416ew",
    geographyScope: ["localAuthority"],
  };
  const table = "geography code,Cars: None; measures: Value\nE08000035,12\n";

  test("are read, and the values hang on the areas that the store has", async () => {
    writeFileSync(join(folder.path, "cars.csv"), table);
    const store = await temporaryStore();
    try {
      await seed(store, ["E08000035"]);
      const report = await importDatasource(store, { ...cars, localData: ["cars.csv"] }, options);
      expect(report.counts.timedValues).toBe(1);
      expect(report.warnings).toEqual([
        expect.stringMatching(/not in the cache.* The values hang on the areas that the store has\.$/),
      ]);
    } finally {
      store.remove();
    }
  });

  test.each([
    ["areas nowhere", ["cars.csv"], /is not in the cache, and nothing is fetched offline/],
    ["too many", ["cars.csv", "more.csv"], /is made of 1 file, and 2 are named/],
    ["none", ["nothing.csv"], /^There is no file /],
  ])("%s", async (what, localData, message) => {
    const store = await temporaryStore();
    try {
      if (what !== "areas nowhere") await seed(store, ["E08000035"]);
      await expect(importDatasource(store, { ...cars, localData }, options)).rejects.toThrow(message);
    } finally {
      store.remove();
    }
  });

  test.each([
    [
      "dft/aadf",
      "aadf",
      "aadf.csv",
      "year,new,count_point_id,longitude,latitude,all_motor_vehicles,pedal_cycles\n2020,x,7,-0.1,51.5,100,5\n",
      { subjects: 1, timedValues: 2 },
    ],
    [
      "police/crimes",
      "crimes",
      "crimes.json",
      '[{"id": 5, "category": "burglary", "month": "2024-01", "location": {"latitude": "51.5", "longitude": "-0.1"}}]',
      { subjects: 1, fixedValues: 2 },
    ],
    [
      "tfl/stop-points",
      "stopPoints",
      "stops.json",
      '{"stopPoints": [{"naptanId": "940", "stopType": "NaptanMetroStation", "lat": 51.5, "lon": 0, "modes": ["tube"], "lines": []}]}',
      { subjects: 1, fixedValues: 3 },
    ],
    [
      "boundaries/ward2024",
      "ward2024",
      "wards.geojson",
      '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"WD24CD": "E05000001", "WD24NM": "One"}, "geometry": {"type": "Point", "coordinates": [0, 51]}}]}',
      { subjects: 1 },
    ],
  ])(
    "%s: unpacked, without a scope, and a part of the whole",
    async (importerClass, datasourceId, file, text, counts) => {
      writeFileSync(join(folder.path, file), text);
      const store = await temporaryStore();
      try {
        const request = { importerClass, datasourceId, localData: [file] };
        expect((await importDatasource(store, request, options)).counts).toMatchObject(counts);
      } finally {
        store.remove();
      }
    },
  );

  test("with another column than the importer relies on", async () => {
    const area = {
      type: "Polygon",
      coordinates: [
        [
          [0, 50],
          [1, 50],
          [1, 51],
          [0, 50],
        ],
      ],
    };
    const feature = {
      type: "Feature",
      properties: { lsoa11cd: "E01000001", lsoa11nm: "One" },
      geometry: area,
    };
    const text = JSON.stringify({ type: "FeatureCollection", features: [feature] });
    writeFileSync(join(folder.path, "areas.geojson"), text);
    const store = await temporaryStore();
    try {
      const request = {
        importerClass: "boundaries/lsoa2021",
        datasourceId: "",
        localData: ["areas.geojson"],
      };
      await expect(importDatasource(store, request, options)).rejects.toThrow(
        'has no column "LSOA21CD", so nothing was imported. Did you mean "lsoa11cd"?',
      );
    } finally {
      store.remove();
    }
  });

  test("may be the settings of a general CSV file, in which a heading occurs twice", async () => {
    writeFileSync(join(folder.path, "plots.csv"), "id,Use,Use\r\nA1,field,barn\r\n");
    const settings = {
      file_location: "plots.csv",
      subjectIDIndex: "0",
      existingSubject: "no",
      provider: "plots",
      subject_type_provider: "plots",
      subject_type_label: "plot",
      geography_projection: "",
    };
    const lines = Object.entries(settings).map(([key, value]) => `${key}=${value}`);
    writeFileSync(join(folder.path, "plots.properties"), lines.join("\n"));
    const store = await temporaryStore();
    try {
      const request = {
        importerClass: "general/csv",
        datasourceId: "datasourcePlots",
        localData: ["plots.properties"],
      };
      expect((await importDatasource(store, request, options)).counts).toEqual({
        subjects: 1,
        fixedValues: 2,
        timedValues: 0,
      });
      const found = await store.engine.query("SELECT attribute, value FROM fixed_values ORDER BY attribute");
      expect(rowsOf(found)).toEqual([
        { attribute: "Use", value: "field" },
        { attribute: "Use 2", value: "barn" },
      ]);
    } finally {
      store.remove();
    }
  });
});
