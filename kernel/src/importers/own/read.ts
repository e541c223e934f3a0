import { renameSync } from "node:fs";
import { basename, extname } from "node:path";
import type { Engine } from "../../engine/engine.ts";
import { quoteIdentifier, quoteLiteral } from "../../engine/quote.ts";
import { readFiles } from "../../engine/read-files.ts";
import { rowsOf } from "../../engine/rows.ts";
import { UserError } from "../../errors.ts";
import { didYouMean } from "../../nearest.ts";
import { onRowsOf } from "../../progress.ts";
import { geoLayers, inDegrees, readGeo } from "../formats/geo-file.ts";
import type { Piece, ReadOptions } from "../formats/read.ts";
import { firstLinesOf, startOfFile } from "../formats/start-of-file.ts";
import { utf8File } from "../formats/text-file.ts";
import { checkZip, unpackGzip, unpackZip, zipEntries } from "../formats/unpack.ts";
import {
  columnNames,
  type FirstRows,
  findDelimiter,
  findHeader,
  joinedHeadings,
  unitsBelow,
  withUnit,
} from "./grid.ts";
import type { OwnFileOptions } from "./options.ts";
import { systemOfExtent } from "./place.ts";

/** The rows of a file of one's own, in the view `own_rows`, which copies nothing: `position` from 0, its columns as texts, and perhaps `geom`. */
export interface OwnRows {
  readonly columns: readonly string[];
  /** Whether there are shapes in `geom`, in longitude and latitude. */
  readonly hasShapes: boolean;
  /** What was done to read it, in sentences. */
  readonly notes: readonly string[];
}

const FIRST_ROWS = 60;
/** What the beginning of GeoJSON or TopoJSON says. */
const GEO_JSON =
  /"type"\s*:\s*"(Topology|Feature(Collection)?|GeometryCollection|(Multi)?(Point|LineString|Polygon))"/;
/** Columns that the readers add. */
const ADDED = ["OGC_FID", "fid", "file", "geom"];

type ReadRows = (
  engine: Engine,
  piece: Piece,
  options: OwnFileOptions,
  work: ReadOptions,
) => Promise<OwnRows>;

/** Readers by the endings of files; the first that fits is taken. */
const READERS: readonly (readonly [RegExp, ReadRows])[] = [
  [/\.(xlsx|xlsm|xls|ods)$/i, readSheet],
  [/\.(geo)?parquet$/i, readParquetFile],
  [/\.json$/i, readJsonFile],
  [/\.(geojson|topojson|gpkg|shp|fgb|kml|gml|gpx|tab|mif)$/i, readGeoFile],
  [/\.(csv|tsv|txt|dat)$/i, readText],
];

/** Endings of the files that can be imported as they are. */
export const OWN_FILE_ENDINGS =
  ".csv, .tsv, .txt, .xlsx, .xls, .ods, .geojson, .topojson, .json, .gpkg, .shp, .fgb, .kml, .gml, .parquet, and .zip or .gz of these";

/** Reads a file into `own_rows`. Throws a UserError that says what the file is when it cannot be read. */
export async function readOwnRows(
  engine: Engine,
  piece: Piece,
  options: OwnFileOptions,
  work: ReadOptions,
): Promise<OwnRows> {
  const inside = await unpacked(piece, work);
  const reader = READERS.find(([ending]) => ending.test(inside.path))?.[1];
  if (reader) return reader(engine, inside, options, work);
  if (/\.osm(\.pbf|\.gz)?$/i.test(piece.path)) {
    throw new UserError(`Which entities of ${piece.name} are wanted?`, {
      where: piece.path,
      hint: `Write their tags: %import osm/amenity=pub --local ${piece.name}`,
    });
  }
  throw new UserError(`${piece.name} is of no kind that can be imported`, {
    where: piece.path,
    hint: `Known: ${OWN_FILE_ENDINGS}.`,
  });
}

/** What is in an archive: of a zip the first file of a known kind, with what belongs to it. */
async function unpacked(piece: Piece, { folder, signal }: ReadOptions): Promise<Piece> {
  if (/(?<!\.osm)\.gz$/i.test(piece.path)) {
    const name = piece.name.replace(/\.gz$/i, "");
    const path = await unpackGzip(piece, folder, signal);
    renameSync(path, `${path}${extname(name)}`);
    return { ...piece, name, path: `${path}${extname(name)}` };
  }
  if (!/\.zip$/i.test(piece.path)) return piece;
  const entries = (await zipEntries(piece, signal)).filter((entry) => !entry.startsWith("__MACOSX/"));
  const [first] = READERS.flatMap(([ending]) => entries.filter((entry) => ending.test(entry)));
  if (first === undefined) {
    throw new UserError(`${piece.name} holds nothing that can be imported`, {
      where: piece.path,
      hint: `It holds ${entries.slice(0, 5).join(", ")}. Known: ${OWN_FILE_ENDINGS}.`,
    });
  }
  const stem = first.slice(0, first.length - extname(first).length);
  const others = entries.filter((entry) => entry !== first && entry.startsWith(`${stem}.`));
  const [read] = await unpackZip(piece, [first, ...others], folder, signal);
  return read ? { ...piece, name: basename(first), path: read.path } : piece;
}

