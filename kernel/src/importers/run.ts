import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { noteSeen } from "../engine/seen.ts";
import { UserError } from "../errors.ts";
import type { Work } from "../progress.ts";
import { makeTemporaryFolder } from "../store/datasets.ts";
import type { Manifest } from "../store/manifest.ts";
import { toldOfStore } from "../store/not-writable.ts";
import type { Store } from "../store/store.ts";
import { writeDataset } from "../store/write.ts";
import { describeDataset, fingerprint, viewSubjects } from "./describe.ts";
import { type FetchedFile, type FetchSettings, fetchSource } from "./fetch/fetch.ts";
import type { Patience } from "./fetch/wait.ts";
import { type Piece, type ReadOptions, readFiles } from "./formats/read.ts";
import { piecesOf } from "./formats/unpack.ts";
import type { Importer, SourceFile } from "./importer.ts";
import { filesOf } from "./local-files.ts";
import { isOwnFile } from "./own/own-file.ts";
import { type ImportReport, importReport } from "./report.ts";
import type { DatasourceRequest } from "./request.ts";
import { retold } from "./retold.ts";
import { watched } from "./running.ts";
import { type Job, plainJob, type SettleOptions, settle } from "./settle.ts";
import { type Staged, stage } from "./stage/stage.ts";
import { valuesOf } from "./stage/subjects.ts";
import { tablesOf } from "./tables.ts";
import { clear, inWorkshop } from "./workshop.ts";

/** How an import is done. */
export interface ImportOptions extends Work, SettleOptions {
  /** Ask the publisher for something newer, and import even when the store already has just this. */
  readonly force?: boolean | undefined;
  /** Folder of downloads; else `TOMBOLO_CACHE`, else a folder in the store. */
  readonly cache?: string | undefined;
  /** Fetch nothing; else on when `TOMBOLO_OFFLINE` is 1. */
  readonly offline?: boolean | undefined;
  /** Import the areas first that values hang on; true unless told otherwise. */
  readonly areas?: boolean | undefined;
  /** How long a download tries. */
  readonly patience?: Patience | undefined;
}

/** What the imports share that one call sets off. */
interface Workshop {
  /** The store with an engine of its own: tables made on the way meet none of the user's. */
  readonly store: Store;
  readonly options: ImportOptions;
  readonly settings: FetchSettings;
}

/**
 * Imports a datasource by its id, by a request or by its importer, or a file of one's own by its path or address. Areas that values hang on
 * are imported first. Importing the same thing again changes nothing. Throws a UserError when a file is missing or not what
 * it says; the store then stays as it was.
 */
export async function importDatasource(
  store: Store,
  request: string | DatasourceRequest | Importer,
  options: ImportOptions = {},
): Promise<ImportReport> {
  return watched(nameOf(request), options, async (watchedOptions) => {
    const job = await settle(request, watchedOptions);
    const settings = fetchSettings(store, options);
    try {
      return await inWorkshop(store, (bench) =>
        runJob({ store: bench, options: watchedOptions, settings }, job),
      );
    } catch (error) {
      throw toldOfStore(error, store.folder);
    }
  });
}

