import { numberIn } from "../formats/csv.ts";
import { defineImporter, type ImporterAttribute } from "../importer.ts";
import { OPEN_GOVERNMENT_LICENCE } from "../ons/ons.ts";

const SERVICE = "http://api.erg.kcl.ac.uk/AirQuality/Annual/MonitoringObjective";
const NAME = "Quantity of gases in air by Kings College London";

/** Facts about a site, in the order of the document. */
const facts = [
  ["SiteCode", "Code of the monitoring site"],
  ["SiteName", "Name of the monitoring site"],
  ["SiteType", "Surroundings of the site, such as Roadside"],
  ["Latitude", "Latitude in degrees"],
  ["Longitude", "Longitude in degrees"],
  ["LatitudeWGS84", "Northing in metres of the web's map projection"],
  ["LongitudeWGS84", "Easting in metres of the web's map projection"],
  ["SiteLink", "Page about the site"],
  ["DataOwner", "Owner of the data"],
  ["DataManager", "Manager of the data"],
] as const;

/** What an objective's figure is: a mean, a share of the hours measured, or how often a limit was passed. */
const MEASURES = [
  { pattern: "%", unit: "%", kind: "rate" },
  { pattern: "as an annual mean", unit: "µg/m³", kind: "mean" },
  { pattern: "", unit: "times a year", kind: "count" },
] as const;

/** Objectives by the gas or dust that they are about. */
const objectives = [
  ["CO", "10 mg/m3 as a maximum daily running 8 hour mean"],
  ["DUST", "40 ug/m3 as an annual mean"],
  ["DUST", "50 ug/m3 as a 24 hour mean, not to be exceeded more than 35 times a year"],
  ["NO2", "200 ug/m3 as a 1 hour mean, not to be exceeded more than 18 times a year"],
  ["NO2", "40 ug/m3 as an annual mean"],
  ["O3", "100 ug/m3 as an 8 hour mean, not to be exceeded more than 10 times a year"],
  ["PM10", "40 ug/m3 as an annual mean"],
  ["PM10", "50 ug/m3 as a 24 hour mean, not to be exceeded more than 35 times a year"],
  ["SO2", "125 ug/m3 as a 24 hour mean, not to be exceeded more than 3 times a year"],
  ["SO2", "266 ug/m3 as a 15 minute mean, not to be exceeded more than 35 times a year"],
  ["SO2", "350 ug/m3 as a 1 hour mean, not to be exceeded more than 24 times a year"],
  ...["CO", "DUST", "NO2", "O3", "PM10", "SO2"].map((species) => [species, "Capture Rate (%)"] as const),
] as const;

/** Keys of an objective, which the document's attributes have been since 2019, though no site has a value of them. */
const KEYS = [
  ["SpeciesCode", "Code of what is measured, in an objective"],
  ["SpeciesDescription", "Name of what is measured, in an objective"],
  ["Year", "Year of an objective"],
  ["ObjectiveName", "Name of an objective"],
  ["Value", "Figure of an objective, which is a value of the objective's own attribute"],
  ["Achieved", "Whether an objective was achieved"],
] as const;

/** What is known to be measured; which of it a document has, it says itself. */
const attributes: readonly ImporterAttribute[] = [
  ...objectives.map(([species, objective]): ImporterAttribute => {
    const { unit, kind } = MEASURES.find(({ pattern }) => objective.includes(pattern)) ?? MEASURES[2];
    return { label: `${species} ${objective}`, description: objective, unit, kind, values: "timed" };
  }),
  ...[...facts, ...KEYS].map(
    ([label, description]): ImporterAttribute => ({ label, description, kind: "category", values: "fixed" }),
  ),
];

/** The members of a list, as SQL; one alone is not in a list. */
function listed(json: string, path: string): string {
  return `unnest(CASE json_type(${json}, '${path}') WHEN 'ARRAY' THEN json_extract(${json}, '${path}[*]')
    WHEN 'OBJECT' THEN [json_extract(${json}, '${path}')] ELSE [] END)`;
}

