import type { Engine } from "../../engine/engine.ts";
import { UserError } from "../../errors.ts";
import type { Work } from "../../progress.ts";
import type { SourceFile, SourceFormat } from "../importer.ts";
import { readCsv } from "./csv.ts";
import { readGeo } from "./geo-file.ts";
import { readJson, readLines } from "./json.ts";
import { readParquet } from "./parquet.ts";
import { readXml } from "./xml.ts";

/** A file of this machine that is read: a download, or an entry of one. */
export interface Piece {
  readonly path: string;
  /** How people know it. */
  readonly name: string;
  readonly source: SourceFile;
}

/** What a reader needs besides its files. */
export interface ReadOptions extends Work {
  /** Folder for what is made on the way; removed when the import ends. */
  readonly folder: string;
}

/** Makes files of one format visible to SQL as one table. */
export type ReadFile = (
  engine: Engine,
  pieces: readonly Piece[],
  table: string,
  options: ReadOptions,
) => Promise<void>;

const readers: Readonly<Record<SourceFormat, () => Promise<ReadFile>>> = {
  csv: async () => readCsv,
  // Loaded when it is needed: it is a megabyte of code.
  spreadsheet: async () => (await import("./spreadsheet.ts")).readSpreadsheet,
  json: async () => readJson,
  xml: async () => readXml,
  lines: async () => readLines,
  geo: async () => readGeo,
  osm: async () => (await import("./osm.ts")).readOsm,
  parquet: async () => readParquet,
};

/** Reads files into their tables. Throws a UserError that names the file when one is not what it says. */
export async function readFiles(
  engine: Engine,
  pieces: readonly Piece[],
  options: ReadOptions,
): Promise<void> {
  const tables = new Set(pieces.map(({ source }) => source.table ?? "source"));
  for (const table of tables) {
    const parts = pieces.filter(({ source }) => (source.table ?? "source") === table);
    const [first] = parts;
    if (!first) continue;
    options.onProgress?.({ stage: `Reading ${first.name}` });
    const read = first.source.read ?? (await readers[first.source.format]());
    try {
      await read(engine, parts, table, options);
    } catch (cause) {
      options.signal?.throwIfAborted();
      if (cause instanceof UserError) throw cause;
      const names = parts.map(({ name }) => name).join(", ");
      throw new UserError(`${names} cannot be read: it is damaged or cut short`, {
        where: first.path,
        cause,
      });
    }
  }
}
