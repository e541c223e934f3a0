import { describe, expect, test } from "@jest/globals";
import { catalogueEntry } from "../../kernel/src/importers/catalogue-entry.ts";
import { documentImporter } from "../../kernel/src/importers/document.ts";
import { loadImporter } from "../../kernel/src/importers/find.ts";
import { classNames, importers } from "../../kernel/src/importers/index.ts";

/** Columns of the census tables, which the catalogue of 2018 did not list; of the finest not every one is known. */
const censusCounts = [
  3, 13, 4, 102, 3, 3, 4, 8, 7, 5, 31, 31, 3, 3, 12, 3, 12, 6, 3, 19, 6, 48, 22, 6, 10, 5, 6, 4, 12, 12, 14,
  7, 14, 9, 10, 6, 5, 5, 7, 6, 5, 5, 8, 7, 3, 3, 4, 35, 35, 8, 14, 16, 16, 4, 7, 21, 10, 55, 55, 55, 55, 5, 3,
  13, 13, 18, 6, 10, 251, 13, 13, 7, 5,
];

/** What the catalogue of 2018 had: class, ids, attributes with a time of each entry, fixed ones, subject types. */
const known: readonly [
  string,
  number | readonly string[],
  number | readonly number[],
  number | readonly number[],
  readonly string[],
][] = [
  [
    "ons.OaImporter",
    ["ward", "lsoa", "msoa", "localAuthority", "englandBoundaries"],
    0,
    0,
    ["ward", "lsoa", "msoa", "localAuthority", "englandBoundaries"],
  ],
  ["ons.CensusImporter", 73, censusCounts, 0, []],
  [
    "ons.ONSEmploymentImporter",
    [
      "claimantsCount",
      "JSAclaimantsCount",
      "JSAclaimantsProportion",
      "ESAclaimants",
      "APSEmploymentRate",
      "APSUnemploymentRate",
      "ONSJobsDensity",
      "ONSTotalJobs",
      "ONSGrossAnnualIncome",
    ],
    9,
    0,
    [],
  ],
  ["ons.ONSWagesImporter", ["wages"], 198, 0, []],
  ["ons.ONSAverageAttainmentImporter", ["ONSAverageAttainment"], 1, 0, []],
  ["ons.ONSBusinessDemographyImporter", ["ONSNewBusinessSurvival"], 10, 0, []],
  ["ons.ONSLifeExpectancyImporter", ["ONSLifeExpectancy"], 12, 0, []],
  ["ons.ONSWellbeingImporter", ["ONSWellbeing"], 4, 0, []],
  ["dclg.IMDImporter", ["imd"], 53, 0, ["lsoa"]],
  ["dfe.SchoolsImporter", ["schools"], 0, 31, ["dfeSchools"]],
  [
    "dft.AccessibilityImporter",
    ["acs0501", "acs0502", "acs0503", "acs0504", "acs0505", "acs0506", "acs0507"],
    [103, 67, 79, 48, 67, 67, 79],
    0,
    [],
  ],
  ["dft.ActivePeopleSurveyImporter", ["activePeopleCycle", "activePeopleWalk"], 20, 0, []],
  [
    "dft.TrafficCountImporter",
    ["trafficVolume", "trafficCounts"],
    6,
    4,
    ["trafficCounter", "trafficCounter"],
  ],
  // In 2018 its measurements were found at import alone.
  ["lac.LAQNImporter", ["airQualityControl"], 17, 16, ["airQualityControl"]],
  ["londondatastore.AdultObesityImporter", ["adultObesity"], 5, 0, []],
  ["londondatastore.LondonBoroughProfileImporter", ["londonBoroughProfiles"], 6, 0, []],
  ["londondatastore.LondonLonelinessImporter", ["lonelinessPrevalence"], 5, 0, []],
  ["londondatastore.LondonPHOFImporter", ["phofIndicatorsLondonBorough"], 150, 0, []],
  ["londondatastore.WalkingCyclingBoroughImporter", ["walkingCyclingBorough"], 2, 0, []],
  [
    "nhschoices.HealthOrganisationImporter",
    ["hospital", "clinic", "gpSurgeries"],
    0,
    0,
    ["hospital", "clinic", "gpSurgeries"],
  ],
  ["nhschoices.NHSAdmissionsImporter", ["NHSAdmissionsObese"], 3, 0, []],
  [
    "osm.OSMImporter",
    [
      "OSMCycling",
      "OSMGreenspace",
      "OSMEducation",
      "OSMHealth",
      "OSMCivic",
      "OSMHighways",
      "OSMLanduse",
      "OSMGastronomy",
    ],
    0,
    [3, 3, 1, 1, 1, 1, 1, 1],
    Array.from({ length: 8 }, () => "OSMEntity"),
  ],
  [
    "phe.ChildhoodObesityImporter",
    ["childhoodObesityLA", "childhoodObesityMSOA", "childhoodObesityWard"],
    12,
    0,
    [],
  ],
  ["phe.SportsEnglandImporter", ["adultObesity", "MVPA"], 8, 0, []],
  ["spacesyntax.OpenMappingImporter", ["SpaceSyntaxOpenMapping"], 36, 0, ["space_syntax"]],
  ["spacesyntax.OpenSpaceNetworkImporter", [], 0, 0, []],
  ["generalcsv.GeneralCSVImporter", [], 0, 0, []],
  ["PythonImporter", [], 0, 0, []],
  ["tfl.TfLStationsImporter", ["StationList"], 1, 0, ["TfLStation"]],
  ["twitter.TwitterImporter", ["twitter"], 0, 13, ["Tweet"]],
];