/** The columns `unit` or `kind` of an objective by its name. */
function measured(column: "unit" | "kind"): string {
  const cases = MEASURES.map(
    (measure) => `WHEN contains(name, '${measure.pattern}') THEN '${measure[column]}'`,
  );
  return `CASE ${cases.join(" ")} END AS ${column}`;
}

/**
 * Air quality by the Environmental Research Group of King's College London: how monitoring sites of the London Air Quality
 * Network stood to the objectives of a year. One row is one site; the measurements are those of the objectives that the
 * document names. The fields named WGS84 are metres.
 */
export const laqn = defineImporter({
  id: "lac/laqn",
  className: "uk.org.tombolo.importer.lac.LAQNImporter",
  version: 2,
  title: "London air quality",
  doc: "Monitoring sites of the London Air Quality Network and their yearly figures beside the objectives, such as nitrogen dioxide as an annual mean. Name a year with --time 2010 and, if need be, a group of sites with --geography.",
  provider: { label: "erg.kcl.ac.uk", name: "Environmental Research Group Kings College London" },
  licence: OPEN_GOVERNMENT_LICENCE,
  attribution: "Source: London Air, King's College London.",
  access: "public",
  unitOfRecord: "none",
  datasources: [
    {
      id: "airQualityControl",
      name: "airQualityControl",
      description: NAME,
      url: "https://www.londonair.org.uk/LondonAir/API/",
      subjectTypes: [{ label: "airQualityControl", name: NAME }],
      attributes,
      fileDecides: true,
      files: ({ geographyScope, temporalScope }) => {
        const year = temporalScope[0] === undefined ? "" : `/Year=${temporalScope[0]}`;
        const area = geographyScope[0] ?? "London";
        return [{ address: `${SERVICE}/GroupName=${area}${year}/json`, format: "json", prefix: "uk.lac" }];
      },
      rows: async (tables) => {
        await tables.create(
          "site",
          `SELECT row_number() OVER () AS number, site, site->>'$."@SiteCode"' AS label FROM (SELECT ${listed("json", "$.SiteObjectives.Site")} AS site FROM source)`,
        );
        await tables.create(
          "objective",
          `SELECT row_number() OVER (ORDER BY number) AS position, label, objective->>'$."@SpeciesCode"' AS species,
              objective->>'$."@ObjectiveName"' AS name, objective->>'$."@Year"' AS year, objective->>'$."@Value"' AS value
            FROM (SELECT number, label, ${listed("site", "$.Objective")} AS objective FROM site)`,
        );
        const keys = `SELECT DISTINCT substr(key, 2) AS label FROM (SELECT unnest(json_keys(site)) AS key FROM site
          UNION ALL SELECT unnest(json_keys(site, '$.Objective[0]')) FROM site
          UNION ALL SELECT unnest(json_keys(site, '$.Objective')) FROM site WHERE json_type(site, '$.Objective') = 'OBJECT')
          WHERE starts_with(key, '@')`;
        return {
          subjects: `SELECT label, site->>'$."@SiteName"' AS name,
              ST_Point(TRY_CAST(site->>'$."@Longitude"' AS DOUBLE), TRY_CAST(site->>'$."@Latitude"' AS DOUBLE)) AS shape
            FROM site ORDER BY number`,
          attributes: `SELECT label, description, unit, kind FROM (
              SELECT DISTINCT 1 AS part, species || ' ' || name AS label, name AS description, ${measured("unit")}, ${measured("kind")} FROM objective
              UNION ALL SELECT 2, label, 'Unique key', NULL, NULL FROM (${keys})) ORDER BY part, label`,
          fixed: facts
            .map(([key]) => `SELECT label, '${key}' AS attribute, site->>'$."@${key}"' AS value FROM site`)
            .join(" UNION ALL "),
          timed: `SELECT label, species || ' ' || name AS attribute, year AS time, ${numberIn("value")} AS value, position FROM objective`,
        };
      },
      repeatedSubjects: true,
      expect: { subjects: { atLeast: 1, atMost: 100_000 } },
    },
  ],
});
