import { isAbsolute, resolve } from "node:path";
import { countOf } from "../../count-of.ts";
import { quoteLiteral } from "../../engine/quote.ts";
import { UserError } from "../../errors.ts";
import { checkSystem, fromSystem } from "../coordinate-system.ts";
import { distinctNames } from "../distinct-names.ts";
import {
  attributeRows,
  type Datasource,
  defineImporter,
  type Importer,
  type SourceFile,
} from "../importer.ts";
import type { Tables } from "../tables.ts";

const WAY_OUT =
  "Name a settings file with --config: it says file_location, subjectIDIndex, existingSubject, provider, subject_type_provider, subject_type_label and geography_projection.";

type Configuration = Readonly<Record<string, string>>;

/** Settings once they are read. */
interface Settings {
  readonly location: string;
  readonly provider: string;
  readonly typeProvider: string;
  readonly type: string;
  readonly isExisting: boolean;
  readonly code: number;
  /** Coordinate system and the columns of its axes. */
  readonly place: { readonly system: string; readonly x: number; readonly y: number } | undefined;
}

/**
 * Any CSV file, as a settings file describes it: one row is one subject, new or known to the store, and each column that is
 * neither its label nor a coordinate is a fixed attribute.
 */
export const csv = defineImporter({
  id: "general/csv",
  className: "uk.org.tombolo.importer.generalcsv.GeneralCSVImporter",
  version: 1,
  title: "General CSV",
  doc: `Any CSV file, described by a settings file of the form of 2019. ${WAY_OUT} For a file of one's own without such a file, %import it by its path.`,
  provider: { label: "local", name: "" },
  licence: "",
  attribution: "",
  access: "internal",
  unitOfRecord: undefined,
  datasources: [],
  unlisted: (id) => {
    throw new UserError(`${id} needs a settings file`, { where: id, hint: WAY_OUT });
  },
  configure: (configuration, folder): Importer => {
    const settings = readSettings(configuration);
    return {
      ...csv,
      unlisted: undefinedDatasource,
      title: settings.location,
      attribution: settings.location,
      provider: { label: settings.provider, name: "" },
      identity: JSON.stringify(settings),
      datasources: [datasource(settings, folder)],
    };
  },
});

function undefinedDatasource(id: string): Datasource {
  throw new UserError(`Unknown DatasourceId: ${id}`, {
    where: id,
    hint: "It is the word datasource and the provider of the settings file, with its first letter in upper case.",
  });
}

function readSettings(configuration: Configuration): Settings {
  const text = (key: string) => {
    const value = configuration[key]?.trim();
    if (value) return value;
    const why = value === undefined ? "does not say" : "is empty at";
    throw new UserError(`The settings file ${why} ${key}`, { where: key, hint: WAY_OUT });
  };
  const column = (key: string) => {
    const value = text(key);
    if (/^\d+$/.test(value)) return Number(value);
    throw new UserError(`${key} in the settings file is a column's number from 0, not "${value}"`, {
      where: key,
    });
  };
  const existing = text("existingSubject").toLowerCase();
  if (existing !== "yes" && existing !== "no")
    throw new UserError(`existingSubject in the settings file is yes or no, not "${existing}"`, {
      where: "existingSubject",
    });
  const system = configuration["geography_projection"]?.trim() ?? "";
  if (system !== "" && !/^EPSG:\d+$/i.test(system))
    throw new UserError(
      `geography_projection in the settings file is a code such as EPSG:4326, not "${system}"`,
      {
        where: "geography_projection",
      },
    );
  return {
    location: text("file_location"),
    provider: text("provider"),
    typeProvider: text("subject_type_provider"),
    type: text("subject_type_label"),
    isExisting: existing === "yes",
    code: column("subjectIDIndex"),
    place:
      system === ""
        ? undefined
        : {
            system: system.toUpperCase(),
            x: column("longitude(easting)Index"),
            y: column("latitude(northing)Index"),
          },
  };
}

function datasource(settings: Settings, folder: string): Datasource {
  const { provider, typeProvider, type, isExisting, location } = settings;
  return {
    id: `datasource${provider.charAt(0).toUpperCase()}${provider.slice(1)}`,
    name: location,
    description: "",
    url: null,
    subjectTypes: isExisting ? [] : [{ label: type, name: "", provider: { label: typeProvider, name: "" } }],
    attributes: [],
    ...(isExisting && { valuesOf: [{ provider: typeProvider, label: type }] }),
    files: [fileOf(location, folder)],
    rows: (tables) => readRows(tables, settings),
    labelHint: "The labels are in the column that subjectIDIndex names.",
  };
}

function fileOf(location: string, folder: string): SourceFile {
  if (/^https?:\/\//.test(location)) return { address: location, format: "csv", suffix: ".csv" };
  const path = location.replace(/^file:(\/\/)?(?=\/)/, "");
  return { address: location, path: isAbsolute(path) ? path : resolve(folder, path), format: "csv" };
}

async function readRows(tables: Tables, { code, place, isExisting, typeProvider, type }: Settings) {
  const headings = await tables.headings();
  if (place) await checkSystem(tables.engine, place.system, "geography_projection");
  for (const column of [code, ...(place ? [place.x, place.y] : [])]) {
    if (headings[column] === undefined)
      throw new UserError(`The file has no column ${column}, so nothing was imported`, {
        hint: `Its columns are 0 to ${headings.length - 1}.`,
      });
  }
  const measured = [...headings.keys()].filter(
    (column) => column !== code && column !== place?.x && column !== place?.y,
  );
  // Values of a heading that occurs again would else take the place of the first one's.
  const labels = distinctNames(measured.map((column) => headings[column] ?? ""));
  const attributes = labels.map((label) => ({ label, description: label }));
  const isKnown = `c${code} IN (SELECT label FROM subjects
    WHERE provider = ${quoteLiteral(typeProvider)} AND subject_type = ${quoteLiteral(type)})`;
  const fixed = measured.map(
    (
      column,
      index,
    ) => `SELECT c${code} AS label, ${quoteLiteral(labels[index] ?? "")} AS attribute, coalesce(c${column}, '') AS value, row AS position
      FROM source WHERE row > 0${isExisting ? ` AND ${isKnown}` : ""}`,
  );
  if (isExisting) await warnOfUnknown(tables, isKnown, type);
  const shape = place
    ? fromSystem(`ST_Point(TRY_CAST(c${place.x} AS DOUBLE), TRY_CAST(c${place.y} AS DOUBLE))`, place.system)
    : "NULL::GEOMETRY";
  return {
    ...(!isExisting && {
      subjects: `SELECT label, '' AS name, CASE WHEN isfinite(ST_X(shape)) AND isfinite(ST_Y(shape)) THEN shape END AS shape
        FROM (SELECT row, c${code} AS label, TRY(${shape}) AS shape FROM source WHERE row > 0) ORDER BY row`,
    }),
    ...(attributes.length > 0 && { attributes: attributeRows(attributes), fixed: fixed.join(" UNION ALL ") }),
  };
}

async function warnOfUnknown(tables: Tables, isKnown: string, type: string): Promise<void> {
  const [found] = await tables.query(
    `SELECT count(*) AS unknown, min(row) + 1 AS first FROM source WHERE row > 0 AND NOT coalesce(${isKnown}, false)`,
  );
  const count = Number(found?.["unknown"] ?? 0);
  if (count > 0)
    tables.warn(
      `${countOf(count, "row was", "rows were")} left out, because the store has no ${type} of that label: row ${String(found?.["first"])}${count > 1 ? " and others" : ""}.`,
    );
}
