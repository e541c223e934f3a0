import type { DatasourceRequest } from "../../kernel/src/importers/request.ts";

/** A datasource of today with a sample of its publisher's layout, and what must come of it. */
export interface Sample {
  /** The importer's id. */
  readonly id: string;
  readonly datasource: string;
  /** Sample file in test/data/sources; a function makes what is not kept as text. */
  readonly file: string;
  /** Name inside a zip archive, when the publisher packs it. */
  readonly packed?: string;
  /** Part of the address of that file, of several, whose sample it is. */
  readonly part?: string;
  readonly request?: Partial<DatasourceRequest>;
  /** Areas that are in the store before, by subject type: `code name`. */
  readonly areas?: Readonly<Record<string, readonly string[]>>;
  readonly counts: readonly [subjects: number, fixedValues: number, timedValues: number];
  /** Subject label, attribute, value, for fixed values; with the time before the value for timed ones. */
  readonly values: readonly (readonly [string, string, string] | readonly [string, string, string, number])[];
  /** Place of a subject: label, longitude, latitude. */
  readonly place?: readonly [string, number, number];
}

const lsoas = ["E01000001 City of London 001A", "E01000002 City of London 001B"];

/** All datasources of today that have a sample. */
export const samples: readonly Sample[] = [
  {
    id: "mhclg/iod2019",
    datasource: "iod2019",
    file: "iod2019.csv",
    areas: { lsoa: lsoas },
    counts: [0, 0, 106],
    values: [
      ["E01000001", "score", "2019-01-01T00:00:01", 6.208],
      ["E01000001", "income_rank", "2019-01-01T00:00:01", 1001],
      ["E01000002", "osd_decile", "2019-01-01T00:00:01", 6],
      ["E01000002", "totalPopulation", "2019-01-01T00:00:01", 1500],
      ["E01000001", "workingAgePopulation", "2019-01-01T00:00:01", 850.25],
    ],
  },
  {
    // Its columns stand in another order, and one of its two areas is unknown.
    id: "mhclg/iod2025",
    datasource: "iod2025",
    file: "iod2025.csv",
    areas: { lsoa2021: lsoas, lsoa: ["E01035716 not of 2011"] },
    counts: [0, 0, 52],
    values: [
      ["E01000001", "score", "2025-01-01T00:00:01", 7.5],
      ["E01000001", "idaopi_score", "2025-01-01T00:00:01", 7.59],
      ["E01000001", "elderlyPopulation", "2025-01-01T00:00:01", 300],
    ],
  },
  {
    id: "dfe/gias",
    datasource: "gias",
    file: "gias.csv",
    request: { temporalScope: ["2026-03-31"] },
    counts: [2, 30, 0],
    values: [
      ["900001", "NumberOfPupils", "271"],
      ["900001", "PercentageFSM", "15.5"],
      ["900002", "EstablishmentStatus (name)", "Closed"],
      ["900001", "LSOA (code)", "E01000005"],
    ],
    place: ["900001", -0.077531, 51.513969],
  },
  {
    id: "dft/aadf",
    datasource: "aadf",
    file: "aadf.csv",
    packed: "dft_traffic_counts_aadf.csv",
    counts: [2, 11, 21],
    values: [
      ["51", "pedal_cycles", "2023-12-31T23:59:59", 25],
      ["51", "all_motor_vehicles", "2022-12-31T23:59:59", 624],
      ["52", "all_HGVs", "2023-12-31T23:59:59", 0],
      ["51", "link_length_km", "0.3"],
      ["52", "road_type", "Minor"],
    ],
    place: ["51", -6.31738, 49.91502316],
  },
  {
    id: "os/open-greenspace",
    datasource: "open-greenspace",
    file: "greenspace.gpkg",
    packed: "Data/opgrsp_gb.gpkg",
    counts: [2, 2, 0],
    values: [["A1", "function", "Public Park Or Garden"]],
    // The least of either coordinate: the national grid is turned against the meridians.
    place: ["A1", -0.117539, 51.556581],
  },
  {
    id: "tfl/stop-points",
    datasource: "stopPoints",
    file: "stop-points.json",
    request: { geographyScope: ["tube"] },
    counts: [2, 6, 0],
    values: [
      ["940GZZLUKSX", "ServingLineCount", "2"],
      ["940GZZLUKSX", "lines", "Circle, Victoria"],
      ["940GZZLUBST", "modes", "tube"],
    ],
    place: ["940GZZLUKSX", -0.123194, 51.530663],
  },
  {
    id: "police/crimes",
    datasource: "crimes",
    file: "crimes.json",
    request: { geographyScope: ["51.5142,-0.0755"], temporalScope: ["2024-03"] },
    counts: [2, 8, 0],
    values: [
      ["117000001", "category", "bicycle-theft"],
      ["117000001", "outcome", "Investigation complete; no suspect identified"],
      ["117000002", "street", "On or near Duke'S Place"],
    ],
    place: ["117000001", -0.07812, 51.51351],
  },
  {
    // Two of its columns differ in a blank alone.
    id: "census2021/census2021",
    datasource: "ts027",
    file: "census2021-ts027-lsoa.csv",
    packed: "census2021-ts027-lsoa.csv",
    areas: { lsoa2021: lsoas },
    counts: [0, 0, 8],
    values: [
      [
        "E01000001",
        "National identity: Any other combination of only UK identities",
        "2021-12-31T23:59:59",
        11,
      ],
      [
        "E01000001",
        "National identity: Any other combination of only UK identities (2)",
        "2021-12-31T23:59:59",
        12,
      ],
      ["E01000002", "National identity: Welsh and British only identity", "2021-12-31T23:59:59", 4],
    ],
  },
  {
    id: "census2021/census2021",
    datasource: "ts061",
    file: "census2021-ts061-lsoa.csv",
    packed: "census2021-ts061-lsoa.csv",
    areas: { lsoa2021: lsoas },
    counts: [0, 0, 8],
    values: [
      ["E01000001", "Method of travel to workplace: Bicycle", "2021-12-31T23:59:59", 30],
      ["E01000002", "Method of travel to workplace: On foot", "2021-12-31T23:59:59", 108],
    ],
  },
  {
    id: "census2021/census2021",
    datasource: "TS006",
    file: "census2021-ts006-lsoa.csv",
    packed: "census2021-ts006-lsoa.csv",
    areas: { lsoa2021: lsoas },
    counts: [0, 0, 1],
    values: [
      ["E01000001", "Population Density: Persons per square kilometre", "2021-12-31T23:59:59", 10982.5],
    ],
  },
  {
    id: "ohid/fingertips",
    datasource: "93014",
    file: "fingertips.csv",
    areas: { localAuthority2024: ["E08000035 Leeds", "E06000053 Isles of Scilly"] },
    counts: [0, 0, 5],
    values: [
      [
        "E08000035",
        "Percentage of physically active adults, Persons, 19+ yrs (3 years)",
        "2023-12-31T23:59:59",
        69.25,
      ],
      ["E08000035", "Percentage of physically active adults, Female, 19+ yrs", "2021-12-31T23:59:59", 69.9],
      ["E08000035", "Percentage of physically active adults, Persons, 19+ yrs", "2022-12-31T23:59:59", 70.5],
      ["E08000035", "Percentage of physically active adults, Male, 19+ yrs", "2023-12-31T23:59:59", 71],
    ],
  },
  {
    // Of the estimates the mean; one is held back, one is of a region, one of an authority that is not asked for.
    id: "ons/wellbeing-series",
    datasource: "wellbeingSeries",
    file: "wellbeing.csv",
    request: { geographyScope: ["Leeds"] },
    areas: { localAuthority2024: ["E08000035 Leeds", "E09000001 City of London"] },
    counts: [0, 0, 2],
    values: [
      ["E08000035", "happiness", "2022-12-31T23:59:59", 7.4],
      ["E08000035", "happiness", "2023-12-31T23:59:59", 7.31],
    ],
  },
  {
    id: "erg/air-quality",
    datasource: "airQualityControl",
    file: "air-quality.json",
    request: { temporalScope: ["2023"] },
    counts: [2, 20, 3],
    values: [
      ["XX1", "NO2 40 ug/m3 as an annual mean", "2023-12-31T23:59:59", 31],
      ["XX1", "PM10 Capture Rate (%)", "2023-12-31T23:59:59", 97],
      ["XX2", "NO2 40 ug/m3 as an annual mean", "2023-12-31T23:59:59", 18],
      ["XX1", "SiteType", "Roadside"],
    ],
    place: ["XX2", -0.2, 51.6],
  },
];

/** Datasources of feature services that answer in pages; tested against a server of that kind. */
export const PAGED = [
  "boundaries/local-authority2024",
  "boundaries/lsoa2021",
  "boundaries/msoa2021",
  "boundaries/region2024",
  "boundaries/ward2024",
  "lookups/lsoa-change",
  "lookups/lsoa2021",
];
