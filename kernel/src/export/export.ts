import { mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, extname } from "node:path";
import { type Access, DISPLAY_SYMBOL, type Displayable, strictest } from "@tombolo/bundle";
import type { Table } from "apache-arrow";
import { isGeometry } from "../engine/arrow.ts";
import { columnMetadata } from "../engine/columns.ts";
import type { Engine } from "../engine/engine.ts";
import { quoteIdentifier, quoteLiteral } from "../engine/quote.ts";
import { UserError } from "../errors.ts";

/** What an export wrote. */
export interface ExportReport extends Displayable {
  readonly path: string;
  readonly format: string;
  readonly rows: number;
  readonly bytes: number;
  /** Strictest access label of the columns written. */
  readonly access: Access;
}

/** A file format: how DuckDB's COPY writes it, and whether it holds shapes. */
interface Format {
  readonly name: string;
  readonly copy: string;
  readonly shapes: boolean;
}

const FORMATS: Readonly<Record<string, Format>> = {
  ".csv": { name: "CSV", copy: "FORMAT csv, HEADER", shapes: false },
  ".geojson": {
    name: "GeoJSON",
    copy: "FORMAT gdal, DRIVER 'GeoJSON', LAYER_CREATION_OPTIONS 'RFC7946=YES'",
    shapes: true,
  },
  ".parquet": { name: "GeoParquet", copy: "FORMAT parquet, COMPRESSION zstd", shapes: true },
};

/**
 * Writes a table to a file; the ending says the format: `.csv`, `.geojson` or `.parquet` (GeoParquet). Shapes are longitude
 * and latitude. The file appears under its name when it is complete. Throws a UserError for another ending.
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
  const columns = table.schema.fields.filter((field) => format.shapes || !isGeometry(field));
  const partial = `${path.slice(0, -ending.length)}.${process.pid}.partial${ending}`;
  const name = "exported";
  await engine.register(name, table);
  try {
    mkdirSync(dirname(path), { recursive: true });
    const selected = columns.map((field) => quoteIdentifier(field.name)).join(", ");
    await engine.run(`COPY (SELECT ${selected} FROM ${name}) TO ${quoteLiteral(partial)} (${format.copy})`);
    renameSync(partial, path);
  } finally {
    rmSync(partial, { force: true });
    await engine.run(`DROP TABLE IF EXISTS temp.${name}`);
  }
  const bytes = statSync(path).size;
  const access = strictest(columns.map((field) => columnMetadata(field).access));
  const text = `${path}: ${table.numRows} rows, ${bytes.toLocaleString("en")} bytes (${format.name})`;
  const display = () => ({ data: { "text/plain": text } });
  return { path, format: format.name, rows: table.numRows, bytes, access, [DISPLAY_SYMBOL]: display };
}
