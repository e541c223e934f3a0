import type { Engine } from "../../engine/engine.ts";
import { quoteIdentifier, quoteLiteral } from "../../engine/quote.ts";
import { AREA_KINDS, type AreaKind } from "../areas/area.ts";
import { DATE_TESTS } from "./date-format.ts";
import { NUMBER_TESTS, type NumberTest, numberSql, presentSql } from "./number-format.ts";

/** What the texts of one column look like. */
export interface ColumnProfile {
  readonly name: string;
  /** Rows that are neither empty nor marked as missing. */
  readonly filled: number;
  /** Rows marked as missing or suppressed, by mark. */
  readonly marks: Readonly<Record<string, number>>;
  /** Different codes of areas or postcodes; not counted for other texts. */
  readonly distinct: number;
  readonly numbers: Readonly<Record<NumberTest, number>>;
  /** Rows in each format of times, by its name. */
  readonly dates: Readonly<Record<string, number>>;
  /** Rows that have the shape of a code of each kind of area. */
  readonly areas: Readonly<Partial<Record<AreaKind, number>>>;
  /** The last code of an area in the alphabet, which tells codes of 2021 from those of 2011. */
  readonly last: string;
  readonly postcodes: number;
  readonly wkt: number;
  /** Smallest and largest number, by the sign before the decimals. */
  readonly ranges: Readonly<Partial<Record<"." | ",", readonly [number, number]>>>;
  /** Some of its texts. */
  readonly sample: readonly string[];
}

/** Rows that are looked at closely, to see which tests are worth making on all. */
const CLOSE_ROWS = 2000;
/** A test that fewer of these rows pass is not made on all. */
const LEAST_PASSED = 0.3;
const SAMPLE_ROWS = 200;

const AREA_SHAPE = "(?i)[EWSN][0-9]{8}";
const matches = (pattern: string) => `regexp_full_match(value, ${quoteLiteral(pattern)})`;

/** Conditions on a text `value`, by what they tell. */
const TESTS: Readonly<Record<string, string>> = {
  ...NUMBER_TESTS,
  ...DATE_TESTS,
  ...Object.fromEntries(
    AREA_KINDS.map(({ kind, prefixes }) => [kind, matches(`(?i)(${prefixes.join("|")})[0-9]{6}`)]),
  ),
  postcodes: matches("(?i)[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}"),
  wkt: matches(
    "(?is)(SRID=[0-9]+;)?(POINT|LINESTRING|POLYGON|MULTI[A-Z]+|GEOMETRYCOLLECTION) ?Z?M? ?\\(.*\\)",
  ),
};