async function readText(
  engine: Engine,
  piece: Piece,
  options: OwnFileOptions,
  work: ReadOptions,
): Promise<OwnRows> {
  const path = await utf8File(piece.path, work.folder, work.signal, options.encoding);
  const start = firstLinesOf(path);
  if (start.trim() === "") throw new UserError(`${piece.name} is empty`, { where: piece.path });
  if (/^\s*<(!doctype html|html)/i.test(start)) {
    throw new UserError(`${piece.name} is a web page, not a table`, {
      where: piece.path,
      hint: "Check the address it came from.",
    });
  }
  const delimiter = options.delimiter ?? findDelimiter(start);
  const count = Math.max(1, ...start.split(/\r\n?|\n/).map((line) => line.split(delimiter).length));
  const names = Array.from({ length: count }, (_, index) => `c${index}`);
  const columns = names.map((name) => `'${name}': 'VARCHAR'`).join(", ");
  const format = `auto_detect = false, columns = {${columns}}, delim = ${quoteLiteral(delimiter)}, quote = '"', escape = '"', header = false,
    null_padding = true, strict_mode = false, parallel = false`;
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE own_grid AS SELECT * FROM ${readFiles("read_csv", [path], format)} WHERE coalesce(${names.join(", ")}) IS NOT NULL`,
    { signal: work.signal, onRows: onRowsOf(work, `Reading ${piece.name}`) },
  );
  const notes =
    delimiter === "," ? [] : [`Fields are parted by ${delimiter === "\t" ? "tabs" : `"${delimiter}"`}.`];
  return rowsOfGrid(engine, piece, { names, rowNumber: "rowid" }, options, notes);
}

/** The sheet that is named, else the one with most cells. */
async function readSheet(
  engine: Engine,
  piece: Piece,
  options: OwnFileOptions,
  work: ReadOptions,
): Promise<OwnRows> {
  if (/\.(xlsx|xlsm|ods)$/i.test(piece.path)) await checkZip(piece, work.signal);
  const { readSpreadsheet } = await import("../formats/spreadsheet.ts");
  await readSpreadsheet(engine, [piece], "own", work);
  const found = await engine.query(
    "SELECT sheet, sheet_name, max(col) + 1 AS columns FROM own_cells GROUP BY ALL ORDER BY count(*) DESC, sheet",
  );
  const sheets = found.toArray().map((row) => ({
    index: Number(row.sheet),
    name: String(row.sheet_name),
    columns: Number(row.columns),
  }));
  const wanted = options.sheet;
  const sheet =
    wanted === undefined
      ? sheets[0]
      : (sheets.find(({ name }) => name === wanted) ?? sheets.find(({ index }) => `${index + 1}` === wanted));
  if (!sheet && wanted === undefined) throw new UserError(`${piece.name} is empty`, { where: piece.path });
  if (!sheet) {
    throw new UserError(`${piece.name} has no sheet "${wanted}"`, {
      where: wanted ?? "",
      hint: didYouMean(
        wanted ?? "",
        sheets.map(({ name }) => name),
      ),
    });
  }
  const names = Array.from({ length: sheet.columns }, (_, index) => `c${index}`);
  // A number stands for itself, whatever its display rounds away; a date is displayed and stored as a count of days.
  const value = `CASE WHEN number IS NULL THEN text
    WHEN number BETWEEN 1 AND 80000 AND regexp_matches(text, '[0-9]+[/-][0-9A-Za-z]+([/-][0-9]+)?|[A-Za-z]{3}') THEN
      CASE WHEN number = floor(number) THEN (DATE '1899-12-30' + number::INTEGER)::VARCHAR
      ELSE (TIMESTAMP '1899-12-30' + to_seconds(round(number * 86400)))::VARCHAR END
    WHEN number = floor(number) AND abs(number) < 1e15 THEN number::BIGINT::VARCHAR ELSE number::VARCHAR END`;
  const pivot = names.map((name, col) => `max(${value}) FILTER (WHERE col = ${col}) AS ${name}`);
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE own_grid AS SELECT row, ${pivot.join(", ")} FROM own_cells WHERE sheet = ${sheet.index} GROUP BY row ORDER BY row`,
    { signal: work.signal },
  );
  const notes = sheets.length > 1 ? [`Sheet "${sheet.name}" of ${sheets.length}.`] : [];
  return rowsOfGrid(engine, piece, { names, rowNumber: "row" }, options, notes);
}