/** What an import is called while it runs. */
function nameOf(request: string | DatasourceRequest | Importer): string {
  if (typeof request === "string") return request;
  const name = "id" in request ? request.id : `${request.importerClass}/${request.datasourceId}`;
  // As it is written: `osm/cycling` is one of `osm/osm`, and `london/boroughs` has no datasources.
  return name.replace(/^([^/]+)\/\1\//, "$1/").replace(/\/$/, "");
}

function fetchSettings(store: Store, { cache, offline, force, patience }: ImportOptions): FetchSettings {
  const folder = cache ?? process.env["TOMBOLO_CACHE"];
  return {
    folder: folder ? resolve(folder) : join(store.folder, "cache"),
    offline: offline ?? process.env["TOMBOLO_OFFLINE"] === "1",
    refresh: force ?? false,
    patience,
  };
}

async function runJob(workshop: Workshop, job: Job): Promise<ImportReport> {
  const started = performance.now();
  const { store, options } = workshop;
  const { importer, datasource } = job;
  const warnings: string[] = datasource.notice === undefined ? [] : [datasource.notice];
  await importAreas(workshop, job, (sentence) => warnings.push(sentence));
  const notes: string[] = [];
  const told = (manifest: Omit<Manifest, "files">, changed: boolean) => {
    noteSeen({ name: manifest.title, access: manifest.access });
    return importReport({
      manifest,
      changed,
      warnings,
      notes,
      seconds: (performance.now() - started) / 1000,
    });
  };
  const work: Work = { ...options, onWarning: (sentence) => warnings.push(sentence) };
  const files = filesOf(job);
  await viewSubjects(store);
  const known = [
    await fingerprint(store, importer, datasource),
    ...(job.reading === undefined ? [] : [job.reading]),
  ].join(" ");
  const before = store.datasets().find(({ manifest }) => manifest.key === job.key)?.manifest;
  const stands =
    before?.importerVersion === importer.version &&
    before.source.known === known &&
    (!isOwnFile(importer) || isLabelledAsAsked(before, options)) &&
    !options.force;
  if (before && stands && files.length > 0 && files.every(isRemote)) return told(before, false);
  const fetched = await fetchAll(workshop, job, files, work);
  const digest = digestOf(fetched);
  if (before && stands && before.source.digest === digest) return told(before, false);
  const { staged, ...read } = await readAndStage(store, job, files, fetched, work);
  notes.push(...read.notes);
  const address = files.map((file) => file.address).join(" ");
  const source = { address, digest, known, retrieved: new Date().toISOString() };
  const manifest = await describeDataset(store.engine, read.job, staged, source);
  if (Object.keys(staged.dataset).every((table) => table === "attributes")) {
    if (warnings.length === 0)
      warnings.push("Nothing was imported, because nothing in it is about a subject that the store has.");
    return told(manifest, false);
  }
  options.onProgress?.({ stage: `Writing ${job.title}` });
  await writeDataset(store, manifest, staged.dataset, { ...options, distinct: staged.distinct });
  return told(manifest, true);
}

/** Whether a file of one's own is in the store with the label that is asked for now, or with the guessed one when none is. */
function isLabelledAsAsked(
  { access, overruled, unitOfRecord }: Omit<Manifest, "files">,
  options: ImportOptions,
): boolean {
  if (options.unit !== undefined && options.unit !== unitOfRecord) return false;
  return options.access === undefined ? overruled === undefined : options.access === access;
}

async function importAreas(
  workshop: Workshop,
  { datasource, context }: Job,
  warn: (sentence: string) => void,
): Promise<void> {
  const { options, settings } = workshop;
  if (options.areas === false) return;
  const ids = typeof datasource.areas === "function" ? datasource.areas(context) : (datasource.areas ?? []);
  for (const id of ids) {
    const unforced = { options: { ...options, force: false }, settings: { ...settings, refresh: false } };
    const job = id.includes("/") ? await settle(id, {}) : await plainJob("ons/oa", id);
    try {
      await runJob({ ...workshop, ...unforced }, job);
    } catch (error) {
      if (!(error instanceof UserError) || !(await hasAreas(workshop, job))) throw error;
      warn(`${error.message} The values hang on the areas that the store has.`);
    }
    await clear(workshop.store.engine);
  }
}

/** Whether the store has areas of the kind that a job brings, wherever they are from. */
async function hasAreas({ store }: Workshop, { importer, datasource }: Job): Promise<boolean> {
  await viewSubjects(store);
  const [own] = valuesOf(importer, datasource);
  const found = await store.engine.query(
    "SELECT 1 FROM subjects WHERE provider = ? AND subject_type = ? LIMIT 1",
    { parameters: [own?.provider ?? "", own?.label ?? ""] },
  );
  return found.numRows > 0;
}

function isRemote({ path, package: carrier }: SourceFile): boolean {
  return path === undefined && carrier === undefined;
}

async function fetchAll(
  { settings, options }: Workshop,
  { importer, title }: Job,
  files: readonly SourceFile[],
  work: Work,
): Promise<FetchedFile[]> {
  const fetched: FetchedFile[] = [];
  for (const file of files) {
    options.onProgress?.({ stage: `Fetching ${title}` });
    fetched.push(await fetchSource(file, importer.provider.label, settings, work));
  }
  return fetched;
}

function digestOf([only, ...others]: readonly FetchedFile[]): string {
  if (only && others.length === 0) return only.digest;
  const all = [only, ...others].map((file) => file?.digest).join("\n");
  return createHash("sha256").update(all).digest("hex");
}

/** What reading has given. */
interface Read {
  /** The job with what only the content of the files could tell. */
  readonly job: Job;
  readonly staged: Staged;
  readonly notes: readonly string[];
}

async function readAndStage(
  store: Store,
  before: Job,
  files: readonly SourceFile[],
  fetched: readonly FetchedFile[],
  work: Work,
): Promise<Read> {
  const folder = makeTemporaryFolder(store.folder);
  try {
    const pieces: Piece[] = [];
    for (const [index, file] of fetched.entries()) {
      const source = files[index];
      if (source) pieces.push(...(await piecesOf(source, file, folder, work.signal)));
    }
    return await stagePieces(store, before, pieces, { ...work, folder });
  } catch (error) {
    throw await retold(store.engine, error, before);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A file that its user names may be a part of what the publisher has. */
const SOME_SUBJECTS = { subjects: { atLeast: 1, atMost: Number.MAX_SAFE_INTEGER } };

async function stagePieces(
  { engine }: Store,
  before: Job,
  pieces: readonly Piece[],
  work: ReadOptions,
): Promise<Read> {
  const { importer, datasource, context, title } = before;
  await readFiles(engine, pieces, work);
  work.onProgress?.({ stage: `Sorting ${title}` });
  const warn = (sentence: string) => work.onWarning?.(sentence);
  const rows = await datasource.rows(tablesOf(engine, title, work), context);
  const { access = importer.access, unitOfRecord = importer.unitOfRecord, ...found } = rows.found ?? {};
  const { overruled, notes = [], ...about } = found;
  const job = {
    ...before,
    importer: { ...importer, access, unitOfRecord, overruled },
    datasource: {
      ...datasource,
      ...about,
      ...(datasource.expect && context.localData.length > 0 && { expect: SOME_SUBJECTS }),
    },
  };
  return { job, notes, staged: await stage({ engine, ...job, rows, ...work, warn }) };
}
