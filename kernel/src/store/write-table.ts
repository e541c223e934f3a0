import { createHash } from "node:crypto";
import { closeSync, createReadStream, fsyncSync, openSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "../engine/engine.ts";
import { quoteLiteral } from "../engine/quote.ts";
import type { DatasetFile } from "./manifest.ts";
import { DATASET_COLUMN, TABLES, type TableName } from "./tables.ts";

/** DuckDB reads a row group at a time and writes none smaller than this. */
const LEAST_ROW_GROUP = 2048;

/** Most row groups of a file: each has its own bounds, so more of them skip more, but each costs some bytes. */
const MOST_ROW_GROUPS = 256;

/** Beyond this level a file takes longer to write than it becomes smaller. */
const COMPRESSION_LEVEL = 1;

/** Geometry is written as Parquet's own type, whose row groups have bounds; this adds what GeoParquet's readers look for. */
const GEO_PARQUET = JSON.stringify({
  version: "1.1.0",
  primary_column: "shape",
  columns: {
    shape: {
      encoding: "WKB",
      geometry_types: [],
      edges: "planar",
      covering: {
        bbox: Object.fromEntries(["xmin", "ymin", "xmax", "ymax"].map((side) => [side, ["bbox", side]])),
      },
    },
  },
});

/** The order of rows in a file: what one query reads lies together, places along a Hilbert curve. */
const ORDER: Readonly<Record<TableName, readonly string[]>> = {
  subjects: ["provider", "subject_type", "place NULLS LAST", "position", "label"],
  attributes: ["provider", "label"],
  fixed_values: ["subject_provider", "subject_type", "provider", "attribute", "subject_label"],
  timed_values: ["subject_provider", "subject_type", "provider", "attribute", "subject_label", "timestamp"],
};

/** Columns that often say the same in all rows of a dataset; then rows are not sorted by them, which takes long. */
const OFTEN_CONSTANT = ["provider", "subject_provider", "subject_type", "attribute"];

/** How a table is written. */
interface TableOptions {
  readonly signal?: AbortSignal | undefined;
  /** How many rows there are, when it is known that they are all different. */
  readonly count?: number | undefined;
}

/**
 * Writes the rows of one table of a dataset into a Parquet file of the folder: of rows with the same identity the last, in
 * an order and in row groups that let a query skip what it does not need. `source` gives the columns of the table and `dataset`.
 */
export async function writeTable(
  engine: Engine,
  table: TableName,
  source: string,
  folder: string,
  { signal, count }: TableOptions,
): Promise<DatasetFile> {
  const { file, columns } = TABLES[table];
  const typed = Object.entries(columns).map(([name, type]) => `${cast(name, type)} AS ${name}`);
  const present = "value" in columns ? " WHERE value IS NOT NULL" : "";
  const given = `(SELECT ${typed.join(", ")}, ${DATASET_COLUMN} FROM (${source})${present})`;
  const raw = join(folder, `raw-${file}`);
  const counted =
    count === undefined ? await countRows(engine, table, given, signal) : { count, unique: true };
  const rows = await arrange(engine, table, given, raw, counted, signal);
  const path = join(folder, file);
  const size = Math.ceil(counted.count / MOST_ROW_GROUPS / LEAST_ROW_GROUP) * LEAST_ROW_GROUP;
  const geometry =
    table === "subjects"
      ? `, GEOPARQUET_VERSION 'NONE', KV_METADATA { geo: ${quoteLiteral(GEO_PARQUET)} }`
      : "";
  await engine.run(
    `COPY (${rows}) TO ${quoteLiteral(path)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL ${COMPRESSION_LEVEL}, ROW_GROUP_SIZE ${Math.max(size, LEAST_ROW_GROUP)}${geometry})`,
    { signal },
  );
  rmSync(raw, { force: true });
  return describeFile(path, file);
}

function cast(name: string, type: string): string {
  // Shapes come with a coordinate system of another name, or with none; the store's is always the same.
  return name === "shape" ? `${name}::GEOMETRY::${type}` : `${name}::${type}`;
}

interface CountedRows {
  readonly count: number;
  readonly unique: boolean;
}

async function countRows(
  engine: Engine,
  table: TableName,
  given: string,
  signal: AbortSignal | undefined,
): Promise<CountedRows> {
  const counts = await engine.query(
    `SELECT count(*) AS count, count(DISTINCT hash(${TABLES[table].identity.join(", ")})) AS identities FROM ${given}`,
    { signal },
  );
  const count = Number(counts.getChild("count")?.get(0));
  return { count, unique: count === Number(counts.getChild("identities")?.get(0)) };
}

/** A SELECT of the rows that stay, in their order. */
async function arrange(
  engine: Engine,
  table: TableName,
  given: string,
  raw: string,
  { unique }: CountedRows,
  signal: AbortSignal | undefined,
): Promise<string> {
  const { columns, identity } = TABLES[table];
  // Where rows repeat they are written first as they come: the file numbers them, which says which of two is the last.
  if (!unique) {
    await engine.run(
      `COPY ${given} TO ${quoteLiteral(raw)} (FORMAT parquet, COMPRESSION snappy, GEOPARQUET_VERSION 'V2')`,
      { signal },
    );
  }
  const file = unique ? given : `read_parquet(${quoteLiteral(raw)}, file_row_number = true)`;
  const last = unique
    ? ""
    : ` QUALIFY row_number() OVER (PARTITION BY ${identity.join(", ")} ORDER BY ${DATASET_COLUMN} DESC, file_row_number DESC) = 1`;
  const from = `FROM ${file}${last}`;
  const names = [...Object.keys(columns), DATASET_COLUMN];
  const constant = await constantColumns(engine, table, file, signal);
  const order = ORDER[table].filter((key) => !constant.has(key)).join(", ");
  if (table !== "subjects") return `SELECT ${names.join(", ")} ${from} ORDER BY ${order}`;
  const sides = ["XMin", "YMin", "XMax", "YMax"].map((side) => `${side.toLowerCase()}: ST_${side}(shape)`);
  const extent = `(SELECT ST_Extent(ST_Extent_Agg(shape)) FROM ${file})`;
  const placed = `SELECT *, ST_Hilbert(CASE WHEN NOT ST_IsEmpty(shape) THEN ST_Centroid(shape) END, ${extent}) AS place ${from}`;
  return `SELECT ${names.join(", ")}, {${sides.join(", ")}} AS bbox FROM (${placed}) ORDER BY ${order}`;
}

/** The columns that say the same in all rows. */
async function constantColumns(
  engine: Engine,
  table: TableName,
  rows: string,
  signal: AbortSignal | undefined,
): Promise<ReadonlySet<string>> {
  const names = ORDER[table].filter((key) => OFTEN_CONSTANT.includes(key));
  const tests = names.map((name) => `min(${name}) = max(${name}) AS ${name}`);
  const result = await engine.query(`SELECT ${tests.join(", ")} FROM ${rows}`, { signal });
  return new Set(names.filter((name) => result.getChild(name)?.get(0) === true));
}

async function describeFile(path: string, name: string): Promise<DatasetFile> {
  synchronise(path);
  return { name, bytes: statSync(path).size, digest: await digestOf(path) };
}

/** SHA-256 of a file in hexadecimal digits. */
export async function digestOf(path: string): Promise<string> {
  const digest = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) digest.update(chunk);
  return digest.digest("hex");
}

/** Waits until what was written is on the disk: a rename must not arrive there before it. */
export function synchronise(path: string): void {
  const file = openSync(path, "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
