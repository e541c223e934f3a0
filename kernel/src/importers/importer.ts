import type { Access } from "@tombolo/bundle";
import type { StatisticKind } from "../engine/columns.ts";
import { quoteIdentifier, quoteLiteral } from "../engine/quote.ts";
import type { Overruling } from "../store/manifest.ts";
import type { UnitOfRecord } from "../store/unit-of-record.ts";
import type { ReadFile } from "./formats/read.ts";
import type { Tables } from "./tables.ts";

/** What the shared readers understand; how each becomes tables is told in `formats/`. */
export type SourceFormat = "csv" | "spreadsheet" | "json" | "xml" | "geo" | "osm" | "parquet" | "lines";

/** Where a publisher's file is, and how it is read. */
export interface SourceFile {
  /** Address at which the publisher offers it; also what the store remembers. */
  readonly address: string;
  readonly format: SourceFormat;
  /** npm package that carries the file, so that no network is needed. */
  readonly package?: { readonly name: string; readonly path: string };
  /** A file of this machine, read instead of the address. */
  readonly path?: string;
  /** Ending of the name under which the cache keeps it, such as `.xls`; by its format unless told otherwise. */
  readonly suffix?: string;
  /** Folder of the cache; the provider's label unless told otherwise. */
  readonly prefix?: string;
  /** Other addresses under which earlier versions kept the same file in a cache. */
  readonly keptAs?: readonly string[];
  /** What is added to the address when it is fetched, such as a key that must appear in no name and no message. */
  readonly secret?: () => string;
  /** Files inside a zip archive that are read, by name or by ending; without it the file itself is read. */
  readonly entries?: readonly string[];
  /** Sheets of a spreadsheet that are read: by index from 0, by name, or by a pattern; all unless told otherwise. */
  readonly sheets?: readonly (number | string)[] | RegExp;
  /** Layer of a geographic file; its only one or its first unless told otherwise. */
  readonly layer?: string;
  /** Coordinate system of a geographic file that names none, or a wrong one, such as `EPSG:27700`. */
  readonly crs?: string;
  /** Puts the files into their table in place of the reader of the format, for what only one importer reads. */
  readonly read?: ReadFile;
  /** How an answer that comes in pages is asked for: all pages are kept as one file. */
  readonly pages?: "arcgis";
  /** Name of the table that the rows go to: `source` unless told otherwise. Files of one table follow each other. */
  readonly table?: string;
}

/** A measurement that an importer brings. */
export interface ImporterAttribute {
  readonly label: string;
  readonly description: string;
  readonly unit?: string;
  readonly kind?: StatisticKind;
  /** Whether its values have a time; without one they are text that does not change. */
  readonly values?: "fixed" | "timed";
}

/** An organisation that publishes data. */
export interface Provider {
  readonly label: string;
  readonly name: string;
}

/** A kind of subject that an importer makes. */
export interface SubjectTypeDeclaration {
  readonly label: string;
  readonly name: string;
  /** The importer's own provider unless told otherwise. */
  readonly provider?: Provider;
  /** Year of the boundaries or codes, such as `2011`. */
  readonly vintage?: string;
}

/** A kind of subject that is in the store already, on which values hang. */
export interface SubjectTypeReference {
  readonly provider: string;
  readonly label: string;
}

/** What is asked of an importer, with everything settled. */
export interface ImportContext {
  readonly datasourceId: string;
  readonly geographyScope: readonly string[];
  readonly temporalScope: readonly string[];
  /** Absolute paths of local files. */
  readonly localData: readonly string[];
  /** Labels of the subject types that a recipe computes over. */
  readonly subjectTypes: readonly string[];
  /** Folder at which relative paths start. */
  readonly folder: string;
}

/**
 * SELECTs over the tables of the files; each is left out when there is nothing of its kind.
 *
 * | table | columns |
 * |---|---|
 * | `subjects` | `label`, `name`, `shape` (longitude, latitude), with several subject types `subject_type`, and perhaps `position`, which tells their order, from 0 |
 * | `attributes` | those found in the file: `label`, `description`, and perhaps `unit` and `kind` |
 * | `fixed` | `label` of the subject, `attribute`, `value` (text) |
 * | `timed` | `label` of the subject, `attribute`, `time` (a text as `parseTimestamp` reads it, or a timestamp), `value` (number) |
 */
