import { type Access, isAccess } from "@tombolo/bundle";
import { STATISTIC_KINDS, type StatisticKind } from "../engine/columns.ts";

/** A kind of subject in a dataset. */
export interface SubjectType {
  readonly provider: string;
  readonly label: string;
  readonly name: string;
  readonly count: number;
}

/** A named measurement in a dataset. */
export interface Attribute {
  readonly provider: string;
  readonly label: string;
  readonly description: string;
  readonly unit?: string;
  readonly kind?: StatisticKind;
  readonly values: "fixed" | "timed";
}

/** A file of a dataset with what it must be. */
export interface DatasetFile {
  readonly name: string;
  readonly bytes: number;
  /** SHA-256 in hexadecimal digits. */
  readonly digest: string;
}

/** What a dataset in the store says about itself; lies beside its files as `manifest.json`. */
export interface Manifest {
  readonly version: 1;
  /** Identity of what was imported: importer and options. A newer dataset of the same key replaces the older. */
  readonly key: string;
  readonly importer: string;
  readonly importerVersion: number;
  readonly title: string;
  readonly access: Access;
  readonly licence: string;
  readonly attribution: string;
  readonly source: { readonly address: string; readonly digest: string; readonly retrieved: string };
  readonly subjectTypes: readonly SubjectType[];
  readonly attributes: readonly Attribute[];
  readonly rows: { readonly subjects: number; readonly fixedValues: number; readonly timedValues: number };
  readonly files: readonly DatasetFile[];
}

/** Reads a manifest; throws a TypeError naming the first property that is not as it must be. */
export function parseManifest(value: unknown): Manifest {
  const manifest = record(value, "manifest");
  if (manifest.version !== 1) throw new TypeError(`version ${String(manifest.version)} is not known`);
  const source = record(manifest.source, "source");
  const rows = record(manifest.rows, "rows");
  if (!isAccess(manifest.access)) throw new TypeError("access is not a label");
  return {
    version: 1,
    key: text(manifest, "key"),
    importer: text(manifest, "importer"),
    importerVersion: count(manifest, "importerVersion"),
    title: text(manifest, "title"),
    access: manifest.access,
    licence: text(manifest, "licence"),
    attribution: text(manifest, "attribution"),
    source: {
      address: text(source, "address"),
      digest: text(source, "digest"),
      retrieved: text(source, "retrieved"),
    },
    subjectTypes: list(manifest, "subjectTypes").map(parseSubjectType),
    attributes: list(manifest, "attributes").map(parseAttribute),
    rows: {
      subjects: count(rows, "subjects"),
      fixedValues: count(rows, "fixedValues"),
      timedValues: count(rows, "timedValues"),
    },
    files: list(manifest, "files").map(parseFile),
  };
}

function parseSubjectType(value: unknown): SubjectType {
  const type = record(value, "subject type");
  return {
    provider: text(type, "provider"),
    label: text(type, "label"),
    name: text(type, "name"),
    count: count(type, "count"),
  };
}

function parseAttribute(value: unknown): Attribute {
  const attribute = record(value, "attribute");
  const kind = STATISTIC_KINDS.find((known) => known === attribute.kind);
  return {
    provider: text(attribute, "provider"),
    label: text(attribute, "label"),
    description: text(attribute, "description"),
    ...(typeof attribute.unit === "string" && { unit: attribute.unit }),
    ...(kind && { kind }),
    values: attribute.values === "timed" ? "timed" : "fixed",
  };
}

function parseFile(value: unknown): DatasetFile {
  const file = record(value, "file");
  const name = text(file, "name");
  if (!/^[a-z-]+\.parquet$/.test(name)) throw new TypeError(`"${name}" is not a file of a dataset`);
  return { name, bytes: count(file, "bytes"), digest: text(file, "digest") };
}

function record(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new TypeError(`${what} is not an object`);
  return Object.fromEntries(Object.entries(value));
}

function text(from: Readonly<Record<string, unknown>>, name: string): string {
  const value = from[name];
  if (typeof value !== "string") throw new TypeError(`${name} is not a text`);
  return value;
}

function count(from: Readonly<Record<string, unknown>>, name: string): number {
  const value = from[name];
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0)
    throw new TypeError(`${name} is not a count`);
  return value;
}

function list(from: Readonly<Record<string, unknown>>, name: string): readonly unknown[] {
  const value = from[name];
  if (!Array.isArray(value)) throw new TypeError(`${name} is not a list`);
  return value;
}
