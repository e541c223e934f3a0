import { basename, extname } from "node:path";
import type { Access } from "@tombolo/bundle";
import type { UnitOfRecord } from "../../store/unit-of-record.ts";
import type { ReadFile } from "../formats/read.ts";
import { defineImporter, type Importer, type ImporterAttribute, type Provider } from "../importer.ts";
import type { Tables } from "../tables.ts";
import { describeLabel, guessLabel } from "./guess-label.ts";
import type { SampledColumn } from "./looks-personal.ts";
import type { OwnFileOptions } from "./options.ts";
import { readOwnRows } from "./read.ts";

/** An importer of one's own file, as a notebook cell declares it. */
export interface OwnImporter {
  /** Word after `%import`, such as `mine/trees`. */
  readonly id: string;
  /** Path or address of the file: anything that `%import` reads. */
  readonly file: string;
  /** Label of the subject type. */
  readonly subjects: string;
  /**
   * SELECT over `source`, the file with its own columns as texts and its shapes, if it has any, in `geom`: gives `label`, and
   * perhaps `name` and `shape` (longitude, latitude); every further column becomes an attribute.
   */
  readonly rows: string;
  /** What the attributes mean; those that are not described are named by their column. */
  readonly attributes?: readonly ImporterAttribute[];
  readonly title?: string;
  readonly doc?: string;
  readonly provider?: Provider;
  readonly licence?: string;
  readonly attribution?: string;
  /** Who may see its values; `internal` unless told otherwise. */
  readonly access?: Access;
  /** Why the label is lower than what the file looks like; kept with the data. */
  readonly reason?: string;
  /** What one row is about. */
  readonly unitOfRecord?: UnitOfRecord;
  /** How the file is read, where the guess is wrong. */
  readonly reading?: OwnFileOptions;
}

/** Turns the declaration of a notebook cell into an importer like the others. */
export function declareOwn(own: OwnImporter): Importer {
  const { id, file, subjects, rows, attributes = [], reading = {}, access, reason, unitOfRecord } = own;
  const isRemote = /^https?:\/\//.test(file);
  const name = basename(isRemote ? new URL(file).pathname : file);
  const read: ReadFile = async (engine, [piece], table, work) => {
    if (!piece) return;
    await readOwnRows(engine, piece, reading, work);
    await engine.run(`CREATE OR REPLACE TEMP VIEW ${table} AS SELECT * FROM own_rows ORDER BY position`);
  };
  return defineImporter({
    id,
    version: 1,
    title: own.title ?? name,
    doc: own.doc ?? `Declared in a notebook, from ${name}.`,
    provider: own.provider ?? { label: "local", name: "Files of one's own" },
    licence: own.licence ?? "",
    attribution: own.attribution ?? name,
    access: own.access ?? "internal",
    unitOfRecord: own.unitOfRecord,
    identity: JSON.stringify([rows, attributes, subjects, reading]),
    source: {
      address: file,
      format: "lines",
      read,
      ...(isRemote ? { prefix: new URL(file).hostname, suffix: extname(name) } : { path: file }),
    },
    subjectType: { label: subjects, name: subjects },
    attributes: [],
    rows: async (tables) => {
      const columns = await sampleColumns(tables);
      const facts = { isArea: false, isTimed: false };
      const label = guessLabel(name, columns, facts, { access, reason, unit: unitOfRecord });
      const note = describeLabel(label);
      return {
        ...(await complete(tables, rows, attributes)),
        found: { ...label, notes: note === undefined ? [] : [note] },
      };
    },
    labelHint: "The column label of its rows must tell them apart.",
    expect: { subjects: { atLeast: 1, atMost: Number.MAX_SAFE_INTEGER } },
  });
}

const PLACES = ["label", "name", "shape"];

const SAMPLED_ROWS = 1_000;

/** The columns of the file with their first texts. */
async function sampleColumns(tables: Tables): Promise<SampledColumn[]> {
  const names = (await tables.columns("own_rows")).filter((name) => name !== "position" && name !== "geom");
  const rows = await tables.query(`SELECT * FROM own_rows ORDER BY position LIMIT ${SAMPLED_ROWS}`);
  return names.map((name) => ({
    name,
    values: rows.flatMap((row) => (typeof row[name] === "string" ? [row[name]] : [])),
  }));
}

/** The rows with what the declaration left out, and their further columns as attributes. */
async function complete(tables: Tables, rows: string, described: readonly ImporterAttribute[]) {
  await tables.create("own_select", rows);
  const columns = await tables.columns("own_select");
  const missing = ["NULL::VARCHAR AS name", "NULL::GEOMETRY('OGC:CRS84') AS shape"].filter(
    (column) => !columns.includes(column.split(" AS ")[1] ?? ""),
  );
  const attributes = columns
    .filter((column) => !PLACES.includes(column))
    .map((label) => described.find((each) => each.label === label) ?? { label, description: label });
  return { select: `SELECT ${["*", ...missing].join(", ")} FROM own_select`, attributes };
}
