import { createHash } from "node:crypto";
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "../engine/engine.ts";
import { quoteLiteral } from "../engine/quote.ts";
import { rowsOf } from "../engine/rows.ts";
import type { Work } from "../progress.ts";
import { type Content, parseContent, selectContents } from "./contents.ts";
import { importsFolder, partialFolder } from "./datasets.ts";
import type { CompleteManifest, DatasetFile, ManifestDraft } from "./manifest.ts";
import type { Store } from "./store.ts";
import { DATASET_COLUMN, TABLES, type TableName } from "./tables.ts";
import { type Constants, type KnownRows, synchronise, writeTable } from "./write-table.ts";

/** Where the rows of each table of a new dataset come from: a SELECT with the columns of that table. */
export type DatasetRows = Readonly<Partial<Record<TableName, string>>>;

/** What is known of tables whose rows are different from each other: they are not looked through for repeats. */
export type DistinctRows = Readonly<Partial<Record<TableName, KnownRows>>>;

/** How a dataset is written. */
export interface WriteOptions extends Work {
  readonly distinct?: DistinctRows;
}

/** Positions of the subjects of one dataset stay below this, so that datasets follow each other in order of import. */
const POSITIONS_A_DATASET = 2 ** 30;

/** Datasets are told apart by the time of writing in steps of so many milliseconds since 2016, which fits beside a position. */
const STEP = 125;
const EPOCH = Date.UTC(2016, 0);

/**
 * Writes a dataset: its files into a folder of their own, then that folder is renamed to its place. The rename is the
 * moment at which the dataset exists; a kill before it leaves the store as it was. Where rows have the same identity the
 * last one counts, rows without a value do not.
 */
export async function writeDataset(
  store: Store,
  manifest: ManifestDraft,
  rows: DatasetRows,
  options: WriteOptions = {},
): Promise<void> {
  // What others have written meanwhile is older.
  await store.refresh();
  const time = timeOfWriting(store);
  const name = datasetName(time, manifest);
  const sources = sourcesOf(rows, name, time);
  const distinct = Object.fromEntries(
    Object.entries(options.distinct ?? {}).map(([table, known]) => [
      table,
      { ...known, constant: { ...known.constant, [DATASET_COLUMN]: name } },
    ]),
  );
  await writeFolder(store, name, sources, { ...options, distinct }, (files, contents) => {
    const counted = (table: TableName) =>
      contents.filter((content) => content.table === table).reduce((sum, content) => sum + content.rows, 0);
    const counts = {
      subjects: counted("subjects"),
      fixedValues: counted("fixed_values"),
      timedValues: counted("timed_values"),
    };
    return { ...manifest, rows: counts, contents, files } satisfies CompleteManifest;
  });
  await store.refresh();
}

/** Writes a folder with a Parquet file for each table and a manifest, and puts it in its place by a rename. */
export async function writeFolder(
  store: Store,
  name: string,
  sources: DatasetRows,
  { distinct = {}, ...work }: WriteOptions,
  describe: (files: readonly DatasetFile[], contents: readonly Content[]) => unknown,
): Promise<void> {
  const partial = join(partialFolder(store.folder), `${name}-${process.pid}`);
  mkdirSync(partial, { recursive: true });
  try {
    const files: DatasetFile[] = [];
    const contents: Content[] = [];
    for (const [table, source] of tablesOf(sources)) {
      files.push(await writeTable(store.engine, table, source, partial, { ...work, known: distinct[table] }));
      contents.push(...(await readContents(store.engine, table, partial, distinct[table]?.constant)));
    }
    writeFileSync(join(partial, "manifest.json"), `${JSON.stringify(describe(files, contents), null, 1)}\n`);
    synchronise(join(partial, "manifest.json"));
    mkdirSync(importsFolder(store.folder), { recursive: true });
    renameSync(partial, join(importsFolder(store.folder), name));
    synchronise(importsFolder(store.folder));
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw error;
  }
}

function tablesOf(rows: DatasetRows): [TableName, string][] {
  return Object.entries(rows).map(([name, select]) => {
    if (!isTableName(name)) throw new Error(`no table ${name}`);
    return [name, select];
  });
}

function isTableName(name: string): name is TableName {
  return Object.hasOwn(TABLES, name);
}

async function readContents(
  engine: Engine,
  table: TableName,
  folder: string,
  constant: Constants = {},
): Promise<Content[]> {
  const counted = await engine.query(selectContents(table, join(folder, TABLES[table].file), constant));
  return rowsOf(counted).map(parseContent);
}

/** The writer's SELECTs with the dataset's name, and with positions that follow those of all datasets before. */
function sourcesOf(rows: DatasetRows, name: string, time: number): DatasetRows {
  const base = BigInt(Math.floor((time - EPOCH) / STEP)) * BigInt(POSITIONS_A_DATASET);
  const sources = tablesOf(rows).map(([table, select]) => {
    const position = table === "subjects" ? ` REPLACE (coalesce(position, 0) + ${base} AS position)` : "";
    return [table, `SELECT *${position}, ${quoteLiteral(name)} AS ${DATASET_COLUMN} FROM (${select})`];
  });
  return Object.fromEntries(sources);
}

/** Now, but a step later than anything in the store: imports may follow quickly, and the clock may have been set back. */
function timeOfWriting(store: Store): number {
  const times = store.datasets().map(({ name }) => parseTime(name));
  return Math.max(Date.now(), ...times.map((time) => time + STEP));
}

const TIME = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z/;

function parseTime(name: string): number {
  const [, year, month, day, hour, minute, second, millisecond] = TIME.exec(name) ?? [];
  return year === undefined
    ? 0
    : Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${millisecond}Z`);
}

/** Datasets that this process has written. */
let written = 0;

/** Begins with the time, so that names sort by age, and ends in a digest, so that two writers do not meet. */
function datasetName(time: number, manifest: ManifestDraft): string {
  const moment = new Date(time).toISOString().replace(/[-:.]/g, "");
  const slug = manifest.importer.replace(/[^a-z0-9]+/gi, "-").slice(-40);
  const digest = createHash("sha256")
    .update(`${manifest.key}\n${manifest.source.digest}\n${process.pid}\n${++written}`)
    .digest("hex");
  return `${moment}-${slug}-${digest.slice(0, 8)}`;
}