/** How a file's texts are looked at. */
export interface ProfileOptions {
  /** Marks for missing values, in lower case. */
  readonly marks: readonly string[];
  readonly decimal?: "." | "," | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Looks at the texts of the given columns of a table, which has the column `position`. What none of the first rows is like is not looked for in the
 * others, so that a long file costs little more than reading it.
 */
export async function profileColumns(
  engine: Engine,
  table: string,
  columns: readonly string[],
  options: ProfileOptions,
): Promise<ColumnProfile[]> {
  const profiles: ColumnProfile[] = [];
  for (const name of columns) profiles.push(await profileColumn(engine, table, name, options));
  return profiles;
}

type Counts = Readonly<Record<string, number>>;

async function profileColumn(
  engine: Engine,
  table: string,
  name: string,
  options: ProfileOptions,
): Promise<ColumnProfile> {
  const first = `(SELECT * FROM ${table} WHERE position < ${CLOSE_ROWS})`;
  const close = await count(engine, first, name, Object.keys(TESTS), options);
  const passed = Object.keys(TESTS).filter(
    (test) => (close[test] ?? 0) >= Math.max(1, (close["filled"] ?? 0) * LEAST_PASSED),
  );
  const isPoint = close["point"] === close["filled"] && options.decimal !== ",";
  const worth = passed.filter((test) => !(isPoint && test === "comma"));
  const counts = await count(engine, table, name, worth, options);
  const rest = await describe(engine, table, name, worth, options);
  const of = (tests: readonly string[]) => Object.fromEntries(tests.map((test) => [test, counts[test] ?? 0]));
  const numbers: Record<NumberTest, number> = {
    plain: 0,
    point: 0,
    comma: 0,
    percent: 0,
    GBP: 0,
    EUR: 0,
    USD: 0,
  };
  return {
    name,
    filled: counts["filled"] ?? 0,
    numbers: { ...numbers, ...of(Object.keys(NUMBER_TESTS)) },
    dates: of(Object.keys(DATE_TESTS)),
    areas: of(AREA_KINDS.map(({ kind }) => kind)),
    postcodes: counts["postcodes"] ?? 0,
    wkt: counts["wkt"] ?? 0,
    ...rest,
  };
}

/** How many of a column's texts pass each of some tests. */
async function count(
  engine: Engine,
  table: string,
  column: string,
  tests: readonly string[],
  { marks, signal }: ProfileOptions,
): Promise<Counts> {
  const counted = tests.map((test) => `count(*) FILTER (WHERE ${TESTS[test]}) AS ${quoteIdentifier(test)}`);
  const sql = `SELECT ${["count(value) AS filled", ...counted].join(", ")} FROM (SELECT ${presentSql(column, marks)} AS value FROM ${table})`;
  const result = await engine.query(sql, { signal });
  return Object.fromEntries(
    ["filled", ...tests].map((test) => [test, Number(result.getChild(test)?.get(0) ?? 0)]),
  );
}

type Description = Pick<ColumnProfile, "marks" | "distinct" | "last" | "ranges" | "sample">;

/** What else the tests have made worth knowing. */
async function describe(
  engine: Engine,
  table: string,
  column: string,
  worth: readonly string[],
  { marks, signal }: ProfileOptions,
): Promise<Description> {
  const isCode = worth.includes("postcodes") || AREA_KINDS.some(({ kind }) => worth.includes(kind));
  const bounds = ([".", ","] as const).flatMap((decimal) => {
    const number = numberSql("value", { decimal });
    return worth.includes(decimal === "." ? "point" : "comma")
      ? [`'${decimal}': [min(${number}), max(${number})]`]
      : [];
  });
  const sql = `WITH present AS (SELECT position, ${presentSql(column, marks)} AS value, trim(${quoteIdentifier(column)}) AS raw FROM ${table})
    SELECT to_json({
      rows: count(*),
      'distinct': ${isCode ? "count(DISTINCT value)" : "0"},
      last: ${isCode ? `coalesce(max(upper(value)) FILTER (WHERE ${matches(AREA_SHAPE)}), '')` : "''"},
      ranges: {none: 0${bounds.map((bound) => `, ${bound}`).join("")}},
      marks: (SELECT list({mark: raw, rows: n} ORDER BY raw) FROM (SELECT raw, count(*) AS n FROM present WHERE value IS NULL AND raw <> '' GROUP BY raw)),
      sample: (SELECT list(value) FROM (SELECT value FROM present WHERE value IS NOT NULL AND position < ${CLOSE_ROWS} LIMIT ${SAMPLE_ROWS}))
    })::VARCHAR FROM present`;
  const result = await engine.query(sql, { signal });
  const found = JSON.parse(String(result.getChildAt(0)?.get(0)));
  const marked: readonly { mark: string; rows: number }[] = found.marks ?? [];
  const ranges: [string, readonly [number | null, number | null]][] = Object.entries(found.ranges);
  return {
    distinct: found.distinct,
    last: found.last,
    sample: found.sample ?? [],
    marks: Object.fromEntries(marked.map(({ mark, rows }) => [mark, rows])),
    ranges: Object.fromEntries(
      ranges.filter(([sign, range]) => sign !== "none" && range[0] !== null && range[1] !== null),
    ),
  };
}
