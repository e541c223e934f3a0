import type { DatasourceRequest } from "../../kernel/src/importers/request.ts";

/** A subject with its name and, perhaps, its middle. */
type Place = readonly [label: string, name: string | null, x?: number, y?: number, tolerance?: number];
/** A timed value: at a time, or the latest one. */
type Timed = readonly [
  subject: string,
  attribute: string,
  time: string | "latest",
  value: number,
  tolerance: number,
  latestTime?: string,
];
type Fixed = readonly [subject: string, attribute: string, value: string];

/** What an import of a recorded file must give, by the specification and its unit tests. */
export interface RecordedCase extends Omit<DatasourceRequest, "importerClass"> {
  /** Class below `uk.org.tombolo.importer.`. */
  readonly importer: string;
  readonly seeds?: readonly string[];
  /** Whether the areas are imported first. */
  readonly areas?: boolean;
  readonly counts: readonly [subjects: number, fixedValues: number, timedValues: number];
  /** Attributes that the store has afterwards. */
  readonly attributes?: number;
  readonly places?: readonly Place[];
  readonly timed?: readonly Timed[];
  /** How many values of an attribute a subject has. */
  readonly series?: readonly (readonly [subject: string, attribute: string, count: number])[];
  readonly fixed?: readonly Fixed[];
  readonly absent?: readonly (readonly [subject: string, attribute: string])[];
}

const LSOAS = ["E01000001", "E01000002", "E01002766", "E01002767"];
const CENSUS = { importer: "ons.CensusImporter", seeds: LSOAS, subjectTypes: ["lsoa"] } as const;
const labour = (
  datasourceId: string,
  count: number,
  timed: readonly Timed[],
  seeds: readonly string[] = ["E09000001", "E09000002"],
): RecordedCase => ({
  importer: "ons.ONSEmploymentImporter",
  datasourceId,
  seeds,
  areas: false,
  counts: [0, 0, count],
  timed,
});

const census = (
  datasourceId: string,
  attributes: number,
  count: number,
  attribute: string,
  values: readonly number[],
): RecordedCase => ({
  ...CENSUS,
  datasourceId,
  counts: [0, 0, count],
  attributes,
  timed: values.map((value, index) => [LSOAS[index] ?? "", attribute, "2011-12-31T23:59:59", value, 0]),
});

const areas = (
  datasourceId: string,
  count: number,
  label: string,
  name: string,
  x: number,
  y: number,
): RecordedCase => ({
  importer: "ons.OaImporter",
  datasourceId,
  counts: [count, 0, 0],
  attributes: 0,
  places: [[label, name, x, y, 1e-7]],
});

const survival = (
  years: number,
  time: string,
  barking: [number, number],
  north: [number, number],
): Timed[] => [
  ["E09000002", `survival_${years}_year_total`, "latest", barking[0], 0.1, time],
  ["E09000002", `survival_${years}_year_fraction`, "latest", barking[1], 1e-9, time],
  ["E12000001", `survival_${years}_year_total`, "latest", north[0], 0.1, time],
  ["E12000001", `survival_${years}_year_fraction`, "latest", north[1], 1e-9, time],
];

const lives = (subject: string, group: string, [le, hle, dfle]: [number, number, number]): Timed[] => [
  [subject, `LE${group}`, "latest", le, 1e-5, "2016-12-31T23:59:59"],
  [subject, `HLE${group}`, "latest", hle, 1e-5],
  [subject, `DfLE${group}`, "latest", dfle, 1e-5],
];

const yearly = (
  subject: string,
  attribute: string,
  first: number,
  values: readonly number[],
  tolerance: number,
): Timed[] =>
  values.map((value, index) => [subject, attribute, `${first + index}-12-31T23:59:59`, value, tolerance]);

const vehicles = (subject: string, word: string, time: string, values: readonly number[]): Timed[] =>
  ["PedalCycles", "Motorcycles", "CarsTaxis", "BusesCoaches", "LightGoodsVehicles", "HeavyGoodsVehicles"].map(
    (vehicle, index) => [subject, word + vehicle, time, values[index] ?? Number.NaN, 0.1],
  );

const SCHOOL = "uk.gov.education_schools_100000.0";
const STREET = "com.spacesyntax_57927";

