import { basename, extname } from "node:path";
import { countOf } from "../../count-of.ts";
import type { Engine } from "../../engine/engine.ts";
import { quoteLiteral } from "../../engine/quote.ts";
import { UserError } from "../../errors.ts";
import { type ExportedLabel, exportedLabel } from "../../export/label-file.ts";
import { AREA_KINDS, type AreaKind, areaKindNamed } from "../areas/area.ts";
import { checkSystem } from "../coordinate-system.ts";
import type { ReadFile } from "../formats/read.ts";
import {
  defineImporter,
  type Importer,
  type Provider,
  type Rows,
  type SubjectTypeReference,
} from "../importer.ts";
import type { Tables } from "../tables.ts";
import { areasByName } from "./area-names.ts";
import { type Guess, withTimeAsValue } from "./guess.ts";
import { guessLabel } from "./guess-label.ts";
import { looksPersonal } from "./looks-personal.ts";
import { describeGuess } from "./notes.ts";
import { MISSING_MARKS } from "./number-format.ts";
import type { OwnFileOptions } from "./options.ts";
import { profileColumns } from "./profile.ts";
import { OWN_PROVIDER } from "./provider.ts";
import { type OwnRows, readOwnRows } from "./read.ts";
import { renamed } from "./rename.ts";
import { ownAttributes, ownRows, type RowPlan, valueText } from "./rows.ts";
import { widen } from "./series.ts";
import { tellRowsApart } from "./tell-rows-apart.ts";

/** Values hang on areas of the store when at least this part of the codes is known there. */
const LEAST_KNOWN = 0.5;

/** Kinds of areas that boundaries are imported of, so that a file is read again when there are new ones. */
const AREA_TYPES: readonly SubjectTypeReference[] = [
  { provider: "uk.gov.london", label: "borough" },
  ...AREA_KINDS.flatMap(({ kind }) =>
    [kind, `${kind}2021`, `${kind}2024`, ...(kind === "region" ? ["englandBoundaries"] : [])].map(
      (label) => ({
        provider: "uk.gov.ons",
        label,
      }),
    ),
  ),
];

/** In whose name a file of one's own is imported: one's own, or that of those whose data it takes the place of. */
export interface FileOwners {
  readonly subjects: Provider;
  readonly values: Provider;
}

const OWN: FileOwners = { subjects: OWN_PROVIDER, values: OWN_PROVIDER };

/** Declares an importer for a file of one's own, given by its path or its address; its columns are guessed when it is read. */
export function importerForFile(
  place: { readonly path: string } | { readonly address: string },
  said: OwnFileOptions,
  owners: FileOwners = OWN,
): Importer {
  // The number of a coordinate system is enough.
  const options = /^\d+$/.test(said.crs ?? "") ? { ...said, crs: `EPSG:${said.crs}` } : said;
  const isLocal = "path" in place;
  const address = isLocal ? place.path : place.address;
  // A file that we wrote keeps the label of what is in it.
  const exported = isLocal ? exportedLabel(place.path) : undefined;
  const file = basename(isLocal ? address : new URL(address).pathname);
  const unpacked = file.replace(/\.gz$/i, "");
  const stem = basename(unpacked, extname(unpacked));
  const type = options.as ?? stem;
  let found: OwnRows | undefined;
  const read: ReadFile = async (engine, [piece], _table, work) => {
    if (options.crs !== undefined) await checkSystem(engine, options.crs, "--crs");
    if (piece) found = await readOwnRows(engine, piece, options, work);
  };
  return defineImporter({
    id: address,
    version: 4,
    title: file,
    doc: "A file of one's own.",
    provider: owners.values,
    licence: "",
    attribution: exported?.source || file,
    access: options.access ?? exported?.access ?? "internal",
    unitOfRecord: options.unit,
    datasources: [
      {
        id: stem,
        name: "",
        description: "A file of one's own.",
        url: null,
        subjectTypes: [{ label: type, name: type, provider: owners.subjects }],
        attributes: [],
        ...(options.as === undefined && { valuesOf: AREA_TYPES }),
        files: [
          {
            address,
            format: "lines",
            read,
            ...(isLocal ? { path: address } : { prefix: new URL(address).hostname, suffix: extname(file) }),
          },
        ],
        rows: (tables) => {
          if (!found) throw new Error("a file is read before its rows are");
          return rowsOf(tables, found, { file, stem, type, options, exported, owner: owners.subjects });
        },
        labelHint: "Choose another column with --label.",
      },
    ],
  });
}

/** Whether an importer is of a file of one's own, given by its path or its address. */
export function isOwnFile({ provider }: Importer): boolean {
  return provider === OWN_PROVIDER;
}

/** Identity of an import of a file of one's own: another sheet or another subject type is another import. */
export function ownFileKey(importer: Importer, { as, sheet }: OwnFileOptions): string {
  return JSON.stringify([
    importer.id,
    ...(as === undefined ? [] : [["as", as]]),
    ...(sheet === undefined ? [] : [["sheet", sheet]]),
  ]);
}

/** What its user says of how a file is read: with other words it is read again, and what the earlier brought is replaced. */
export function ownFileReading(options: OwnFileOptions): string {
  return JSON.stringify(
    OPTION_NAMES.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])),
  );
}

const OPTION_NAMES = [
  "as",
  "columns",
  "crs",
  "dates",
  "decimal",
  "delimiter",
  "encoding",
  "header",
  "label",
  "missing",
  "name",
  "rename",
  "sheet",
  "totals",
  "when",
  "x",
  "y",
] as const satisfies readonly (keyof OwnFileOptions)[];

