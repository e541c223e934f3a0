import { quoteIdentifier } from "../../engine/quote.ts";
import type { Tables } from "../tables.ts";
import { type Guess, guessColumns } from "./guess.ts";
import { type LabelCounts, labelRows } from "./label-rows.ts";
import type { OwnFileOptions } from "./options.ts";
import { placeColumns } from "./place.ts";
import type { ColumnProfile } from "./profile.ts";
import type { OwnRows } from "./read.ts";

/** What tells the rows of a file apart. */
export interface RowsApart {
  readonly first: Guess;
  readonly labelled: LabelCounts;
  /** Column with the codes of areas that come more than once, so that each row is a record in its area. */
  readonly repeated: string | undefined;
}

interface RowFacts {
  readonly file: string;
  readonly stem: string;
  readonly options: OwnFileOptions;
  /** Whether a row may be about something in an area, rather than about the area. */
  readonly mayBeRecords: boolean;
}

/** Makes `own_labelled` as {@link labelRows} does, with the guess of what the columns are. */
export async function tellRowsApart(
  tables: Tables,
  profiles: readonly ColumnProfile[],
  own: OwnRows,
  { file, stem, options, mayBeRecords }: RowFacts,
): Promise<RowsApart> {
  const keepsTotals = options.totals ?? false;
  const guessed = async (areRecords: boolean) => {
    const guess = (said: OwnFileOptions) => guessColumns(profiles, said, { file, own, areRecords });
    const first = await withLabel(tables, profiles, guess, { options, areRecords });
    return { first, labelled: await labelRows(tables, first, { file, stem, keepsTotals }) };
  };
  const { first, labelled } = await guessed(false);
  const isRepeated = first.area !== undefined && labelled.distinct < labelled.labels;
  if (!isRepeated || !mayBeRecords || options.label !== undefined)
    return { first, labelled, repeated: undefined };
  return { ...(await guessed(true)), repeated: first.label };
}

/**
 * What the columns are. When no heading says so, a first column of texts that are all different names the rows, else the first column of texts
 * that are different at each time, such as the sites of counters; each must have one place, where there are places.
 */
async function withLabel(
  tables: Tables,
  [first]: readonly ColumnProfile[],
  guessed: (options: OwnFileOptions) => Guess,
  { options, areRecords }: { readonly options: OwnFileOptions; readonly areRecords: boolean },
): Promise<Guess> {
  const guess = guessed(options);
  if (guess.label !== undefined) return guess;
  const texts = guess.values.filter(({ number }) => !number).map(({ column }) => column);
  const isNamed =
    first !== undefined && texts[0] === first.name && (await areDifferent(tables, [first.name]));
  const label = isNamed ? first.name : areRecords ? undefined : await nameAtTimes(tables, texts, guess);
  return label === undefined ? guess : guessed({ ...options, label });
}

async function nameAtTimes(
  tables: Tables,
  texts: readonly string[],
  { time, place }: Guess,
): Promise<string | undefined> {
  if (!time || place?.type === "shape") return undefined;
  const places = placeColumns(place);
  for (const column of texts) {
    if (!(await areDifferent(tables, [column, time.column]))) continue;
    if (places.length === 0 || (await standStill(tables, column, places))) return column;
  }
  return undefined;
}

/** Whether each text of a column comes with one place, and some of them more than once. */
async function standStill(tables: Tables, column: string, places: readonly string[]): Promise<boolean> {
  const texts = [column, ...places].map((name) => `trim(${quoteIdentifier(name)})`);
  const [row = {}] = await tables.query(`SELECT count(DISTINCT ${texts[0]}) AS names,
    count(DISTINCT (${texts.join(", ")})) AS placed, count(*) AS rows FROM own_rows`);
  return Number(row["names"]) === Number(row["placed"]) && Number(row["names"]) < Number(row["rows"]);
}

/** Whether each row has other texts in some columns than all others. */
async function areDifferent(tables: Tables, columns: readonly string[]): Promise<boolean> {
  const texts = columns.map((name) => `trim(${quoteIdentifier(name)})`);
  const all = texts.map((text) => `coalesce(${text}, '') <> ''`).join(" AND ");
  const [row = {}] = await tables.query(
    `SELECT count(DISTINCT (${texts.join(", ")})) = count(*) AND bool_and(${all}) AS is_unique FROM own_rows`,
  );
  return row["is_unique"] === true;
}
