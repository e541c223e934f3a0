import { columnsByHeading } from "../headings.ts";
import { defineImporter } from "../importer.ts";

const VEHICLES = [
  ["pedal_cycles", "Pedal cycles"],
  ["two_wheeled_motor_vehicles", "Motor cycles and mopeds"],
  ["cars_and_taxis", "Cars and taxis"],
  ["buses_and_coaches", "Buses and coaches"],
  ["LGVs", "Light goods vehicles"],
  ["all_HGVs", "Heavy goods vehicles"],
  ["all_motor_vehicles", "All motor vehicles"],
] as const;

const FACTS = [
  ["road_name", "Name of the road, such as A3111"],
  ["road_category", "Class of the road: motorway, trunk, principal, minor"],
  ["road_type", "Major or minor"],
  ["region_name", "Region"],
  ["local_authority_name", "Local authority"],
  ["link_length_km", "Length of the stretch of road that the count stands for"],
] as const;

const NEEDED = ["count_point_id", "year", "latitude", "longitude", "pedal_cycles", "all_motor_vehicles"];

/**
 * Road traffic in Great Britain since 2000 from the Department for Transport. One row of the file is one point and year: the average
 * number of vehicles of each kind that pass in a day. Most years are estimates from a count in an earlier one.
 */
export const aadf = defineImporter({
  id: "dft/aadf",
  version: 1,
  title: "Annual average daily traffic flow",
  doc: "Vehicles of each kind that pass a point of a road in an average day, each year since 2000, in Great Britain. Most figures are estimates that carry an earlier count forward.",
  provider: { label: "uk.gov.dft", name: "Department for Transport" },
  licence: "Open Government Licence v3.0",
  attribution: "© Crown copyright, Department for Transport.",
  access: "public",
  unitOfRecord: "none",
  covers: ["E92000001", "W92000004", "S92000003"],
  datasources: [
    {
      id: "aadf",
      name: "Annual average daily flow at each count point",
      description: "Average number of vehicles a day, by kind of vehicle and year.",
      url: "https://roadtraffic.dft.gov.uk/downloads",
      years: "2000–2024",
      subjectTypes: [{ label: "countPoint", name: "Point of a road where traffic is counted" }],
      attributes: [
        ...VEHICLES.map(([label, description]) => ({
          label,
          description: `${description} in an average day`,
          unit: "vehicles/day",
          // A mean over the days of a year, but the flows of several roads are added.
          kind: "amount" as const,
          values: "timed" as const,
        })),
        ...FACTS.map(([label, description]) => ({
          label,
          description,
          ...(label === "link_length_km" && { unit: "km" }),
          kind: label === "link_length_km" ? ("amount" as const) : ("category" as const),
          values: "fixed" as const,
        })),
      ],
      files: [
        {
          address:
            "https://storage.googleapis.com/dft-statistics/road-traffic/downloads/data-gov-uk/dft_traffic_counts_aadf.zip",
          format: "csv",
          suffix: ".zip",
          entries: [".csv"],
        },
      ],
      rows: async (tables) => {
        const column = await columnsByHeading(tables, NEEDED);
        await tables.create(
          "points",
          `SELECT ${column("count_point_id")} AS label, TRY_CAST(${column("year")} AS INTEGER) AS year,
             TRY_CAST(${column("longitude")} AS DOUBLE) AS x, TRY_CAST(${column("latitude")} AS DOUBLE) AS y,
             ${[...VEHICLES, ...FACTS].map(([label]) => `${column(label)} AS "${label}"`).join(", ")}
           FROM source WHERE row > 0 AND ${column("count_point_id")} IS NOT NULL`,
        );
        await tables.create(
          "latest",
          "SELECT * FROM points QUALIFY row_number() OVER (PARTITION BY label ORDER BY year DESC) = 1",
        );
        return {
          subjects: `SELECT label, concat_ws(' ', road_name, '(' || local_authority_name || ')') AS name, ST_Point(x, y) AS shape FROM latest ORDER BY label`,
          fixed: FACTS.map(
            ([label]) =>
              `SELECT label, '${label}' AS attribute, "${label}" AS value FROM latest WHERE "${label}" IS NOT NULL`,
          ).join(" UNION ALL "),
          timed: VEHICLES.map(
            ([
              label,
            ]) => `SELECT label, '${label}' AS attribute, year::VARCHAR AS time, TRY_CAST("${label}" AS DOUBLE) AS value
              FROM points WHERE TRY_CAST("${label}" AS DOUBLE) IS NOT NULL AND year IS NOT NULL`,
          ).join(" UNION ALL "),
        };
      },
    },
  ],
});
