import { UserError } from "../../errors.ts";
import { didYouMean } from "../../nearest.ts";
import { fromBritishGrid } from "../coordinate-system.ts";
import { numberIn } from "../formats/csv.ts";
import {
  type Datasource,
  defineImporter,
  type ImportContext,
  type ImporterAttribute,
  type SourceFile,
} from "../importer.ts";
import { OPEN_GOVERNMENT_LICENCE } from "../ons/ons.ts";
import { DFT } from "./dft.ts";
import { trafficAuthorities, trafficRegions } from "./traffic-areas.ts";

const SERVICE = "http://api.dft.gov.uk/v3/trafficcounts/export/";

const vehicles = [
  ["PedalCycles", "pedal cycles"],
  ["Motorcycles", "motorcycles"],
  ["CarsTaxis", "cars and taxis"],
  ["BusesCoaches", "buses and coaches"],
  ["LightGoodsVehicles", "light goods vehicles"],
  ["HeavyGoodsVehicles", "heavy goods vehicles of all kinds"],
] as const;

const fixedAttributes: readonly ImporterAttribute[] = [
  { label: "RoadName", description: "Road name", kind: "category", values: "fixed" },
  { label: "RoadCategory", description: "Road category", kind: "category", values: "fixed" },
  { label: "StartJunction", description: "Start junction", kind: "category", values: "fixed" },
  { label: "EndJunction", description: "End junction", kind: "category", values: "fixed" },
];

const kinds = [
  {
    id: "trafficVolume",
    name: "Traffic volume",
    description: "Volume of traffic on stretches of road, by kind of vehicle",
    folder: "data/traffic/",
    word: "Volume",
    columns: [13, 14, 15, 16, 17, 24],
    describe: (what: string) => `Miles driven in a year by ${what}`,
    unit: "thousand vehicle miles per year",
  },
  {
    id: "trafficCounts",
    name: "Traffic counts",
    description: "Annual average daily flow of traffic at count points, by kind of vehicle",
    folder: "",
    word: "Count",
    columns: [14, 15, 16, 17, 18, 25],
    describe: (what: string) => `Number of ${what} on an average day`,
    unit: "vehicles per day",
  },
] as const;

/**
 * Traffic of major roads by the Department for Transport. One row is one count point in one year; for many of them the figure
 * is estimated. A region or local authority must be named.
 */
export const trafficCounts = defineImporter({
  id: "dft/traffic-counts",
  className: "uk.org.tombolo.importer.dft.TrafficCountImporter",
  version: 1,
  title: "Traffic",
  doc: "Vehicles at count points of the Department for Transport from 2000 on, by kind. Name a region or local authority with --geography, such as London. Many figures are estimates from earlier years.",
  provider: DFT,
  licence: OPEN_GOVERNMENT_LICENCE,
  attribution: "Source: Department for Transport, road traffic statistics. Crown copyright.",
  access: "public",
  unitOfRecord: "none",
  geographyLabels: [...trafficRegions, ...trafficAuthorities],
  datasources: kinds.map(({ id, name, description, folder, word, columns, describe, unit }): Datasource => {
    const timedAttributes = vehicles.map(
      ([vehicle, what]): ImporterAttribute => ({
        label: word + vehicle,
        description: describe(what),
        unit,
        // A mean over the days of a year, but of several roads their flows are added, as the models of traffic do.
        kind: "amount",
        values: "timed",
      }),
    );
    return {
      id,
      name,
      description,
      url: "http://www.dft.gov.uk/traffic-counts/",
      subjectTypes: [{ label: "trafficCounter", name: "Traffic counter from Department for Transport" }],
      attributes: [...fixedAttributes, ...timedAttributes],
      files: (context) => filesOf(context, folder),
      rows: async (tables) => {
        await tables.expectHeadings([
          [1, "CP"],
          [6, "Road"],
          [8, "Easting"],
          [9, "Northing"],
        ]);
        // What is said of a count point is what its first record says.
        await tables.create(
          "record",
          "SELECT *, 'DfT-TrafficCounter-' || trim(c1) AS label FROM source WHERE regexp_full_match(trim(c1), '[0-9]+')",
        );
        await tables.create(
          "counter",
          "SELECT * FROM record QUALIFY row_number() OVER (PARTITION BY label ORDER BY file, row) = 1",
        );
        const facts = [6, 7, 10, 11].map(
          (column, index) =>
            `SELECT label, '${fixedAttributes[index]?.label}' AS attribute, coalesce(c${column}, '') AS value FROM counter`,
        );
        const values = columns.map(
          (column, index) => `SELECT label, '${timedAttributes[index]?.label}' AS attribute, trim(c0) AS time,
            ${numberIn(`c${column}`)} AS value, file * 100000000 + row AS position FROM record`,
        );
        return {
          subjects: `SELECT label, coalesce(c6, '') || ' (' || coalesce(c10, '') || ' to ' || coalesce(c11, '') || ')' AS name,
            ${fromBritishGrid("ST_Point(TRY_CAST(c8 AS DOUBLE), TRY_CAST(c9 AS DOUBLE))")} AS shape FROM counter ORDER BY file, row`,
          fixed: facts.join(" UNION ALL "),
          timed: values.join(" UNION ALL "),
        };
      },
      expect: { subjects: { atLeast: 1, atMost: 1_000_000 } },
    };
  }),
});

function filesOf({ geographyScope }: ImportContext, folder: string): SourceFile[] {
  if (geographyScope.length === 0) {
    throw new UserError("Missing geography scope: traffic is loaded by region or local authority", {
      hint: "Add --geography London, or another.",
    });
  }
  return geographyScope.map((name) => {
    const isRegion = trafficRegions.includes(name);
    if (!isRegion && !trafficAuthorities.includes(name)) {
      throw new UserError(`Unknown Geography Scope: ${name}`, {
        where: name,
        hint: didYouMean(name, [...trafficRegions, ...trafficAuthorities]),
      });
    }
    const file = name.replaceAll(" ", "+").replaceAll(",", "%2C");
    return { address: `${SERVICE}${folder}${isRegion ? "region" : "la"}/${file}.csv`, format: "csv" };
  });
}