/** The table `own_grid`, whose rows are in the order of the file. */
interface Grid {
  /** Its columns. */
  readonly names: readonly string[];
  /** Column by which people know a row, counted from 0. */
  readonly rowNumber: "row" | "rowid";
}

/** Finds the headings of a grid; what is below them are `own_rows`. */
async function rowsOfGrid(
  engine: Engine,
  piece: Piece,
  { names, rowNumber }: Grid,
  options: OwnFileOptions,
  notes: readonly string[],
): Promise<OwnRows> {
  const first = await engine.query(
    `SELECT ${rowNumber} AS row, ${names.join(", ")} FROM own_grid LIMIT ${FIRST_ROWS}`,
  );
  const numbers = Array.from({ length: first.numRows }, (_, index) =>
    Number(first.getChild("row")?.get(index)),
  );
  const rows: FirstRows = numbers.map((_, index) =>
    names.map((name) => {
      const text: unknown = first.getChild(name)?.get(index);
      return typeof text === "string" ? text : null;
    }),
  );
  const header = options.header === undefined ? findHeader(rows) : options.header - 1;
  const isNamed = options.header !== undefined;
  const units = header === undefined ? undefined : unitsBelow(rows, header);
  const plain = headingsOf(rows, header, isNamed, names.length);
  const headings = units ? plain.map((heading, index) => withUnit(heading, units[index] ?? null)) : plain;
  // Columns without a heading and without content are an accident of the file.
  const used = names.filter((_, index) => rows.some((row) => (row[index] ?? "").trim() !== ""));
  const columns = columnNames(used.map((name) => headings[names.indexOf(name)] ?? null));
  if (columns.length === 0) throw new UserError(`${piece.name} is empty`, { where: piece.path });
  const selected = used.map((name, index) => `${name} AS ${quoteIdentifier(columns[index] ?? name)}`);
  const above = header === undefined ? 0 : header + (units ? 2 : 1);
  await engine.run(`CREATE OR REPLACE TEMP VIEW own_rows AS SELECT rowid - ${above} AS position, ${selected.join(", ")}
    FROM own_grid WHERE rowid >= ${above}`);
  const isJoined = header !== undefined && plain !== rows[header];
  const row = header === undefined ? undefined : (numbers[header] ?? header);
  const where = [
    ...whereHeadings(row, isJoined),
    ...(units && row !== undefined ? [`Units in row ${row + 2}.`] : []),
  ];
  return { columns, hasShapes: false, notes: [...notes, ...where] };
}

/** The texts of the headings; of a row that the user names just those in it. */
function headingsOf(
  rows: FirstRows,
  header: number | undefined,
  isNamed: boolean,
  width: number,
): readonly (string | null)[] {
  if (header === undefined) return Array.from({ length: width }, () => null);
  return isNamed ? (rows[header] ?? []) : joinedHeadings(rows, header);
}

function whereHeadings(row: number | undefined, isJoined: boolean): string[] {
  if (row === undefined) return ["There are no headings; name their row with --header."];
  if (isJoined) return [`Headings in rows ${row} and ${row + 1}; --header ${row + 1} takes one row.`];
  return row > 0 ? [`Headings in row ${row + 1}.`] : [];
}

/** JSON may hold shapes, figures of SDMX-JSON, or plain records. */
async function readJsonFile(
  engine: Engine,
  piece: Piece,
  options: OwnFileOptions,
  work: ReadOptions,
): Promise<OwnRows> {
  if (GEO_JSON.test(startOfFile(piece.path))) return readGeoFile(engine, piece, options, work);
  const { readJsonRows } = await import("./json-file.ts");
  return readJsonRows(engine, piece, work);
}

async function readGeoFile(
  engine: Engine,
  piece: Piece,
  options: OwnFileOptions,
  work: ReadOptions,
): Promise<OwnRows> {
  const layer = /\.(json|geojson|topojson|shp)$/i.test(piece.path)
    ? undefined
    : await chooseLayer(engine, piece, options.sheet);
  const source = {
    ...piece.source,
    ...(layer && { layer: layer.name }),
    ...(options.crs !== undefined && { crs: options.crs }),
  };
  await readGeo(engine, [{ ...piece, source }], "own_source", work);
  return rowsOfColumns(engine, "own_source", piece, options, layer?.notes ?? []);
}