interface OwnFile {
  readonly file: string;
  readonly stem: string;
  readonly type: string;
  readonly options: OwnFileOptions;
  /** The label that lies beside it. */
  readonly exported: ExportedLabel | undefined;
  /** Provider of the subjects. */
  readonly owner: Provider;
}

async function rowsOf(
  tables: Tables,
  own: OwnRows,
  { file, stem, type, options, exported, owner }: OwnFile,
): Promise<Rows> {
  const { engine, work } = tables;
  const marks = [...MISSING_MARKS, ...(options.missing?.toLowerCase().split(/\s+/) ?? [])];
  const profiles = await profileColumns(engine, "own_rows", own.columns, {
    marks,
    decimal: options.decimal,
    when: options.when,
    signal: work.signal,
  });
  const samples = profiles.map(({ name, sample }) => ({ name, values: sample }));
  const isPersonal = looksPersonal(samples) !== undefined || exported?.access === "sensitive";
  const { first, labelled, repeated } = await tellRowsApart(tables, profiles, own, {
    file,
    stem,
    options,
    mayBeRecords: options.unit === undefined ? isPersonal : options.unit !== "area",
  });
  const isTimed =
    first.time !== undefined && (options.when !== undefined || labelled.distinct < labelled.labels);
  const timed = isTimed ? first : withTimeAsValue(first, profiles, options);
  const wide = await widen(tables, timed, {
    file,
    isRepeated: labelled.distinct < labelled.labels,
    mayName: !isPersonal,
  });
  const counts = wide ? { ...labelled, labels: wide.rows } : labelled;
  const told = renamed(wide?.guess ?? timed, options.rename, file);
  const guess = await areasByName(tables, told, counts, options);
  const known = guess.area && options.as === undefined ? await knownAreas(tables, guess.area) : undefined;
  const attached = known && known.rows >= counts.labels * LEAST_KNOWN ? known : undefined;
  const plan: RowPlan = { guess, stem, makesSubjects: !attached, isTimed };
  const areDistinct = !attached && !isTimed && counts.distinct === counts.labels;
  if (guess.area !== undefined && !isTimed && counts.distinct < counts.labels)
    throw notUnique(file, counts.labels - counts.distinct);
  const access = guessLabel(file, samples, { isArea: guess.area !== undefined, isTimed, exported }, options);
  return {
    ...ownRows(plan),
    valid: areValid(guess, options),
    ...(areDistinct && { distinct: await countValues(engine, guess) }),
    found: {
      access: access.access,
      overruled: access.overruled,
      unitOfRecord: access.unitOfRecord,
      subjectTypes: attached ? [] : [{ label: type, name: type, provider: owner }],
      valuesOf: attached ? [attached.type] : [{ provider: owner.label, label: type }],
      attributes: ownAttributes(plan),
      notes: describeGuess({
        own,
        guess,
        profiles,
        counts,
        repeated,
        isTimed,
        series: wide?.series,
        known,
        attached,
        label: access,
        options,
      }),
    },
  };
}

function notUnique(file: string, rows: number): UserError {
  return new UserError(
    `${file} has ${countOf(rows, "row")} whose label is missing or not unique, so nothing was imported`,
    {
      hint: "Choose another column with --label, or the one with times with --when, or say with --unit what one row is about when it is something in an area.",
    },
  );
}

/** Points are valid where the coordinate system was found by their numbers: each has its place in it. */
function areValid({ place }: Guess, { crs }: OwnFileOptions): boolean {
  return place === undefined || (crs === undefined && (place.type === "point" || place.type === "pair"));
}

/** How many values each column that is kept has, by the label of its attribute. */
async function countValues(engine: Engine, guess: Guess): Promise<ReadonlyMap<string, number>> {
  const { values } = guess;
  if (values.length === 0) return new Map();
  const counts = values.map((value, index) => `count(${valueText(value, guess)}) AS n${index}`);
  const result = await engine.query(`SELECT ${counts.join(", ")} FROM own_labelled`);
  return new Map(
    values.map(({ column, label = column }, index) => [label, Number(result.getChild(`n${index}`)?.get(0))]),
  );
}

/** Areas of the store whose codes a file has. */
export interface KnownAreas {
  readonly type: SubjectTypeReference;
  /** Rows of the file that are one of them. */
  readonly rows: number;
  /** Some codes that are none. */
  readonly unknown: readonly string[];
}

/** The subject type of the store that knows most of a file's codes; undefined when none knows any. */
async function knownAreas(tables: Tables, area: AreaKind): Promise<KnownAreas | undefined> {
  const found = await tables.query(`SELECT provider, subject_type, count(*) AS rows FROM subjects
    JOIN own_labelled ON own_label = label GROUP BY ALL ORDER BY rows DESC, subject_type`);
  const best = found.find(({ subject_type: type }) => areaKindNamed(String(type)) === area);
  if (!best) return undefined;
  const type = { provider: String(best["provider"]), label: String(best["subject_type"]) };
  const unknown = await tables.query(`SELECT DISTINCT own_label FROM own_labelled WHERE own_label NOT IN
    (SELECT label FROM subjects WHERE subject_type = ${quoteLiteral(type.label)}) ORDER BY own_label LIMIT 3`);
  return { type, rows: Number(best["rows"]), unknown: unknown.map((row) => String(row["own_label"])) };
}