/** One row of data for each recorded datasource. */
export const recordedCases: readonly RecordedCase[] = [
  areas("ward", 100, "E05000371", "Finsbury Park", -0.113478544062306, 51.5618238999826),
  areas("lsoa", 100, "E01000002", "City of London 001B", -0.09252710274629854, 51.51821627457435),
  areas("msoa", 100, "E02000093", "Brent 001", -0.2746307279027593, 51.59338282612998),
  areas("localAuthority", 7, "E06000001", "Hartlepool", -1.2592784934731256, 54.66957856523336),
  areas("englandBoundaries", 9, "E12000001", "North East", -1.9039748587373244, 55.019350338323875),
  census(
    "qs701ew",
    13,
    78,
    "Method of Travel to Work: All categories: Method of travel to work",
    [1221, 1196, 1366, 1628],
  ),
  census("QS701EW", 13, 78, "Method of Travel to Work: On foot", [445, 428, 98, 122]),
  census(
    "qs102ew",
    3,
    18,
    "Area/Population Density: Density (number of persons per hectare)",
    [112.9, 62.9, 131.2, 171.9],
  ),
  census("qs303ew", 4, 24, "Disability: Day-to-day activities limited a little", [115, 101, 171, 171]),
  { ...CENSUS, datasourceId: "qs303ew", subjectTypes: ["nothing"], counts: [0, 0, 0] },
  { ...CENSUS, datasourceId: "qs303ew", subjectTypes: [], geographyScope: ["lsoa"], counts: [0, 0, 24] },
  labour(
    "claimantsCount",
    5,
    [
      ["E01000001", "claimantsCount", "latest", 5, 0, "2017-12-31T23:59:59"],
      ["E01000002", "claimantsCount", "latest", 0, 0, "2017-12-31T23:59:59"],
      ["E01000003", "claimantsCount", "latest", 15, 0, "2017-12-31T23:59:59"],
      ["E01025542", "claimantsCount", "latest", 10, 0, "2017-12-31T23:59:59"],
      ["E01025613", "claimantsCount", "latest", 5, 0, "2017-12-31T23:59:59"],
    ],
    ["E01000001", "E01000002", "E01000003", "E01025542", "E01025613"],
  ),
  {
    ...labour("claimantsCount", 6, [["E01000005", "claimantsCount", "latest", 35, 0]]),
    areas: true,
    seeds: ["E01025542", "E01025613"],
  },
  labour("JSAclaimantsCount", 1, [
    ["E09000002", "JSAclaimantsCount", "latest", 2355, 0, "2018-01-31T23:59:59"],
  ]),
  labour("JSAclaimantsProportion", 2, [
    ["E09000001", "JSAclaimantsProportion", "latest", 0.4, 0, "2018-01-31T23:59:59"],
    ["E09000002", "JSAclaimantsProportion", "latest", 1.8, 0, "2018-01-31T23:59:59"],
  ]),
  labour("ESAclaimants", 2, [
    ["E09000001", "ESAclaimants", "latest", 140, 0, "2017-08-31T23:59:59"],
    ["E09000002", "ESAclaimants", "latest", 7550, 0, "2017-08-31T23:59:59"],
  ]),
  labour("APSEmploymentRate", 2, [
    ["E09000002", "APSEmploymentRate", "latest", 67, 0, "2017-09-30T23:59:59"],
    ["E09000002", "APSEmploymentRate", "2017-06-30T23:59:59", 67.3, 0],
  ]),
  labour("APSUnemploymentRate", 2, [
    ["E09000002", "APSUnemploymentRate", "latest", 9.4, 0, "2017-09-30T23:59:59"],
    ["E09000002", "APSUnemploymentRate", "2017-06-30T23:59:59", 9.6, 0],
  ]),
  labour("ONSJobsDensity", 2, [["E09000002", "ONSJobsDensity", "latest", 0.49, 0, "2016-12-31T23:59:59"]]),
  labour("ONSTotalJobs", 2, [
    ["E09000002", "ONSTotalJobs", "latest", 64000, 0, "2016-12-31T23:59:59"],
    ["E09000002", "ONSTotalJobs", "2015-12-31T23:59:59", 62000, 0],
  ]),
  labour("ONSGrossAnnualIncome", 2, [
    ["E09000002", "ONSGrossAnnualIncome", "latest", 30167, 0, "2017-12-31T23:59:59"],
    ["E09000002", "ONSGrossAnnualIncome", "2016-12-31T23:59:59", 28012, 0],
  ]),
  {
    importer: "ons.ONSAverageAttainmentImporter",
    datasourceId: "ONSAverageAttainment",
    seeds: ["E09000001", "E09000002", "E09000019"],
    counts: [0, 0, 21],
    attributes: 1,
    timed: [
      ...yearly("E09000002", "average_attainment", 2014, [48.1, 49.7, 46.2], 1e-9),
      ...yearly("E09000019", "average_attainment", 2014, [49.7, 50.6, 45.4], 1e-9),
      ["E09000002", "average_attainment", "latest", 46.2, 0, "2016-12-31T23:59:59"],
    ],
    absent: [["E09000001", "average_attainment"]],
  },
  {
    importer: "ons.ONSBusinessDemographyImporter",
    datasourceId: "ONSNewBusinessSurvival",
    seeds: ["E09000002", "E12000001"],
    areas: false,
    counts: [0, 0, 60],
    attributes: 10,
    timed: [
      ...survival(5, "2011-12-31T23:59:59", [320, 0.383233532934132], [3010, 0.425742574257426]),
      ...survival(4, "2012-12-31T23:59:59", [395, 0.467455621301775], [3720, 0.512044046799725]),
      ...survival(3, "2013-12-31T23:59:59", [690, 0.582278481012658], [5830, 0.601961796592669]),
      ...survival(2, "2014-12-31T23:59:59", [970, 0.740458015267176], [7290, 0.755440414507772]),
      ...survival(1, "2015-12-31T23:59:59", [1580, 0.948948948948949], [8865, 0.92008303061754]),
    ],
  },
  {
    importer: "ons.ONSLifeExpectancyImporter",
    datasourceId: "ONSLifeExpectancy",
    seeds: ["E09000002", "E12000001"],
    areas: false,
    counts: [0, 0, 24],
    attributes: 12,
    timed: [
      ...lives("E09000002", "maleAtBirth", [77.49818, 58.15019, 61.04276]),
      ...lives("E12000001", "maleAtBirth", [77.80904, 59.66996, 59.68109]),
      ...lives("E09000002", "femaleAtBirth", [81.88093, 60.67723, 61.14392]),
      ...lives("E12000001", "femaleAtBirth", [81.53141, 60.59868, 59.69828]),
      ...lives("E09000002", "maleAt65", [17.35316, 6.62973, 8.35514]),
      ...lives("E12000001", "maleAt65", [17.77438, 8.7994, 8.56747]),
      ...lives("E09000002", "femaleAt65", [20.45161, 8.82327, 8.83367]),
      ...lives("E12000001", "femaleAt65", [19.97941, 9.84445, 9.24159]),
    ],
  },
  {
    importer: "ons.ONSWellbeingImporter",
    datasourceId: "ONSWellbeing",
    seeds: ["E09000019", "E12000001"],
    areas: false,
    counts: [0, 0, 48],
    attributes: 4,
    timed: [
      ["E09000019", "lifeSatisfactionMeanRatings", "latest", 7.38, 0, "2016-12-31T23:59:59"],
      ["E09000019", "worthwhileMeanRatings", "latest", 7.44, 0],
      ["E09000019", "happinessMeanRatings", "latest", 7.31, 0],
      ["E09000019", "anxietyMeanRatings", "latest", 3.26, 0],
      ["E12000001", "lifeSatisfactionMeanRatings", "latest", 7.61, 0],
      ["E12000001", "worthwhileMeanRatings", "latest", 7.79, 0],
      ["E12000001", "happinessMeanRatings", "latest", 7.43, 0],
      ["E12000001", "anxietyMeanRatings", "latest", 2.84, 0],
    ],
  },
  {
    importer: "dclg.IMDImporter",
    datasourceId: "imd",
    seeds: ["E01000001", "E01000002"],
    areas: false,
    counts: [0, 0, 106],
    attributes: 53,
    timed: [
      ["E01000001", "score", "2015-01-01T00:00:01", 12.389, 0.001],
      ["E01000002", "score", "latest", 7.345, 0.001, "2015-01-01T00:00:01"],
      ["E01000001", "disability_rank", "latest", 25876, 0.001],
      ["E01000002", "disability_rank", "latest", 25426, 0.001],
      ["E01000001", "workingAgePopulation", "latest", 702.75, 0.001],
      ["E01000002", "workingAgePopulation", "latest", 747.25, 0.001],
    ],
  },
  {
    importer: "dfe.SchoolsImporter",
    datasourceId: "schools",
    counts: [41, 1271, 0],
    attributes: 31,
    places: [[SCHOOL, "Sir John Cass's Foundation Primary School", -0.08158, 51.51534, 1e-9]],
    fixed: [
      [SCHOOL, "URN", "100000"],
      [SCHOOL, "Local authority (code)", "201"],
      [SCHOOL, "Local authority (name)", "City of London"],
      [SCHOOL, "Establishment number", "3614"],
      [SCHOOL, "Establishment name", "Sir John Cass's Foundation Primary School"],
      [SCHOOL, "Street", "St James's Passage"],
      [SCHOOL, "Locality", "Duke's Place"],
      [SCHOOL, "Address3", ""],
      [SCHOOL, "Town", "London"],
      [SCHOOL, "County", ""],
      [SCHOOL, "Postcode", "EC3A 5DE"],
      [SCHOOL, "Type of establishment", "Voluntary Aided School"],
      [SCHOOL, "Statutory highest age", "11"],
      [SCHOOL, "Statutory lowest age", "3"],
      [SCHOOL, "Boarders", "No Boarders"],
      [SCHOOL, "Sixth form", "Does not have a sixth form"],
      [SCHOOL, "UKPRN", ""],
      [SCHOOL, "Phase of education", "Primary"],
      [SCHOOL, "Gender", "Mixed"],
      [SCHOOL, "Religious character", "Church of England"],
      [SCHOOL, "Religious ethos", "Does not apply"],
      [SCHOOL, "Admissions policy", "Not applicable"],
      [SCHOOL, "Website address", "www.sirjohncassprimary.org"],
      [SCHOOL, "Telephone number", "02072831147"],
      [SCHOOL, "Headteacher", "Mr Tim Wilson"],
      [SCHOOL, "Establishment status", "Open"],
      [SCHOOL, "Reason establishment opened", "Not applicable"],
      [SCHOOL, "Opening date", ""],
      [SCHOOL, "Parliamentary Constituency (code)", "E14000639"],
      [SCHOOL, "Parliamentary Constituency (name)", "Cities of London and Westminster"],
      [SCHOOL, "Region", "London"],
      ["uk.gov.education_schools_100001.0", "Opening date", "01/01/1920"],
      ["uk.gov.education_schools_100002.0", "Opening date", "01/01/1939"],
      ["uk.gov.education_schools_100003.0", "Opening date", "01/01/1919"],
      ["uk.gov.education_schools_100006.0", "Opening date", "01/09/1999"],
    ],
  },
  {
    importer: "dft.AccessibilityImporter",
    datasourceId: "acs0501",
    seeds: ["E01000001", "E01000002", "E01002766"],
    areas: false,
    counts: [0, 0, 1638],
    attributes: 103,
    series: [
      ["E01000002", "EMPLO032", 4],
      ["E01000002", "EMPLO070", 7],
      ["E01002766", "EMPLO070", 7],
      ["E01000002", "EMPLO108", 5],
      ["E01002766", "EMPLO108", 6],
    ],
    timed: [
      ["E01000002", "EMPLO032", "latest", 10, 0, "2010-12-31T23:59:59"],
      ["E01000002", "EMPLO070", "latest", 14, 0, "2013-12-31T23:59:59"],
      ["E01002766", "EMPLO070", "latest", 90, 0, "2013-12-31T23:59:59"],
      ["E01000002", "EMPLO108", "latest", 89.3, 0.1, "2013-12-31T23:59:59"],
      ["E01002766", "EMPLO108", "latest", 88.8, 0.1, "2013-12-31T23:59:59"],
    ],
  },
  {
    importer: "dft.TrafficCountImporter",
    datasourceId: "trafficCounts",
    geographyScope: ["London"],
    counts: [4, 16, 210],
    attributes: 10,
    places: [
      [
        "DfT-TrafficCounter-6075",
        "A1 (A503 Camden Road to A503 Seven Sisters/Parkhurst Road)",
        -0.117539388,
        51.556603772,
        1e-8,
      ],
    ],
    fixed: [
      ["DfT-TrafficCounter-6075", "RoadName", "A1"],
      ["DfT-TrafficCounter-6075", "StartJunction", "A503 Camden Road"],
      ["DfT-TrafficCounter-6075", "EndJunction", "A503 Seven Sisters/Parkhurst Road"],
    ],
    series: [
      ["DfT-TrafficCounter-6151", "CountPedalCycles", 8],
      ["DfT-TrafficCounter-6000", "CountPedalCycles", 9],
    ],
    timed: vehicles(
      "DfT-TrafficCounter-6075",
      "Count",
      "2004-12-31T23:59:59",
      [671, 1774, 26484, 1254, 5727, 1307],
    ),
  },
  {
    importer: "dft.TrafficCountImporter",
    datasourceId: "trafficVolume",
    geographyScope: ["Aberdeen City"],
    counts: [2, 8, 204],
    attributes: 10,
    places: [
      ["DfT-TrafficCounter-1041", "A956 (A978 to B997 Balgownie Road)", -2.094245455, 57.17180487, 1e-8],
    ],
    timed: vehicles(
      "DfT-TrafficCounter-1041",
      "Volume",
      "2008-12-31T23:59:59",
      [49.37, 45.83, 5419.24, 144.57, 851.76, 566.17],
    ),
  },
  {
    importer: "dft.TrafficCountImporter",
    datasourceId: "trafficCounts",
    geographyScope: ["London"],
    temporalScope: ["whatever"],
    counts: [4, 16, 210],
  },
  {
    importer: "lac.LAQNImporter",
    datasourceId: "airQualityControl",
    geographyScope: ["London"],
    temporalScope: ["2010"],
    counts: [123, 1230, 753],
    attributes: 33,
    places: [["BG1", "Barking and Dagenham - Rush Green", 0.177891, 51.563752, 1e-9]],
    fixed: [
      ["BG1", "SiteCode", "BG1"],
      ["BG1", "SiteType", "Suburban"],
    ],
    timed: [["BG1", "NO2 40 ug/m3 as an annual mean", "2010-12-31T23:59:59", 26, 0]],
  },
  {
    importer: "londondatastore.AdultObesityImporter",
    datasourceId: "adultObesity",
    seeds: ["E09000001", "E09000019"],
    areas: false,
    counts: [0, 0, 10],
    attributes: 5,
    timed: [
      ["E09000001", "fractionUnderweight", "2013-12-31T23:59:59", 0.0159, 0.0001],
      ["E09000001", "fractionHealthyWeight", "latest", 0.3651, 0.0001],
      ["E09000001", "fractionOverweight", "latest", 0.3051, 0.0001],
      ["E09000001", "fractionObese", "latest", 0.3138, 0.0001],
      ["E09000001", "fractionExcessWeight", "latest", 0.619, 0.0001],
      ["E09000019", "fractionUnderweight", "latest", 0.0197, 0.0001],
      ["E09000019", "fractionHealthyWeight", "latest", 0.4439, 0.0001],
      ["E09000019", "fractionOverweight", "latest", 0.3319, 0.0001],
      ["E09000019", "fractionObese", "latest", 0.2045, 0.0001],
      ["E09000019", "fractionExcessWeight", "latest", 0.5364, 0.0001],
    ],
  },
  {
    importer: "londondatastore.LondonBoroughProfileImporter",
    datasourceId: "londonBoroughProfiles",
    seeds: ["E09000001", "E09000019"],
    areas: false,
    counts: [0, 0, 12],
    attributes: 6,
    timed: [
      ["E09000001", "populationDensity", "2016-12-31T23:59:59", 30.3, 0.1],
      ["E09000001", "householdIncome", "2013-12-31T23:59:59", 63620, 0.1],
      ["E09000001", "medianHousePrice", "2015-12-31T23:59:59", 799999, 0.1],
      ["E09000001", "fractionGreenspace", "2005-12-31T23:59:59", 4.8, 0.1],
      ["E09000001", "carbonEmission", "2014-12-31T23:59:59", 1036, 0.1],
      ["E09000001", "carsPerHousehold", "2011-12-31T23:59:59", 0.4, 0.1],
      ["E09000019", "populationDensity", "latest", 155.6, 0.1],
      ["E09000019", "householdIncome", "latest", 39790, 0.1],
      ["E09000019", "medianHousePrice", "latest", 583000, 0.1],
      ["E09000019", "fractionGreenspace", "latest", 12.4, 0.1],
      ["E09000019", "carbonEmission", "latest", 878, 0.1],
      ["E09000019", "carsPerHousehold", "latest", 0.4, 0.1],
    ],
  },
  {
    importer: "londondatastore.LondonLonelinessImporter",
    datasourceId: "lonelinessPrevalence",
    geographyScope: ["localAuthority", "msoa", "lsoa"],
    seeds: ["E01000001", "E02000001", "E09000002"],
    counts: [0, 0, 904],
    attributes: 5,
    timed: [
      ["E09000002", "logOdds", "2015-06-30T23:59:59", -3.54169908800868, 1e-5],
      ["E09000002", "prevalence", "latest", 2.81487697276594, 1e-5],
      ["E09000002", "rankInLondon", "latest", 4, 1e-5],
      ["E09000002", "rankInEngland", "latest", 5, 1e-5],
      ["E02000001", "logOdds", "latest", -3.99447405797102, 1e-5],
      ["E02000001", "prevalence", "latest", 1.80840734709814, 1e-5],
      ["E02000001", "rankInLondon", "latest", 742, 1e-5],
      ["E02000001", "rankInEngland", "latest", 3822, 1e-5],
      ["E02000001", "londonDecile", "latest", 8, 1e-5],
      ["E01000001", "logOdds", "latest", -4.463402162, 1e-5],
      ["E01000001", "rankInLondon", "latest", 4752, 1e-5],
      ["E01000001", "rankInEngland", "latest", 31310, 1e-5],
      ["E01000001", "londonDecile", "latest", 10, 1e-5],
    ],
    absent: [["E01000001", "prevalence"]],
  },
  {
    importer: "londondatastore.WalkingCyclingBoroughImporter",
    datasourceId: "walkingCyclingBorough",
    seeds: ["E09000001", "E09000019"],
    areas: false,
    counts: [0, 0, 16],
    attributes: 2,
    timed: [
      ...yearly("E09000001", "walk5xWeek", 2011, [31, 31, 51.77, 56.74], 0.01),
      ...yearly("E09000019", "walk5xWeek", 2011, [24, 24, 58, 56.84], 0.01),
      ...yearly("E09000001", "cycle1xWeek", 2011, [30, 16, 7.72, 7.42], 0.01),
      ...yearly("E09000019", "cycle1xWeek", 2011, [13, 14, 12.69, 17.54], 0.01),
    ],
  },
  {
    importer: "nhschoices.HealthOrganisationImporter",
    datasourceId: "hospital",
    counts: [1106, 0, 0],
    places: [["40918", "Guy's Hospital", -0.0889, 51.5046, 1e-4]],
  },
  {
    importer: "nhschoices.HealthOrganisationImporter",
    datasourceId: "clinic",
    counts: [8416, 0, 0],
    places: [
      ["12366", "Frinton Road Medical Centre", 1.1863, 51.8042, 1e-4],
      ["1280079", null],
      ["1280083", null],
      ["1522058", null],
      ["4953132", null],
    ],
  },
  {
    importer: "spacesyntax.OpenMappingImporter",
    datasourceId: "SpaceSyntaxOpenMapping",
    counts: [1, 14, 22],
    attributes: 36,
    places: [[STREET, "57927"]],
    fixed: [[STREET, "meridian_number", "A2"]],
    timed: [[STREET, "choice2km", "2018-12-31T23:59:59", 7340, 0]],
  },
];