const each = (counts: number | readonly number[], index: number) =>
  typeof counts === "number" ? counts : counts[index];

test("all thirty classes of 2019 are there", () => {
  expect(Object.keys(classNames).sort()).toEqual(
    known.map(([name]) => `uk.org.tombolo.importer.${name}`).sort(),
  );
  expect(known).toHaveLength(30);
});

describe("the catalogue without a download", () => {
  test.each(known)("%s", async (name, ids, timed, fixed, types) => {
    const importer = await loadImporter(`uk.org.tombolo.importer.${name}`);
    const entries = importer.datasources.map((datasource) => catalogueEntry(importer, datasource));
    if (typeof ids === "number") expect(entries).toHaveLength(ids);
    else expect(entries.map(({ id }) => id)).toEqual(ids);
    entries.forEach((entry, index) => {
      expect(entry.importerClass).toBe(`uk.org.tombolo.importer.${name}`);
      expect([entry.timedValueAttributes.length, entry.fixedValueAttributes.length]).toEqual([
        each(timed, index),
        each(fixed, index),
      ]);
      for (const text of [entry.description, entry.provider.label, entry.provider.name])
        expect(text).not.toBe("");
      for (const attribute of [...entry.timedValueAttributes, ...entry.fixedValueAttributes]) {
        expect(attribute.label).not.toBe("");
        expect(attribute.description).not.toBe("");
      }
    });
    expect(entries.flatMap(({ subjectTypes }) => subjectTypes.map(({ label }) => label))).toEqual(types);
  });

  test("has the 130 entries of 2018 and OpenMapping", async () => {
    let entries = 0;
    for (const id of Object.values(classNames)) entries += (await loadImporter(id)).datasources.length;
    expect(entries).toBe(131);
  });

  test("has the members of an entry in their order", async () => {
    const importer = await loadImporter("ons/oa");
    const [datasource] = importer.datasources;
    if (!datasource) throw new Error("no areas");
    expect(Object.keys(catalogueEntry(importer, datasource))).toEqual([
      "id",
      "importerClass",
      "name",
      "description",
      "url",
      "provider",
      "subjectTypes",
      "timedValueAttributes",
      "fixedValueAttributes",
    ]);
  });
});

describe("what every importer says of itself is whole", () => {
  test.each(Object.keys(importers))("%s", async (id) => {
    const importer = await loadImporter(id);
    expect(importer.id).toBe(id);
    expect(importer.doc).toMatch(/\.$/);
    expect(documentImporter(importer)).toContain(importer.title);
    const ids = importer.datasources.map((datasource) => datasource.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { attributes } of importer.datasources) {
      const labels = attributes.map(({ label, values }) => `${label} ${values}`);
      expect(new Set(labels).size).toBe(labels.length);
    }
  });
});
