import { fromBritishGrid } from "../coordinate-system.ts";
import { columnsByHeading } from "../headings.ts";
import { defineImporter } from "../importer.ts";

const DAY = 86_400_000;
const FOLDER = "https://ea-edubase-api-prod.azurewebsites.net/edubase/downloads/public";

/** Headings that are kept, what they say, and the unit of those that are numbers. Those that name people are left out. */
const FACTS = [
  ["URN", "Number of the establishment", undefined],
  ["LA (code)", "Code of the local authority in education", undefined],
  ["LA (name)", "Local authority", undefined],
  ["EstablishmentNumber", "Number within the local authority", undefined],
  ["TypeOfEstablishment (name)", "Type, such as community school", undefined],
  ["EstablishmentStatus (name)", "Open or closed", undefined],
  ["OpenDate", "Day of opening", undefined],
  ["PhaseOfEducation (name)", "Phase, such as primary", undefined],
  ["StatutoryLowAge", "Lowest age", "years"],
  ["StatutoryHighAge", "Highest age", "years"],
  ["Gender (name)", "Boys, girls or mixed", undefined],
  ["ReligiousCharacter (name)", "Religious character", undefined],
  ["SchoolCapacity", "Places", "places"],
  ["NumberOfPupils", "Pupils", "people"],
  ["PercentageFSM", "Share of pupils with free school meals", "%"],
  ["Postcode", "Postcode", undefined],
  ["DistrictAdministrative (code)", "Code of the local authority district", undefined],
  ["LSOA (code)", "Code of the lower layer super output area", undefined],
  ["MSOA (code)", "Code of the middle layer super output area", undefined],
] as const;

/**
 * Every school and college of England and Wales from "Get Information about Schools", the Department for Education's register. One row is one
 * establishment, also a closed one. The file is made anew each night and named by its day; yesterday's is sure to be there.
 * It names head teachers, whom we leave out. Headings as a public program lists them in full for the file of 18 September 2023.
 */
export const gias = defineImporter({
  id: "dfe/gias",
  version: 1,
  title: "Schools of England today",
  doc: "Every school and college that the Department for Education lists, open or closed, with place, phase, type and number of pupils. Names of head teachers are not imported.",
  provider: { label: "uk.gov.education", name: "Department for Education" },
  licence: "Open Government Licence v3.0",
  attribution: "© Crown copyright, Department for Education, Get Information about Schools.",
  access: "public",
  unitOfRecord: "organisation",
  covers: ["E92000001"],
  datasources: [
    {
      id: "gias",
      name: "Schools and colleges",
      description: "Establishments with place, phase, type, capacity and number of pupils.",
      url: "https://get-information-schools.service.gov.uk/Downloads",
      subjectTypes: [{ label: "school", name: "School or college" }],
      attributes: FACTS.map(([label, description, unit]) => ({
        label,
        description,
        ...(unit && { unit }),
        kind:
          unit === "%"
            ? ("rate" as const)
            : unit === "people" || unit === "places"
              ? ("count" as const)
              : ("category" as const),
        values: "fixed" as const,
      })),
      // A day in the temporal scope, such as 2026-03-31, asks for the file of that day.
      files: ({ temporalScope: [day] }) => [
        { address: `${FOLDER}/edubasealldata${(day ?? yesterday()).replaceAll("-", "")}.csv`, format: "csv" },
      ],
      rows: async (tables) => {
        const column = await columnsByHeading(tables, ["URN", "EstablishmentName", "Easting", "Northing"]);
        await tables.create(
          "schools",
          `SELECT row, ${column("URN")} AS label, ${column("EstablishmentName")} AS name,
             TRY_CAST(${column("Easting")} AS DOUBLE) AS x, TRY_CAST(${column("Northing")} AS DOUBLE) AS y,
             ${FACTS.map(([heading]) => `${column(heading)} AS "${heading}"`).join(", ")}
           FROM source WHERE row > 0 AND ${column("URN")} IS NOT NULL`,
        );
        return {
          subjects: `SELECT label, name, CASE WHEN x > 0 AND y > 0 THEN ${fromBritishGrid("ST_Point(x, y)")} END AS shape FROM schools ORDER BY row`,
          fixed: FACTS.map(
            ([heading]) =>
              `SELECT label, '${heading}' AS attribute, "${heading}" AS value FROM schools WHERE "${heading}" IS NOT NULL`,
          ).join(" UNION ALL "),
        };
      },
    },
  ],
});

const yesterday = () => new Date(Date.now() - DAY).toISOString().slice(0, 10);
