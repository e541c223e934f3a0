import { join } from "node:path";
import { quoteIdentifier, quoteLiteral } from "../engine/quote.ts";
import type { Dataset } from "./datasets.ts";
import type { Attribute, SubjectType } from "./manifest.ts";
import { TABLE_NAMES, TABLES, type TableName } from "./tables.ts";

/** Positions of the subjects of one dataset stay below this, so that datasets follow each other in order of import. */
const POSITIONS_A_DATASET = 2 ** 32;

/** Statements that make the store's tables visible to SQL: the four tables, and one view for each subject type. */
export function viewStatements(datasets: readonly Dataset[]): string[] {
  const tables = TABLE_NAMES.map(
    (table) => `CREATE OR REPLACE TEMP VIEW ${table} AS ${selectTable(table, datasets)}`,
  );
  const taken = new Set<string>(TABLE_NAMES);
  const types = distinctTypes(datasets).map((type) => {
    const name = viewName(type, taken);
    taken.add(name);
    return `CREATE OR REPLACE TEMP VIEW ${quoteIdentifier(name)} AS ${selectType(type, fixedAttributes(type, datasets))}`;
  });
  return [...tables, ...types];
}

/** Name by which SQL finds the subjects of a type: its label with other signs turned into `_`. */
export function viewName(
  type: Pick<SubjectType, "provider" | "label">,
  taken: ReadonlySet<string> = new Set(),
): string {
  const plain = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, "_");
  const short = plain(type.label);
  return taken.has(short) ? `${plain(type.provider)}_${short}` : short;
}

/** Last write wins: of rows with the same identity only that of the newest dataset is seen. */
function selectTable(table: TableName, datasets: readonly Dataset[]): string {
  const { file, columns, identity } = TABLES[table];
  const names = Object.keys(columns);
  const holding = datasets.filter(({ manifest }) => manifest.files.some(({ name }) => name === file));
  if (holding.length === 0) {
    const empty = Object.entries(columns).map(([name, type]) => `NULL::${type} AS ${name}`);
    return `SELECT ${empty.join(", ")} WHERE false`;
  }
  const selected = names.map((name) =>
    name === "position" ? `position + write * ${POSITIONS_A_DATASET} AS position` : name,
  );
  const parts = holding.map((dataset, write) => {
    const path = quoteLiteral(join(dataset.folder, file));
    return `SELECT ${names.join(", ")}, ${write}::BIGINT AS write FROM read_parquet(${path})`;
  });
  const newest = `QUALIFY row_number() OVER (PARTITION BY ${identity.join(", ")} ORDER BY write DESC) = 1`;
  return `SELECT ${selected.join(", ")} FROM (${parts.join(" UNION ALL ")}) ${overlapping(table, holding) ? newest : ""}`;
}

/** Whether two datasets may hold the same row: only then is the newest looked for, which costs a sort. */
function overlapping(table: TableName, datasets: readonly Dataset[]): boolean {
  const seen = new Set<string>();
  for (const { manifest } of datasets) {
    const entries: readonly { provider: string; label: string }[] =
      table === "subjects" ? manifest.subjectTypes : manifest.attributes;
    for (const key of new Set(entries.map(({ provider, label }) => JSON.stringify([provider, label])))) {
      if (seen.has(key)) return true;
      seen.add(key);
    }
  }
  return false;
}

function distinctTypes(datasets: readonly Dataset[]): SubjectType[] {
  const types = new Map<string, SubjectType>();
  for (const type of datasets.flatMap(({ manifest }) => manifest.subjectTypes)) {
    types.set(JSON.stringify([type.provider, type.label]), type);
  }
  return [...types.values()];
}

function fixedAttributes(type: SubjectType, datasets: readonly Dataset[]): Attribute[] {
  const attributes = new Map<string, Attribute>();
  for (const { manifest } of datasets) {
    if (
      !manifest.subjectTypes.some(({ provider, label }) => provider === type.provider && label === type.label)
    )
      continue;
    for (const attribute of manifest.attributes) {
      if (attribute.values === "fixed") attributes.set(attribute.label, attribute);
    }
  }
  return [...attributes.values()];
}

function selectType(type: SubjectType, attributes: readonly Attribute[]): string {
  const own = ["label", "name", "shape"];
  const fixed = attributes.filter(({ label }) => !own.includes(label));
  const where = `subject_type = ${quoteLiteral(type.label)}`;
  const subjects = `SELECT label, name, shape, position FROM subjects WHERE provider = ${quoteLiteral(type.provider)} AND ${where}`;
  if (fixed.length === 0) return `SELECT label, name, shape FROM (${subjects}) ORDER BY position`;
  const pivot = fixed.map(({ provider, label }) => {
    const test = `provider = ${quoteLiteral(provider)} AND attribute = ${quoteLiteral(label)}`;
    return `max(value) FILTER (WHERE ${test}) AS ${quoteIdentifier(label)}`;
  });
  const values = `SELECT subject_label, ${pivot.join(", ")} FROM fixed_values WHERE subject_provider = ${quoteLiteral(type.provider)} AND ${where} GROUP BY subject_label`;
  const columns = [
    "s.label",
    "s.name",
    "s.shape",
    ...fixed.map(({ label }) => `v.${quoteIdentifier(label)}`),
  ];
  return `SELECT ${columns.join(", ")} FROM (${subjects}) s LEFT JOIN (${values}) v ON v.subject_label = s.label ORDER BY s.position`;
}
