import { type Access, isAccess } from "@tombolo/bundle/access";
import { STATISTIC_KINDS, type StatisticKind } from "../engine/columns.ts";
import { type Content, parseContent } from "./contents.ts";
import { count, list, record, text } from "./read-json.ts";
import { isUnitOfRecord, type UnitOfRecord } from "./unit-of-record.ts";

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

/** An organisation that supplies data. */
export interface Provider {
  readonly label: string;
  readonly name: string;
}

/** What was asked for when a dataset was imported, by the names that recipes use. */
export interface ImportedRequest {
  readonly importerClass: string;
  readonly datasourceId: string;
  readonly geographyScope?: readonly string[];
  readonly temporalScope?: readonly string[];
  readonly localData?: readonly string[];
}

/** How many rows the tables of a dataset have. */
export interface RowCounts {
  readonly subjects: number;
  readonly fixedValues: number;
  readonly timedValues: number;
}

/** An access label that was guessed from the values and that its owner has set lower, with why. */
export interface Overruling {
  /** Why it was guessed, such as `looks like records about people (NHS numbers in "nhs_no")`. */
  readonly guess: string;
  readonly reason: string;
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
  /** Present where the guess was `sensitive` and the owner has said otherwise. */
  readonly overruled?: Overruling;
  /** What one record is about; absent where neither importer nor owner says so and nothing in the file tells. */
  readonly unitOfRecord?: UnitOfRecord;
  readonly licence: string;
  readonly attribution: string;
  readonly source: {
    readonly address: string;
    readonly digest: string;
    readonly retrieved: string;
    /** Which subjects were in the store for the values to hang on; empty when the dataset brings its own. */
    readonly known?: string;
  };
  readonly subjectTypes: readonly SubjectType[];
  readonly attributes: readonly Attribute[];
  readonly rows: RowCounts;
  /** What the importer gave, repeats included. */
  readonly handedOver?: RowCounts;
  readonly files: readonly DatasetFile[];
  readonly providers?: readonly Provider[];
  readonly request?: ImportedRequest;
  /** Key under which the journal remembers that this import has been done. */
  readonly journal?: string;
  /** Date of the boundaries of the areas, such as `2011`: areas of different vintages do not join. */
  readonly vintage?: string;
}

/** What a writer says of a dataset; the rest is counted while it is written. */
export type ManifestDraft = Omit<Manifest, "files">;

/** A manifest with what the files hold, counted when they were written. */
export interface CompleteManifest extends Manifest {
  readonly contents: readonly Content[];
}

/** Reads a manifest; throws a TypeError naming the first property that is not as it must be. */
export function parseManifest(value: unknown): CompleteManifest {
  const manifest = record(value, "manifest");
  if (manifest.version !== 1) throw new TypeError(`version ${String(manifest.version)} is not known`);
  const source = record(manifest.source, "source");
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
      ...(typeof source.known === "string" && { known: source.known }),
    },
    subjectTypes: list(manifest, "subjectTypes").map(parseSubjectType),
    attributes: list(manifest, "attributes").map(parseAttribute),
    rows: parseCounts(manifest.rows),
    files: parseFiles(manifest),
    contents: list(manifest, "contents").map(parseContent),
    ...parseOptional(manifest),
  };
}

function parseOptional(manifest: Readonly<Record<string, unknown>>): Partial<Manifest> {
  const { providers, request, journal, vintage, handedOver, unitOfRecord, overruled } = manifest;
  return {
    ...(isUnitOfRecord(unitOfRecord) && { unitOfRecord }),
    ...(overruled !== undefined && { overruled: parseOverruling(record(overruled, "overruled")) }),
    ...(handedOver !== undefined && { handedOver: parseCounts(handedOver) }),
    ...(providers !== undefined && { providers: list(manifest, "providers").map(parseProvider) }),
    ...(request !== undefined && { request: parseRequest(record(request, "request")) }),
    ...(journal !== undefined && { journal: text(manifest, "journal") }),
    ...(vintage !== undefined && { vintage: text(manifest, "vintage") }),
  };
}

function parseOverruling(overruled: Readonly<Record<string, unknown>>): Overruling {
  return { guess: text(overruled, "guess"), reason: text(overruled, "reason") };
}

function parseProvider(value: unknown): Provider {
  const provider = record(value, "provider");
  return { label: text(provider, "label"), name: text(provider, "name") };
}

function parseRequest(request: Readonly<Record<string, unknown>>): ImportedRequest {
  const scopes = ["geographyScope", "temporalScope", "localData"] as const;
  const given = scopes.filter((scope) => request[scope] !== undefined);
  return {
    importerClass: text(request, "importerClass"),
    datasourceId: text(request, "datasourceId"),
    ...Object.fromEntries(given.map((scope) => [scope, list(request, scope).map(String)])),
  };
}

function parseCounts(value: unknown): RowCounts {
  const rows = record(value, "rows");
  return {
    subjects: count(rows, "subjects"),
    fixedValues: count(rows, "fixedValues"),
    timedValues: count(rows, "timedValues"),
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

/** Reads the files that a manifest names. */
export function parseFiles(manifest: Readonly<Record<string, unknown>>): DatasetFile[] {
  return list(manifest, "files").map(parseFile);
}

function parseFile(value: unknown): DatasetFile {
  const file = record(value, "file");
  const name = text(file, "name");
  if (!/^[a-z-]+\.parquet$/.test(name)) throw new TypeError(`"${name}" is not a file of a dataset`);
  return { name, bytes: count(file, "bytes"), digest: text(file, "digest") };
}
