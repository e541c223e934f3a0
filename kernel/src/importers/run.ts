import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { quoteIdentifier, quoteLiteral } from "../engine/quote.ts";
import { UserError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import type { Work } from "../progress.ts";
import type { Manifest } from "../store/manifest.ts";
import type { Store } from "../store/store.ts";
import { type DatasetRows, writeDataset } from "../store/write.ts";
import { download, type FetchedFile, fetchFile, fetchSource } from "./fetch.ts";
import { readGeoFile } from "./formats/geo-file.ts";
import { type Importer, loadImporter } from "./importer.ts";
import { importers } from "./index.ts";
import { importerForFile, type OwnFileOptions } from "./own-file.ts";
import { type ImportReport, importReport } from "./report.ts";
import type { DatasourceRequest } from "./request.ts";

/** How an import is done. */
export interface ImportOptions extends Work, OwnFileOptions {
  /** Import even when the store already has just this. */
  readonly force?: boolean | undefined;
  /** Folder at which relative paths of files start. */
  readonly folder?: string | undefined;
}

/**
 * Imports a datasource by its id, or a GeoJSON or TopoJSON file by its path or address. Importing the same thing again
 * changes nothing. Throws a UserError when the file is missing or not what it says; the store then stays as it was.
 */
export async function importDatasource(
  store: Store,
  request: string | DatasourceRequest,
  options: ImportOptions = {},
): Promise<ImportReport> {
  const started = performance.now();
  const datasource = typeof request === "string" ? request : request.importerClass;
  const cache = join(store.folder, "cache");
  const named = Object.hasOwn(importers, datasource) ? await loadImporter(datasource) : undefined;
  options.onProgress?.({ stage: `Fetching ${datasource}` });
  const file = named
    ? await fetchSource(named.source, cache, options)
    : await fetchOwn(datasource, cache, options);
  const before = named && unchanged(store, named, named.id, file);
  if (before && !options.force) return report(before, false, [], started);
  options.onProgress?.({ stage: `Reading ${datasource}` });
  await readGeoFile(store.engine, file.path, options.signal);
  try {
    const address = /^https?:/.test(datasource) ? datasource : file.path;
    const importer = named ?? (await importerForFile(store.engine, file.path, address, options));
    const key = named
      ? importer.id
      : JSON.stringify([importer.id, importer.subjectType.label, importer.rows, importer.access]);
    const same = unchanged(store, importer, key, file);
    if (same && !options.force) return report(same, false, [], started);
    const warnings = await stageRows(store, importer, options.signal);
    options.onProgress?.({ stage: `Writing ${datasource}` });
    const manifest = await describeDataset(store, importer, key, file);
    await writeDataset(store, manifest, selectRows(importer), options.signal);
    return report(manifest, true, warnings, started);
  } finally {
    for (const table of ["source", "rows"]) await store.engine.run(`DROP TABLE IF EXISTS temp.${table}`);
  }
}

async function fetchOwn(datasource: string, cache: string, options: ImportOptions): Promise<FetchedFile> {
  if (/^https?:\/\//.test(datasource)) return fetchFile(await download(datasource, cache, options));
  const path = resolve(options.folder ?? ".", datasource);
  if (existsSync(path) || /\.\w{2,9}$/.test(datasource)) return fetchFile(path);
  throw new UserError(`There is no datasource "${datasource}"`, {
    where: datasource,
    hint: didYouMean(datasource, Object.keys(importers)),
  });
}

function unchanged(
  store: Store,
  importer: Importer,
  key: string,
  file: FetchedFile,
): Omit<Manifest, "files"> | undefined {
  const newest = store.datasets().find(({ manifest }) => manifest.key === key)?.manifest;
  return newest?.source.digest === file.digest && newest.importerVersion === importer.version
    ? newest
    : undefined;
}

/** Puts the importer's rows into the table `rows`, with valid shapes; returns what the user should know. */
async function stageRows(
  store: Store,
  importer: Importer,
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const { engine } = store;
  const numbered = `SELECT row_number() OVER () - 1 AS position, * FROM (${importer.rows})`;
  await engine.run(`CREATE OR REPLACE TEMP TABLE rows AS ${numbered}`, { signal });
  const counts = await engine.query(`SELECT count(*) AS subjects, count(DISTINCT label) AS labels,
    count(*) FILTER (WHERE NOT ST_IsValid(shape)) AS invalid, count(*) FILTER (WHERE shape IS NULL) AS shapeless FROM rows`);
  const count = (name: string) => Number(counts.getChild(name)?.get(0));
  check(importer, count("subjects"), count("labels"));
  const warnings: string[] = [];
  const invalid = count("invalid");
  if (invalid > 0) {
    await engine.run("UPDATE rows SET shape = ST_MakeValid(shape) WHERE NOT ST_IsValid(shape)", { signal });
    warnings.push(`${invalid} of ${count("subjects")} shapes were invalid and have been repaired.`);
  }
  if (count("shapeless") > 0)
    warnings.push(`${count("shapeless")} of ${count("subjects")} rows have no shape.`);
  return warnings;
}

function check({ title, expect }: Importer, subjects: number, labels: number): void {
  const { atLeast, atMost } = expect.subjects;
  if (subjects < atLeast || subjects > atMost) {
    const wanted = atLeast === atMost ? `${atLeast}` : `at least ${atLeast}`;
    throw new UserError(
      `${title} has ${subjects} rows where ${wanted} are expected, so nothing was imported`,
    );
  }
  if (labels < subjects) {
    throw new UserError(
      `${title} has ${subjects - labels} rows whose label is missing or not unique, so nothing was imported`,
      {
        hint: "Choose another column with --label.",
      },
    );
  }
}

function selectRows({ provider, subjectType, attributes }: Importer): DatasetRows {
  const who = `${quoteLiteral(provider.label)} AS provider`;
  const type = `${quoteLiteral(subjectType.label)} AS subject_type`;
  const rows: { -readonly [Table in keyof DatasetRows]: DatasetRows[Table] } = {
    // Along a Hilbert curve, so that a query for a place reads few row groups.
    subjects: `SELECT ${who}, ${type}, label, name, shape, position FROM rows
      ORDER BY ST_Hilbert(ST_Centroid(shape), (SELECT ST_Extent(ST_Extent_Agg(shape)) FROM rows)) NULLS LAST, position`,
  };
  if (attributes.length === 0) return rows;
  const described = attributes.map(({ label, description, unit, kind }) =>
    [provider.label, label, description, unit ?? null, kind ?? null].map((text) =>
      text === null ? "NULL" : quoteLiteral(text),
    ),
  );
  rows.attributes = `SELECT * FROM (VALUES ${described.map((values) => `(${values.join(", ")})`).join(", ")})
    AS attribute(provider, label, description, unit, kind)`;
  const values = attributes.map(({ label }) => {
    const column = quoteIdentifier(label);
    return `SELECT ${quoteLiteral(provider.label)} AS subject_provider, ${type}, label AS subject_label, ${who},
      ${quoteLiteral(label)} AS attribute, ${column}::VARCHAR AS value FROM rows WHERE ${column} IS NOT NULL`;
  });
  rows.fixed_values = values.join(" UNION ALL ");
  return rows;
}

async function describeDataset(
  store: Store,
  importer: Importer,
  key: string,
  file: FetchedFile,
): Promise<Omit<Manifest, "files">> {
  const { provider, subjectType, attributes } = importer;
  const present = attributes.map(({ label }) => `count(${quoteIdentifier(label)})`);
  const counts = await store.engine.query(
    `SELECT count(*) AS subjects, ${["0", ...present].join(" + ")} AS fixed FROM rows`,
  );
  const subjects = Number(counts.getChild("subjects")?.get(0));
  return {
    version: 1,
    key,
    importer: importer.id,
    importerVersion: importer.version,
    title: importer.title,
    access: importer.access,
    licence: importer.licence,
    attribution: importer.attribution,
    source: { address: importer.source.address, digest: file.digest, retrieved: new Date().toISOString() },
    subjectTypes: [
      { provider: provider.label, label: subjectType.label, name: subjectType.name, count: subjects },
    ],
    attributes: attributes.map((attribute) => ({ ...attribute, provider: provider.label, values: "fixed" })),
    rows: { subjects, fixedValues: Number(counts.getChild("fixed")?.get(0)), timedValues: 0 },
  };
}

function report(
  manifest: Omit<Manifest, "files">,
  changed: boolean,
  warnings: readonly string[],
  started: number,
): ImportReport {
  return importReport({
    id: manifest.importer,
    title: manifest.title,
    changed,
    counts: manifest.rows,
    subjectType: manifest.subjectTypes.map(({ label }) => label).join(", "),
    access: manifest.access,
    attribution: manifest.attribution,
    licence: manifest.licence,
    seconds: (performance.now() - started) / 1000,
    warnings,
  });
}
