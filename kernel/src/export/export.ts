import { statSync, writeFileSync } from "node:fs";
import { extname } from "node:path";
import { type Access, strictest } from "@tombolo/bundle/access";
import { DISPLAY_SYMBOL, type Displayable } from "@tombolo/bundle/mime";
import { DataType, Field, type Table, tableToIPC } from "apache-arrow";
import { isGeometry } from "../engine/arrow.ts";
import { columnMetadata, withFields } from "../engine/columns.ts";
import type { Engine } from "../engine/engine.ts";
import { quoteIdentifier, quoteLiteral } from "../engine/quote.ts";
import { numbersOf, sourceOf } from "../engine/result-columns.ts";
import { UserError } from "../errors.ts";
import { writeWhole } from "./write-whole.ts";

/** What an export wrote. */
export interface ExportReport extends Displayable {
  readonly path: string;
  readonly format: string;
  readonly rows: number;
  readonly bytes: number;
  /** Strictest access label of the columns written. */
  readonly access: Access;
}

/** A file format: how DuckDB's COPY writes it, unless Arrow writes it itself, and whether it holds shapes. */
interface Format {
  readonly name: string;
  readonly copy?: string;
  readonly shapes: boolean;
}

const FORMATS: Readonly<Record<string, Format>> = {
  ".csv": { name: "CSV", copy: "FORMAT csv, HEADER", shapes: false },
  ".geojson": {
    name: "GeoJSON",
    copy: "FORMAT gdal, DRIVER 'GeoJSON', LAYER_CREATION_OPTIONS 'RFC7946=YES'",
    shapes: true,
  },
  // Coordinates hardly shrink: more effort than the least takes twice as long for two hundredths of the size. Each row group is
  // one thread's work, for which the others wait at full speed.
  ".parquet": {
    name: "GeoParquet",
    copy: "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 20480",
    shapes: true,
  },
  ".arrow": { name: "Arrow", shapes: true },
};

/**
 * Writes a table to a file; the ending says the format: `.csv`, `.geojson`, `.parquet` (GeoParquet) or `.arrow`. Shapes are longitude
 * and latitude. The file appears under its name when it is complete, and beside it, unless it is public, a label that importing it
 * takes back. Throws a UserError for another ending.
 */
export async function exportTable(engine: Engine, table: Table, path: string): Promise<ExportReport> {
  const ending = extname(path).toLowerCase();
  const format = FORMATS[ending];
  if (!format) {
    const known = Object.keys(FORMATS).join(", ");
    throw new UserError(`"${ending || path}" is not an ending that export knows`, {
      where: path,
      hint: `Known: ${known}.`,
    });
  }
  const written = format.shapes ? table : withoutShapes(table);
  const columns = written.schema.fields;
  const access = strictest(columns.map((field) => columnMetadata(field).access));
  await writeWhole(path, { access, source: sourceOf(table, columns) }, async (partial) => {
    if (format.copy === undefined) writeFileSync(partial, tableToIPC(table, "file"));
    else await copyTable(engine, written, partial, format.copy);
  });
  return exportReport({ path, format: format.name, rows: table.numRows, access });
}

function withoutShapes(table: Table): Table {
  return table.selectAt(table.schema.fields.flatMap((field, index) => (isGeometry(field) ? [] : [index])));
}

/** Gives the facts of an export its size and its sentence. */
export function exportReport(facts: Omit<ExportReport, keyof Displayable | "bytes">): ExportReport {
  const { path, format, rows } = facts;
  const bytes = statSync(path).size;
  const text = () => `${path}: ${rows} rows, ${bytes.toLocaleString("en")} bytes (${format})`;
  return { ...facts, bytes, [DISPLAY_SYMBOL]: () => ({ data: { "text/plain": text() } }) };
}

/** Columns as they are written: shapes, and where the format is text a double that is whole in every row as a whole number. */
function selected(table: Table, format: string): string {
  if (!format.startsWith("FORMAT csv")) {
    const shapes = table.schema.fields.filter(isGeometry).map(({ name }) => quoteIdentifier(name));
    const read = shapes.map((shape) => `ST_GeomFromWKB(${shape}) AS ${shape}`);
    return read.length === 0 ? "*" : `* REPLACE (${read.join(", ")})`;
  }
  const whole = table.schema.fields.filter((field) => DataType.isFloat(field.type) && isWhole(table, field));
  const casts = whole.map(
    ({ name }) => `TRY_CAST(${quoteIdentifier(name)} AS BIGINT) AS ${quoteIdentifier(name)}`,
  );
  return casts.length === 0 ? "*" : `* REPLACE (${casts.join(", ")})`;
}

function isWhole(table: Table, { name }: Field): boolean {
  return numbersOf(table, name).every((value) => Number.isNaN(value) || Number.isSafeInteger(value));
}

/** The same table with shapes as plain bytes. */
function withoutGeometry(table: Table): Table {
  return withFields(table, (field) =>
    isGeometry(field) ? new Field(field.name, field.type, field.nullable) : field,
  );
}

/** Unit, kind, source and access label of each column, which Parquet keeps under one key. */
function columnNotes({ schema }: Table): string {
  const columns = Object.fromEntries(schema.fields.map((field) => [field.name, columnMetadata(field)]));
  return `KV_METADATA { tombolo: ${quoteLiteral(JSON.stringify({ columns }))} }`;
}

async function copyTable(engine: Engine, table: Table, path: string, format: string): Promise<void> {
  const name = "exported";
  // Shapes as bytes: a table of shapes would be one more copy of all rows.
  await engine.register(name, withoutGeometry(table));
  try {
    const options = format.startsWith("FORMAT parquet") ? `${format}, ${columnNotes(table)}` : format;
    await engine.run(
      `COPY (SELECT ${selected(table, format)} FROM ${name}) TO ${quoteLiteral(path)} (${options})`,
    );
  } finally {
    await engine.run(`DROP TABLE IF EXISTS temp.${name}`);
  }
}
