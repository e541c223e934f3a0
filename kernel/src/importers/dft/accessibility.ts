import { grid } from "../grid.ts";
import { type Datasource, defineImporter, type ImporterAttribute } from "../importer.ts";
import { AREAS, OPEN_GOVERNMENT_LICENCE } from "../ons/ons.ts";
import { accessibilityMeasures } from "./accessibility-measures.ts";
import { DFT } from "./dft.ts";

const page =
  "https://www.gov.uk/government/statistical-data-sets/acs05-travel-time-destination-and-origin-indicators-to-key-sites-and-services-by-lower-super-output-area-lsoa";

const services = [
  ["acs0501", 357458, "Employment centres"],
  ["acs0502", 357460, "Primary schools"],
  ["acs0503", 357461, "Secondary schools"],
  ["acs0504", 357464, "Further Education institutions"],
  ["acs0505", 357467, "GPs"],
  ["acs0506", 357468, "Hospitals"],
  ["acs0507", 357469, "Food stores"],
] as const;

/**
 * Travel time to key services by the Department for Transport (ACS05, 2007 to 2013). One row of a yearly sheet is one lower
 * layer super output area; the sheet `Metadata` says what the columns are. 999 minutes stand for a journey that cannot be made
 * within 120.
 */
export const accessibility = defineImporter({
  id: "dft/accessibility",
  className: "uk.org.tombolo.importer.dft.AccessibilityImporter",
  version: 1,
  title: "Accessibility of key services",
  doc: "Travel times to employment, schools, doctors, hospitals and food stores by mode, and who reaches them, for lower layer super output areas, 2007 to 2013. 999 minutes stand for a journey that cannot be made within 120.",
  provider: DFT,
  licence: OPEN_GOVERNMENT_LICENCE,
  attribution: "Source: Department for Transport, Accessibility Statistics. Crown copyright.",
  access: "public",
  unitOfRecord: "area",
  datasources: services.map(
    ([id, number, name]): Datasource => ({
      id,
      name,
      description: `Travel time, destination and origin indicators to ${name} by mode of travel`,
      url: page,
      subjectTypes: [],
      attributes: measuresOf(id),
      valuesOf: [AREAS.lsoa],
      areas: ["lsoa"],
      files: [
        {
          address: `https://www.gov.uk/government/uploads/system/uploads/attachment_data/file/${number}/${id}.xls`,
          format: "spreadsheet",
          suffix: ".xls",
          sheets: /^Metadata$|\d{4}$/,
        },
      ],
      rows: async (tables) => {
        await tables.create("measure", MEASURES);
        return {
          attributes: "SELECT label, description FROM measure ORDER BY row",
          timed: `SELECT code AS label, header AS attribute, right(sheet_name, 4) AS time, number AS value, position
            FROM ${grid({ code: 0, header: 5 })} JOIN measure ON measure.label = header
            WHERE regexp_matches(sheet_name, '[0-9]{4}$') AND cell.row > 5`,
        };
      },
    }),
  ),
});

/** The rows of the sheet `Metadata` below its headings, up to the first that is blank, without those that are references. */
const MEASURES = `SELECT code.row, trim(name.text) AS label, trim(words.text) AS description
  FROM (SELECT row, row - row_number() OVER (ORDER BY row) AS run FROM source_cells
    WHERE sheet_name = 'Metadata' AND col = 0
      AND row > (SELECT min(row) FROM source_cells WHERE sheet_name = 'Metadata' AND col = 0 AND trim(text) = 'Field')) code
  JOIN source_cells name ON name.sheet_name = 'Metadata' AND name.row = code.row AND name.col = 1
  JOIN source_cells words ON words.sheet_name = 'Metadata' AND words.row = code.row AND words.col = 2
  LEFT JOIN source_cells sort ON sort.sheet_name = 'Metadata' AND sort.row = code.row AND sort.col = 3
  WHERE NOT coalesce(starts_with(sort.text, 'Reference'), false)
  QUALIFY code.run = min(code.run) OVER ()`;

function measuresOf(id: (typeof services)[number][0]): ImporterAttribute[] {
  const lines = accessibilityMeasures[id].trim().split("\n");
  return lines.map((line) => {
    const label = line.split(" ")[0] ?? "";
    const description = line.slice(label.length + 1);
    return { label, description, values: "timed", ...measureOf(description) };
  });
}

function measureOf(description: string): Pick<ImporterAttribute, "unit" | "kind"> {
  if (description.startsWith("%")) return { unit: "%", kind: "rate" };
  if (description.startsWith("Travel time")) return { unit: "min", kind: "mean" };
  if (description.startsWith("Frequency score")) return { kind: "index" };
  const [, things] = /^Number of (.+?) (?:with at least|available|by|within) /.exec(description) ?? [];
  return { kind: "count", unit: things ?? "people" };
}
