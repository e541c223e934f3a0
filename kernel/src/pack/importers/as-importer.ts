import { readFileSync } from "node:fs";
import { quoteIdentifier, quoteLiteral } from "../../engine/quote.ts";
import { tableFromRecords } from "../../engine/records.ts";
import { UserError } from "../../errors.ts";
import { fromSystem } from "../../importers/coordinate-system.ts";
import type { ReadFile } from "../../importers/formats/read.ts";
import { defineImporter, type Importer, type Rows, type SourceFile } from "../../importers/importer.ts";
import { readOwnRows } from "../../importers/own/read.ts";
import type { Tables } from "../../importers/tables.ts";
import { didYouMean } from "../../nearest.ts";
import type { Work } from "../../progress.ts";
import { runConfined } from "../sandbox/run-code.ts";
import { BOUND, type DeclaredAttribute, type ImporterDeclaration } from "./declaration.ts";
import { fetchText } from "./fetch-text.ts";
import type { PackImporter } from "./read-importers.ts";

/** Where an importer of a pack reads. */
export interface ImporterPlace {
  /** Folder of the pack. */
  readonly folder: string;
  /** File that the user binds to its subject type. */
  readonly bound?: string | undefined;
  /** Fetches for its code; over https from the declared hosts unless told otherwise. */
  readonly fetch?: typeof fetchText;
}

/** An importer of a pack as one like the others. Its columns are named in a declaration and never written into SQL as they are. */
export function asImporter(own: PackImporter, place: ImporterPlace): Importer {
  const { name, subjectType, attributes, columns, provider, access, licence, attribution, title } = own;
  const values = columns.time === undefined ? ("fixed" as const) : ("timed" as const);
  return defineImporter({
    id: `pack/${name}`,
    version: 1,
    title,
    doc: title,
    provider,
    licence,
    attribution,
    access,
    unitOfRecord: own.unitOfRecord,
    identity: own.digest,
    datasources: [
      {
        id: name,
        name: title,
        description: title,
        url: own.address ?? null,
        subjectTypes: [subjectType],
        attributes: attributes.map(({ label, description, unit, kind, type }) => ({
          label,
          description,
          values: type === "text" ? "fixed" : values,
          ...(unit !== undefined && { unit }),
          ...(kind && { kind }),
        })),
        files: [
          { ...sourceOf(own, place), read: own.text === undefined ? readTable : readByCode(own, place) },
        ],
        rows: (tables) => rowsOf(own, tables),
        expect: { subjects: { atLeast: 1, atMost: Number.MAX_SAFE_INTEGER } },
      },
    ],
  });
}

function sourceOf({ address, code = "" }: ImporterDeclaration, { folder, bound }: ImporterPlace): SourceFile {
  if (address === undefined) {
    const path = bound ?? `${folder}/importers/${code}`;
    return { address: `pack:${code}`, format: "lines", path };
  }
  const suffix = /\.\w{1,10}$/.exec(new URL(address).pathname)?.[0] ?? ".csv";
  return { address, format: "lines", prefix: new URL(address).hostname, suffix };
}

const readTable: ReadFile = async (engine, [piece], table, work) => {
  if (!piece) return;
  await readOwnRows(engine, piece, {}, work);
  await engine.run(`CREATE OR REPLACE TEMP VIEW ${table} AS SELECT * FROM own_rows ORDER BY position`);
};

/** All columns that a declaration names. */
function columnsOf({ columns, attributes }: ImporterDeclaration): string[] {
  return [...new Set([...Object.values(columns), ...attributes.map(({ column }) => column)])];
}

function readByCode(own: PackImporter, { bound, fetch: fetched = fetchText }: ImporterPlace): ReadFile {
  return async (engine, _pieces, table, work) => {
    const columns = columnsOf(own);
    const ask = (kind: "fetch" | "file", name: string): Promise<string> =>
      kind === "fetch"
        ? fetched(name, own.permissions.hosts, work.signal)
        : Promise.resolve().then(() => fileOf(own, name, bound));
    const rows = await runConfined({ name: own.name, code: own.text ?? "", columns, ask, ...signalOf(work) });
    if (rows.length === 0) throw new UserError(`The importer ${own.name} gives no rows`, { where: own.name });
    await engine.register(table, tableFromRecords(rows.map((row, position) => ({ position, ...row }))));
  };
}

const signalOf = ({ signal }: Work) => (signal ? { signal } : {});

function fileOf({ beside, permissions }: PackImporter, name: string, bound: string | undefined): string {
  if (name === BOUND && permissions.files.includes(BOUND)) {
    if (bound !== undefined) return readFileSync(bound, "utf8");
    throw new UserError("no file is bound");
  }
  const text = beside.get(name);
  if (text !== undefined) return text;
  throw new UserError(`"${name.slice(0, 100)}" is no file that the importer has declared`);
}

async function rowsOf(own: PackImporter, tables: Tables): Promise<Rows> {
  const there = await tables.columns("source");
  const missing = columnsOf(own).find((column) => !there.includes(column));
  if (missing !== undefined)
    throw new UserError(`${own.title} has no column "${missing}"`, {
      where: missing,
      hint: didYouMean(missing, there),
    });
  const { columns, attributes } = own;
  const label = `trim(${quoteIdentifier(columns.label)}::VARCHAR)`;
  const timed = columns.time === undefined ? [] : attributes.filter(({ type }) => type === "number");
  const fixed = attributes.filter((attribute) => !timed.includes(attribute));
  const has = `nullif(${label}, '') IS NOT NULL`;
  const name = columns.name === undefined ? "NULL::VARCHAR" : `${quoteIdentifier(columns.name)}::VARCHAR`;
  return {
    subjects: `SELECT ${label} AS label, ${name} AS name, ${shapeOf(own)} AS shape FROM source WHERE ${has}
      ${timed.length > 0 ? `QUALIFY row_number() OVER (PARTITION BY ${label} ORDER BY position DESC) = 1` : ""} ORDER BY position`,
    ...(fixed.length > 0 && {
      fixed: fixed.map((each) => `${fixedOf(each, label)} AND ${has}`).join(" UNION ALL "),
    }),
    ...(timed.length > 0 && {
      timed: timed
        .map(
          ({
            label: attribute,
            column,
          }) => `SELECT ${label} AS label, ${quoteLiteral(attribute)} AS attribute,
            ${quoteIdentifier(columns.time ?? "")}::VARCHAR::TIMESTAMP AS time, ${quoteIdentifier(column)}::VARCHAR::DOUBLE AS value
            FROM source WHERE ${quoteIdentifier(column)} IS NOT NULL AND ${has}`,
        )
        .join(" UNION ALL "),
    }),
  };
}

function fixedOf({ label, column }: DeclaredAttribute, subject: string): string {
  const text = `${quoteIdentifier(column)}::VARCHAR`;
  return `SELECT ${subject} AS label, ${quoteLiteral(label)} AS attribute, ${text} AS value FROM source WHERE ${text} IS NOT NULL`;
}

function shapeOf({ columns: { x, y, wkt }, crs }: ImporterDeclaration): string {
  const number = (column: string) => `${quoteIdentifier(column)}::VARCHAR::DOUBLE`;
  const raw =
    wkt !== undefined
      ? `ST_GeomFromText(${quoteIdentifier(wkt)}::VARCHAR)`
      : x !== undefined && y !== undefined
        ? `ST_Point(${number(x)}, ${number(y)})`
        : undefined;
  if (raw === undefined) return "NULL::GEOMETRY('OGC:CRS84')";
  return `ST_SetCRS(${fromSystem(raw, crs)}, 'OGC:CRS84')`;
}
