import { createHash } from "node:crypto";
import { closeSync, createReadStream, fsyncSync, openSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "../engine/engine.ts";
import { quoteLiteral } from "../engine/quote.ts";
import { readFiles } from "../engine/read-files.ts";
import { onRowsOf, type Work } from "../progress.ts";
import type { DatasetFile } from "./manifest.ts";
import { DATASET_COLUMN, TABLES, type TableName } from "./tables.ts";

/** DuckDB reads a row group at a time and writes none smaller than this. */
const LEAST_ROW_GROUP = 2048;

/** Most row groups of a file: each has its own bounds, so more of them skip more, but each costs some bytes. */
const MOST_ROW_GROUPS = 64;

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

/** What is known of a table's rows before they are written. */
export interface KnownRows {
  /** How many there are. No two of them have the same identity. */
  readonly count: number;
  /** What columns say that say the same in all of them. */
  readonly constant: Constants;
}

/** Texts of columns that say the same in every row, by their names. */
export type Constants = Readonly<Record<string, string>>;

/** How a table is written. */
interface TableOptions extends Work {
  readonly known?: KnownRows | undefined;
}

/** Rows that count: those with a value, which neither infinity nor NaN is. */
const PRESENT: Readonly<Partial<Record<TableName, string>>> = {
  fixed_values: " WHERE value IS NOT NULL",
  timed_values: " WHERE isfinite(value)",
};

/**
 * Writes the rows of one table of a dataset into a Parquet file of the folder: of rows with the same identity the last, in
 * an order and in row groups that let a query skip what it does not need. `source` gives the columns of the table and `dataset`.
 */
export async function writeTable(
  engine: Engine,
  table: TableName,
  source: string,
  folder: string,
  { known, ...work }: TableOptions,
): Promise<DatasetFile> {
  const { signal } = work;
  const { file, columns } = TABLES[table];
  const typed = Object.entries(columns).map(([name, type]) => `${cast(name, type)} AS ${name}`);
  const given = `(SELECT ${typed.join(", ")}, ${DATASET_COLUMN} FROM (${source})${PRESENT[table] ?? ""})`;
  const raw = join(folder, `raw-${file}`);
  const counted = known ? { ...known, unique: true } : await countRows(engine, table, given, signal);
  const rows = await arrange(engine, table, given, raw, counted, signal);
  const path = join(folder, file);
  const size = Math.ceil(counted.count / MOST_ROW_GROUPS / LEAST_ROW_GROUP) * LEAST_ROW_GROUP;
  const geometry =
    table === "subjects"
      ? `, GEOPARQUET_VERSION 'NONE', KV_METADATA { geo: ${quoteLiteral(GEO_PARQUET)} }`
      : "";
  const stage = `Writing ${table.replace("_", " ")}`;
  // At once: DuckDB sometimes does not know until the end how far it is.
  work.onProgress?.({ stage, done: 0, total: counted.count, unit: "rows" });
  await engine.run(
    `COPY (${rows}) TO ${quoteLiteral(path)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL ${COMPRESSION_LEVEL}, ROW_GROUP_SIZE ${Math.max(size, LEAST_ROW_GROUP)}${geometry})`,
    { signal, onRows: onRowsOf(work, stage, "rows") },
  );
  rmSync(raw, { force: true });
  return describeFile(path, file);
}

function cast(name: string, type: string): string {
  // Shapes come with a coordinate system of another name, or with none; the store's is always the same.
  return name === "shape" ? `${name}::GEOMETRY::${type}` : `${name}::${type}`;
}

interface CountedRows extends KnownRows {
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
  return { count, constant: {}, unique: count === Number(counts.getChild("identities")?.get(0)) };
}

/** A SELECT of the rows that stay, in their order. */
async function arrange(
  engine: Engine,
  table: TableName,
  given: string,
  raw: string,
  { unique, constant }: CountedRows,
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
  const file = unique ? given : readFiles("read_parquet", [raw], "file_row_number = true");
  const last = unique
    ? ""
    : ` QUALIFY row_number() OVER (PARTITION BY ${identity.join(", ")} ORDER BY ${DATASET_COLUMN} DESC, file_row_number DESC) = 1`;
  const from = `FROM ${file}${last}`;
  const names = [...Object.keys(columns), DATASET_COLUMN];
  // What is everywhere the same is put beside the sorted rows: to sort by it, and to move it, would take as long as what is not.
  const isConstant = (name: string) => Object.hasOwn(constant, name);
  const moved = names.filter((name) => !isConstant(name)).join(", ");
  const written = names.map((name) =>
    isConstant(name) ? `${quoteLiteral(constant[name] ?? "")} AS ${name}` : name,
  );
  const order = ORDER[table].filter((name) => !isConstant(name)).join(", ");
  if (table !== "subjects")
    return `SELECT ${written.join(", ")} FROM (SELECT ${moved} ${from} ORDER BY ${order})`;
  const sides = ["XMin", "YMin", "XMax", "YMax"].map((side) => `${side.toLowerCase()}: ST_${side}(box)`);
  const extent = `(SELECT ST_Extent(ST_Extent_Agg(shape)) FROM ${file})`;
  const placed = `SELECT *, ST_Hilbert(box, ${extent}) AS place FROM (SELECT *, ST_Extent(shape) AS box ${from})`;
  return `SELECT ${written.join(", ")}, {${sides.join(", ")}} AS bbox FROM (SELECT ${moved}, box FROM (${placed}) ORDER BY ${order})`;
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