/** The layer that is named, else the one with most features. */
async function chooseLayer(
  engine: Engine,
  piece: Piece,
  wanted: string | undefined,
): Promise<{ readonly name: string; readonly notes: readonly string[] } | undefined> {
  const layers = await geoLayers(engine, piece);
  const names = layers.map(({ name }) => name);
  const [fullest] = layers.toSorted((first, second) => second.features - first.features);
  const name =
    wanted === undefined
      ? fullest?.name
      : (names.find((other) => other === wanted) ?? names[Number(wanted) - 1]);
  if (name === undefined && wanted !== undefined) {
    throw new UserError(`${piece.name} has no layer "${wanted}"`, {
      where: wanted,
      hint: didYouMean(wanted, names),
    });
  }
  if (name === undefined) return undefined;
  const others = layers
    .filter((layer) => layer.name !== name && layer.features !== 0)
    .map((layer) => `"${layer.name}"`);
  const notes = others.length > 0 ? [`Layer "${name}"; --sheet takes another: ${others.join(", ")}.`] : [];
  return { name, notes };
}

/** Names of columns in which programs keep shapes as bytes. */
const WKB_NAMES = /^(wkb_geometry|geometry|geom|wkb|the_geom|shape)$/i;

async function readParquetFile(
  engine: Engine,
  piece: Piece,
  options: OwnFileOptions,
  { signal }: ReadOptions,
): Promise<OwnRows> {
  const file = readFiles("read_parquet", [piece.path]);
  const described = await engine.query(
    `SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM ${file})`,
  );
  const columns = rowsOf(described).map((row) => ({
    name: String(row["column_name"]),
    type: String(row["column_type"]),
  }));
  const typed = columns.find(({ type }) => type.startsWith("GEOMETRY"));
  const bytes = columns.find(({ name, type }) => type === "BLOB" && WKB_NAMES.test(name));
  const name = quoteIdentifier((typed ?? bytes)?.name ?? "");
  const shape = typed ? name : bytes && `ST_GeomFromWKB(${name})`;
  const system = options.crs ?? /^GEOMETRY\('(.+)'\)$/.exec(typed?.type ?? "")?.[1];
  const geom = shape === undefined ? "*" : `* EXCLUDE (${name}), ${inDegrees(shape, system)} AS geom`;
  await engine.run(`CREATE OR REPLACE TEMP TABLE own_source AS SELECT ${geom} FROM ${file}`, { signal });
  return rowsOfColumns(engine, "own_source", piece, options, []);
}

async function rowsOfColumns(
  engine: Engine,
  table: string,
  piece: Piece,
  options: OwnFileOptions,
  notes: readonly string[],
): Promise<OwnRows> {
  const described = await engine.query(`SELECT column_name, column_type FROM (DESCRIBE ${table})`);
  const all = described
    .toArray()
    .map((row) => ({ name: String(row.column_name), type: String(row.column_type) }));
  const columns = all.map(({ name }) => name).filter((name) => !ADDED.includes(name));
  const hasShapes = all.some(({ name, type }) => name === "geom" && type.startsWith("GEOMETRY"));
  const moved = hasShapes ? await moveByExtent(engine, table, piece, options) : [];
  const texts = columns.map((name) => `${quoteIdentifier(name)}::VARCHAR AS ${quoteIdentifier(name)}`);
  await engine.run(`CREATE OR REPLACE TEMP VIEW own_rows AS
    SELECT ${["rowid AS position", ...texts, ...(hasShapes ? ["geom"] : [])].join(", ")} FROM ${table}`);
  return { columns, hasShapes, notes: [...notes, ...moved] };
}

/** Shapes that are looked at to see whether they are in degrees. */
const EXTENT_SHAPES = 1000;

/** Moves shapes whose size tells that they are in no degrees, though their file says no coordinate system. */
async function moveByExtent(
  engine: Engine,
  table: string,
  piece: Piece,
  { crs }: OwnFileOptions,
): Promise<string[]> {
  const result =
    await engine.query(`SELECT min(ST_XMin(geom)) AS west, max(ST_XMax(geom)) AS east, min(ST_YMin(geom)) AS south, max(ST_YMax(geom)) AS north
    FROM (SELECT geom FROM ${table} WHERE geom IS NOT NULL LIMIT ${EXTENT_SHAPES})`);
  const [extent = {}] = rowsOf(result);
  if (typeof extent["west"] !== "number") return [];
  const [west, east, south, north] = ["west", "east", "south", "north"].map((side) => Number(extent[side]));
  const system = systemOfExtent([west ?? NaN, east ?? NaN], [south ?? NaN, north ?? NaN]);
  if (system === "EPSG:4326") return [];
  if (crs !== undefined)
    throw new UserError(`The shapes of ${piece.name} are not in ${crs}`, { where: "--crs" });
  if (system === undefined) {
    throw new UserError(
      `${piece.name} does not say its coordinate system, and its shapes are not in degrees`,
      {
        where: piece.path,
        hint: "Say it with --crs, such as --crs EPSG:27700.",
      },
    );
  }
  await engine.run(`UPDATE ${table} SET geom = ${inDegrees("geom", system)}`);
  return [`Shapes taken to be in ${system}, as their coordinates say; --crs overrules it.`];
}