export interface Rows {
  /** What only reading could tell. */
  readonly found?: FoundOut;
  /**
   * Given when these facts are known, so that nobody looks for them again: no label of `subjects` is missing or occurs twice, and each
   * value of `fixed` hangs on one of these subjects, as its only one of an attribute. How many values each attribute has.
   */
  readonly distinct?: ReadonlyMap<string, number>;
  /** Whether it is known that each shape of `subjects` is valid, so that nobody checks them again. */
  readonly valid?: boolean;
  readonly subjects?: string;
  readonly attributes?: string;
  readonly fixed?: string;
  readonly timed?: string;
}

/** What of an import only the content of its files tells. */
export interface FoundOut extends Partial<Pick<Datasource, "subjectTypes" | "valuesOf" | "attributes">> {
  readonly access?: Access;
  readonly overruled?: Overruling | undefined;
  readonly unitOfRecord?: UnitOfRecord | undefined;
  /** What was guessed, in sentences. */
  readonly notes?: readonly string[];
}

/** One thing that an importer can load. */
export interface Datasource {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** The publisher's page about it. */
  readonly url: string | null;
  /** Kinds of subjects that it makes; empty when it only brings values. */
  readonly subjectTypes: readonly SubjectTypeDeclaration[];
  readonly attributes: readonly ImporterAttribute[];
  /** Subject types that the values hang on, in the order in which a label is looked up; its own unless told otherwise. */
  readonly valuesOf?: readonly SubjectTypeReference[];
  /** Ids of `ons/oa`, or datasources such as `boundaries/lsoa2021`, that are imported first, because the values hang on them. */
  readonly areas?: readonly string[] | ((context: ImportContext) => readonly string[]);
  /** The files that are read. Throws a UserError when the scopes name something that there is not. */
  readonly files: readonly SourceFile[] | ((context: ImportContext) => readonly SourceFile[]);
  readonly rows: (tables: Tables, context: ImportContext) => Rows | Promise<Rows>;
  /** Whether other subject types in the request give other rows. */
  readonly bySubjectTypes?: boolean;
  /** Facts that must hold, else nothing is imported. */
  readonly expect?: { readonly subjects: { readonly atLeast: number; readonly atMost: number } };
  /** Unit and kind of attributes that only the file names. */
  readonly typical?: Pick<ImporterAttribute, "unit" | "kind">;
  /** Years that it is about; read from its names unless told otherwise. */
  readonly years?: string;
  /** Scopes with which it can be tried, when it needs some. */
  readonly example?: Partial<Pick<ImportContext, "geographyScope" | "subjectTypes" | "temporalScope">>;
  /** Known defect of the publisher's data, told at each import. */
  readonly notice?: string;
  /** Whether each declared attribute must occur in the file: where one is missing, its layout has changed. */
  readonly everyAttribute?: boolean;
  /** Whether the file decides which attributes there are: of those declared only the ones that it has are stored, and others that it has too. */
  readonly fileDecides?: boolean;
  /** Of subjects that the file lists more than once the last counts; else that is an error. */
  readonly repeatedSubjects?: boolean;
  /** The way out when labels of subjects are not unique. */
  readonly labelHint?: string;
}

