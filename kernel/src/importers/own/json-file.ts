import { readFileSync, statSync } from "node:fs";
import type { Engine } from "../../engine/engine.ts";
import { quoteIdentifier } from "../../engine/quote.ts";
import { tableFromRecords } from "../../engine/records.ts";
import { UserError } from "../../errors.ts";
import { isRecord } from "../../recipe/recipe.ts";
import type { Piece, ReadOptions } from "../formats/read.ts";
import { isSdmxJson, readSdmxJson, type TextTable } from "../formats/sdmx-json.ts";
import { utf8File } from "../formats/text-file.ts";
import { columnNames } from "./grid.ts";

/** A document is taken apart as a whole. */
const MOST_BYTES = 256 * 1024 * 1024;
/** How deep in a document rows are looked for. */
const DEEPEST = 3;

/** Reads JSON that has no shapes into `own_rows`: SDMX-JSON, or a list of records wherever in the document it is. */
export async function readJsonRows(
  engine: Engine,
  piece: Piece,
  { folder, signal }: ReadOptions,
): Promise<{ columns: readonly string[]; hasShapes: false; notes: readonly string[] }> {
  if (statSync(piece.path).size > MOST_BYTES)
    throw new UserError(`${piece.name} is too large for JSON without shapes`, {
      where: piece.path,
      hint: "Ask its publisher for CSV or Parquet.",
    });
  const path = await utf8File(piece.path, folder, signal);
  const { columns: found, rows, notes } = tableOf(parse(readFileSync(path, "utf8"), piece), piece);
  const columns = columnNames(found);
  const names = columns.map((_, index) => `c${index}`);
  await engine.register(
    "own_json",
    tableFromRecords(
      rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? null]))),
    ),
  );
  const texts = names.map((name, index) => `${name}::VARCHAR AS ${quoteIdentifier(columns[index] ?? name)}`);
  await engine.run(`CREATE OR REPLACE TEMP TABLE own_source AS SELECT ${texts.join(", ")} FROM own_json`, {
    signal,
  });
  await engine.run("CREATE OR REPLACE TEMP VIEW own_rows AS SELECT rowid AS position, * FROM own_source");
  return { columns, hasShapes: false, notes };
}

function parse(text: string, piece: Piece): unknown {
  if (text.trim() === "") throw new UserError(`${piece.name} is empty`, { where: piece.path });
  if (text.trimStart().startsWith("<"))
    throw new UserError(
      `${piece.name} is ${/^\s*<(!doctype )?html/i.test(text) ? "a web page" : "XML"}, not JSON`,
      {
        where: piece.path,
        hint: "Check the address it came from.",
      },
    );
  if (!/^\s*[[{]/.test(text))
    throw new UserError(`${piece.name} is not JSON: it does not begin with { or [`, { where: piece.path });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UserError(`${piece.name} cannot be read: it is damaged or cut short`, {
      where: piece.path,
      cause,
    });
  }
}

function tableOf(document: unknown, piece: Piece): TextTable {
  const found = isSdmxJson(document) ? readSdmxJson(document) : recordTable(document);
  if (found && found.rows.length > 0) return found;
  throw new UserError(
    found
      ? `${piece.name} has no figures`
      : `${piece.name} is JSON, but holds no list of records and no shapes`,
    { where: piece.path, hint: "Known are GeoJSON, TopoJSON, SDMX-JSON and lists of objects." },
  );
}

/** The longest list of objects in a document; what is nested in them is named by its path, such as `place.name`. */
function recordTable(document: unknown): TextTable | undefined {
  const [best] = recordLists(document, "", 0).sort(
    (first, second) => second.records.length - first.records.length,
  );
  if (!best) return undefined;
  const flat = best.records.map((record) => new Map(fieldsOf(record, "")));
  const columns = [...new Set(flat.flatMap((fields) => [...fields.keys()]))];
  return {
    columns,
    rows: flat.map((fields) => columns.map((column) => fields.get(column) ?? null)),
    notes: best.path === "" ? [] : [`Rows are in "${best.path}".`],
  };
}

type JsonRecord = Readonly<Record<string, unknown>>;

function recordLists(value: unknown, path: string, depth: number): { path: string; records: JsonRecord[] }[] {
  if (Array.isArray(value)) {
    const records = value.filter(isRecord);
    return records.length > 0 && records.length === value.length ? [{ path, records }] : [];
  }
  if (!isRecord(value) || depth >= DEEPEST) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    recordLists(inner, path === "" ? key : `${path}.${key}`, depth + 1),
  );
}

function fieldsOf(record: JsonRecord, path: string): [string, string | null][] {
  return Object.entries(record).flatMap(([key, value]): [string, string | null][] => {
    const name = path === "" ? key : `${path}.${key}`;
    if (isRecord(value)) return fieldsOf(value, name);
    if (value === null || value === undefined) return [[name, null]];
    return [[name, typeof value === "object" ? JSON.stringify(value) : String(value)]];
  });
}
