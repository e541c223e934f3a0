import { join } from "node:path";
import { quoteLiteral } from "../engine/quote.ts";
import { readFiles } from "../engine/read-files.ts";
import type { Dataset } from "./datasets.ts";
import type { SubjectType } from "./manifest.ts";
import { overlappingGroups } from "./overlaps.ts";
import { subjectTypeViews } from "./subject-type-views.ts";
import { DATASET_COLUMN, DATASET_SUBJECTS, TABLE_NAMES, TABLES, type TableName } from "./tables.ts";
import { type Unit, unitsOf, whereCounted } from "./units.ts";

/** A view of the store: its name and what it selects. */
export type View = readonly [name: string, select: string];

/**
 * What makes the store visible to SQL: the four tables, with a column that names the dataset of each row; which dataset has
 * brought which subject; what the manifests say,
 * as `datasets`, `providers`, `subject_types` and `journal`; and one view for each subject type, which leaves alone the names that
 * are taken.
 */
export function storeViews(datasets: readonly Dataset[], reserved: readonly string[]): View[] {
  const units = unitsOf(datasets);
  const tables = TABLE_NAMES.map((table) => [table, selectTable(table, units)] as const);
  const views: View[] = [...tables, [DATASET_SUBJECTS, selectBrought(units)], ...manifestViews(datasets)];
  return [...views, ...subjectTypeViews(datasets, takenNames(reserved))];
}

/** Names that no view of a subject type may have. */
export function takenNames(reserved: readonly string[]): ReadonlySet<string> {
  return new Set([...reserved, ...TABLE_NAMES, DATASET_SUBJECTS, ...MANIFEST_VIEWS]);
}

const MANIFEST_VIEWS = ["datasets", "providers", "subject_types", "journal"] as const;

/** Which dataset has brought which subject; one that several have brought stands in each. */
function selectBrought(units: readonly Unit[]): string {
  const names = `provider, subject_type, label, ${DATASET_COLUMN}`;
  const holding = unitsHolding("subjects", units);
  if (holding.length === 0) return `SELECT ${names} FROM subjects`;
  return `SELECT ${names} FROM ${readUnits(TABLES.subjects.file, holding)}${whereCounted(holding)}`;
}

function unitsHolding(table: TableName, units: readonly Unit[]): Unit[] {
  return units.filter(({ datasets }) =>
    datasets.some(({ manifest }) => manifest.contents.some((content) => content.table === table)),
  );
}

/** Last write wins: of rows with the same identity only that of the newest dataset is seen. */
function selectTable(table: TableName, units: readonly Unit[]): string {
  const { columns, file } = TABLES[table];
  const names = [...Object.keys(columns), DATASET_COLUMN].join(", ");
  const holding = unitsHolding(table, units);
  if (holding.length === 0) {
    const empty = Object.entries({ ...columns, [DATASET_COLUMN]: "VARCHAR" }).map(
      ([name, type]) => `NULL::${type} AS ${name}`,
    );
    return `SELECT ${empty.join(", ")} WHERE false`;
  }
  const groups = overlappingGroups(table, holding);
  const alone = groups.filter((group) => group.length === 1).flat();
  const parts = groups
    .filter((group) => group.length > 1)
    .map((group) => selectNewest(table, names, readUnits(file, group), whereCounted(group)));
  if (alone.length > 0) parts.unshift(`SELECT ${names} FROM ${readUnits(file, alone)}${whereCounted(alone)}`);
  return parts.join(" UNION ALL ");
}

function readUnits(file: string, units: readonly Unit[]): string {
  return readFiles(
    "read_parquet",
    units.map(({ folder }) => join(folder, file)),
  );
}

/**
 * Of subjects, the newest are found apart from their shapes: a condition on a shape still reaches the file and its bounds. Of
 * values the newest are found by a window, through which conditions on all that identifies them reach the file.
 */
function selectNewest(table: TableName, names: string, files: string, where: string): string {
  const identity = TABLES[table].identity.join(", ");
  if (table !== "subjects") {
    const newest = `QUALIFY row_number() OVER (PARTITION BY ${identity} ORDER BY ${DATASET_COLUMN} DESC) = 1`;
    return `(SELECT ${names} FROM ${files}${where} ${newest})`;
  }
  const newest = `SELECT ${identity}, max(${DATASET_COLUMN}) FROM ${files}${where} GROUP BY ${identity}`;
  return `SELECT ${names} FROM ${files} WHERE (${identity}, ${DATASET_COLUMN}) IN (${newest})`;
}

function manifestViews(datasets: readonly Dataset[]): [string, string][] {
  const types = new Map<string, SubjectType>();
  const providers = new Map<string, string>();
  for (const { manifest } of datasets) {
    for (const type of manifest.subjectTypes) types.set(JSON.stringify([type.provider, type.label]), type);
    const labels = [...manifest.subjectTypes, ...manifest.attributes].map(({ provider }) => provider);
    for (const label of labels) if (!providers.has(label)) providers.set(label, label);
    for (const { label, name } of manifest.providers ?? []) providers.set(label, name);
  }
  const rows = datasets.map(({ name, manifest }) => [
    ...[name, manifest.importer, manifest.title, manifest.access, manifest.licence, manifest.attribution],
    ...[manifest.source.address, manifest.source.digest, manifest.source.retrieved, manifest.vintage],
  ]);
  const columns = ["dataset", "importer", "title", "access", "licence", "attribution"];
  const journal = datasets.flatMap(({ name, manifest }) =>
    manifest.journal === undefined
      ? []
      : [[manifest.request?.importerClass ?? manifest.importer, manifest.journal, name]],
  );
  return [
    ["datasets", selectValues([...columns, "address", "digest", "retrieved", "vintage"], rows)],
    ["providers", selectValues(["label", "name"], [...providers])],
    [
      "subject_types",
      selectValues(
        ["provider", "label", "name"],
        [...types.values()].map(({ provider, label, name }) => [provider, label, name]),
      ),
    ],
    ["journal", selectValues(["importer_class", "key", "dataset"], journal)],
  ];
}

/** Texts as a table. */
function selectValues(names: readonly string[], rows: readonly (readonly (string | undefined)[])[]): string {
  if (rows.length === 0)
    return `SELECT ${names.map((name) => `NULL::VARCHAR AS ${name}`).join(", ")} WHERE false`;
  const texts = rows.map(
    (row) => `(${row.map((text) => (text === undefined ? "NULL::VARCHAR" : quoteLiteral(text))).join(", ")})`,
  );
  return `SELECT * FROM (VALUES ${texts.join(", ")}) AS row(${names.join(", ")})`;
}