/** An importer: what a publisher's files mean, as data. Everything else is done once for all in `run.ts`. */
export interface Importer {
  /** Equal to its path below the folder of importers. */
  readonly id: string;
  /** Name under which recipes of 2019 know it. */
  readonly className?: string;
  /** Raised when the same file would give other rows than before. */
  readonly version: number;
  readonly title: string;
  /** Who publishes it, what one row means, and the known trap. */
  readonly doc: string;
  readonly provider: Provider;
  readonly licence: string;
  /** Line that the licence asks to be shown. */
  readonly attribution: string;
  readonly access: Access;
  /** What one record is about; absent only for files of one's own, of which it is guessed. */
  readonly unitOfRecord: UnitOfRecord | undefined;
  /** Set while reading, where a guess about people was overruled. */
  readonly overruled?: Overruling | undefined;
  readonly datasources: readonly Datasource[];
  /** Makes the datasource of an id that is not listed, such as one that holds a filter; undefined when the id means nothing. */
  readonly unlisted?: (id: string) => Datasource | undefined;
  /** Codes of the countries, regions and local authorities that it is about; unknown when absent. */
  readonly covers?: readonly string[];
  /** Values that its scopes take. */
  readonly geographyLabels?: readonly string[];
  readonly temporalLabels?: readonly string[];
  /** Tells apart importers that a properties file made. */
  readonly identity?: string;
  /** Makes the importer that a properties file describes. */
  readonly configure?: (configuration: Readonly<Record<string, string>>, folder: string) => Importer;
}

/** An importer of one file with one kind of subject: the short way to write it. */
export interface SimpleImporter extends Omit<Importer, "datasources" | "configure" | "unlisted"> {
  readonly source: SourceFile;
  readonly subjectType: SubjectTypeDeclaration;
  readonly attributes: readonly ImporterAttribute[];
  /** SELECT over `source`: gives `label`, `name`, `shape` and one column for each attribute, whose values are fixed. */
  readonly rows: string | ((tables: Tables) => Promise<SimpleRows>);
  readonly expect?: Datasource["expect"];
  readonly labelHint?: string;
}

/** Rows of a simple importer whose attributes are found in the file. */
export interface SimpleRows {
  readonly select: string;
  readonly attributes: readonly ImporterAttribute[];
  /** What else only reading could tell. */
  readonly found?: FoundOut;
}

/** Declares an importer, in full or in the short way. */
export function defineImporter(declaration: Importer | SimpleImporter): Importer {
  return "datasources" in declaration ? declaration : complete(declaration);
}

function complete(simple: SimpleImporter): Importer {
  const { source, subjectType, attributes, rows, expect, labelHint, ...importer } = simple;
  const datasource: Datasource = {
    id: importer.id.split("/").at(-1) ?? importer.id,
    name: importer.title,
    description: importer.doc,
    url: source.package || source.path ? source.address : null,
    subjectTypes: [subjectType],
    attributes: attributes.map((attribute) => ({ ...attribute, values: "fixed" })),
    files: [source],
    rows: async (tables) => {
      const found: SimpleRows =
        typeof rows === "string" ? { select: rows, attributes: [] } : await rows(tables);
      await tables.create("rows", `SELECT row_number() OVER () AS number, * FROM (${found.select})`);
      return {
        ...simpleRows([...attributes, ...found.attributes], found.attributes),
        ...(found.found && { found: found.found }),
      };
    },
    ...(expect && { expect }),
    ...(labelHint !== undefined && { labelHint }),
  };
  return { ...importer, datasources: [datasource] };
}

function simpleRows(all: readonly ImporterAttribute[], found: readonly ImporterAttribute[]): Rows {
  const fixed = all.map(({ label }) => {
    const column = quoteIdentifier(label);
    return `SELECT label, ${quoteLiteral(label)} AS attribute, ${column}::VARCHAR AS value FROM rows WHERE ${column} IS NOT NULL`;
  });
  return {
    subjects: "SELECT label, name, shape, number - 1 AS position FROM rows",
    ...(found.length > 0 && { attributes: attributeRows(found) }),
    ...(fixed.length > 0 && { fixed: fixed.join(" UNION ALL ") }),
  };
}

/** Attributes found in a file as the SELECT that {@link Rows} wants. */
export function attributeRows(attributes: readonly ImporterAttribute[]): string {
  const rows = attributes.map(({ label, description, unit, kind }) =>
    [label, description, unit, kind]
      .map((text) => (text === undefined ? "NULL::VARCHAR" : quoteLiteral(text)))
      .join(", "),
  );
  if (rows.length === 0) return "SELECT '' AS label, '' AS description WHERE false";
  return `SELECT * FROM (VALUES ${rows.map((row) => `(${row})`).join(", ")}) AS found(label, description, unit, kind)`;
}
