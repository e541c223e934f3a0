import { quoteIdentifier, quoteLiteral } from "../../engine/quote.ts";
import { UserError } from "../../errors.ts";
import type { Tables } from "../tables.ts";
import { columnNames } from "./grid.ts";
import type { Guess, ValueColumn } from "./guess.ts";
import { placeColumns } from "./place.ts";

/** More series than these are no names of measurements. */
const MOST_SERIES = 200;
/** Rows that a name of a measurement has on average. */
const LEAST_ROWS = 1.5;

/** A long table made wide. */
export interface Wide {
  readonly guess: Guess;
  readonly rows: number;
  readonly series: Series;
}

/** The measurements that a column of texts tells apart. */
export interface Series {
  readonly column: string;
  readonly names: readonly string[];
}

interface WidenOptions {
  readonly file: string;
  /** Whether some label comes twice. */
  readonly isRepeated: boolean;
  /** Whether texts may become names of measurements: what people are called may not. */
  readonly mayName: boolean;
}

/**
 * Makes a long table wide, in which each row has one of several measurements of a subject, at a time: a column of texts tells which. Its texts
 * become attributes, and `own_labelled` has one row for each subject and time. Undefined where rows are told apart without it. Throws a
 * UserError where nothing tells the rows of a time apart.
 */
export async function widen(
  tables: Tables,
  guess: Guess,
  { file, isRepeated, mayName }: WidenOptions,
): Promise<Wide | undefined> {
  if (!isRepeated) return undefined;
  const time = guess.time && `trim(${quoteIdentifier(guess.time.column)})`;
  const keys = ["own_label", ...(time === undefined ? [] : [time])];
  const repeated = await repeatedRows(tables, keys);
  if (repeated === 0) return undefined;
  const numbers = guess.values.filter(({ number }) => number);
  const texts = guess.values.filter(({ number }) => !number);
  for (const { column } of mayName && numbers.length > 0 ? texts : []) {
    const series = `trim(${quoteIdentifier(column)})`;
    if ((await repeatedRows(tables, [...keys, series])) > 0) continue;
    const names = await seriesOf(tables, series);
    if (names.length > 0) return makeWide(tables, { guess, keys, column, names, numbers });
  }
  if (time === undefined) return undefined;
  throw new UserError(
    `${file} has ${repeated} rows of a label and a time that another row has, so nothing was imported`,
    { hint: "Choose another column with --label or --when." },
  );
}

async function repeatedRows(tables: Tables, keys: readonly string[]): Promise<number> {
  const [row = {}] = await tables.query(
    `SELECT count(*) - count(DISTINCT (${keys.join(", ")})) AS repeated FROM own_labelled`,
  );
  return Number(row["repeated"]);
}

/** Names of the series in the order of the file; none when a row has none, or when they hardly come twice. */
async function seriesOf(tables: Tables, series: string): Promise<string[]> {
  const found = await tables.query(`SELECT ${series} AS series, count(*) AS rows FROM own_labelled
    GROUP BY ALL ORDER BY min(position) LIMIT ${MOST_SERIES + 1}`);
  const names = found.map((row) => String(row["series"] ?? ""));
  const rows = found.reduce((sum, row) => sum + Number(row["rows"]), 0);
  return names.includes("") || names.length > MOST_SERIES || rows < names.length * LEAST_ROWS ? [] : names;
}

interface Long {
  readonly guess: Guess;
  readonly keys: readonly string[];
  /** Column that tells which measurement a row has. */
  readonly column: string;
  readonly names: readonly string[];
  readonly numbers: readonly ValueColumn[];
}

async function makeWide(tables: Tables, { guess, keys, column, names, numbers }: Long): Promise<Wide> {
  const texts = guess.values.filter((value) => !value.number && value.column !== column);
  const others = [guess.label, guess.name, guess.time?.column, ...placeColumns(guess.place)];
  const kept = [...new Set([...others, ...texts.map((value) => value.column)])].filter(
    (name) => name !== undefined,
  );
  const pairs = names.flatMap((name) => numbers.map((value) => ({ name, value })));
  const wanted = pairs.map(({ name, value }) => (numbers.length === 1 ? name : `${name}: ${value.column}`));
  const columns = columnNames(["own_label", "position", "geom", ...kept, ...wanted]).slice(3 + kept.length);
  const selects = [
    "own_label",
    "min(position) AS position",
    ...(guess.place?.type === "shape" ? ["any_value(geom) AS geom"] : []),
    ...kept.map((name) => `any_value(${quoteIdentifier(name)}) AS ${quoteIdentifier(name)}`),
    ...pairs.map(
      ({ name, value }, index) =>
        `max(${quoteIdentifier(value.column)}) FILTER (WHERE trim(${quoteIdentifier(column)}) = ${quoteLiteral(name)}) AS ${quoteIdentifier(columns[index] ?? name)}`,
    ),
  ];
  await tables.create(
    "own_wide",
    `SELECT ${selects.join(", ")} FROM own_labelled GROUP BY ${keys.join(", ")} ORDER BY position`,
  );
  await tables.view("own_labelled", "SELECT * FROM own_wide");
  const [row = {}] = await tables.query("SELECT count(*) AS rows FROM own_wide");
  const values = pairs.map(({ value }, index) => ({ ...value, column: columns[index] ?? "" }));
  return {
    guess: { ...guess, values: [...texts, ...values] },
    rows: Number(row["rows"]),
    series: { column, names },
  };
}
