import type { Engine } from "../../engine/engine.ts";
import { quoteIdentifier, quoteLiteral } from "../../engine/quote.ts";
import { AREA_KINDS, type AreaKind } from "../areas/area.ts";
import { isSameName } from "./columns.ts";
import { DATE_TESTS, isTimeHeading, NUMBER_LIKE_FORMATS } from "./date-format.ts";
import { HEX_SHAPE } from "./hex-shapes.ts";
import { NUMBER_TESTS, type NumberTest, numberSql, plainNumberSql, presentSql } from "./number-format.ts";

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
  /** Rows with a shape in hexadecimal digits. */
  readonly hex: number;
  /** Rows with both coordinates of a place. */
  readonly pairs: number;
  /** Smallest and largest of the first and of the second coordinate. */
  readonly pairRanges: readonly (readonly [number, number])[];
  /** Smallest and largest number, by the sign before the decimals. */
  readonly ranges: Readonly<Partial<Record<"." | ",", readonly [number, number]>>>;
  /** Some of its texts. */
  readonly sample: readonly string[];
  /** Whether each row has a number as computers write it, without blanks, so that its texts are used as they are. */
  readonly isBare: boolean;
}

/** Rows that are looked at closely, to see which tests are worth making on all. */
const CLOSE_ROWS = 2000;
/** A test that fewer of these rows pass is not made on all. */
const LEAST_PASSED = 0.3;
const SAMPLE_ROWS = 200;

const AREA_SHAPE = "(?i)[EWSN][0-9]{8}";
const matches = (pattern: string) => `regexp_full_match(value, ${quoteLiteral(pattern)})`;

const DECIMALS = "-?[0-9]{1,3}\\.[0-9]+";
const DEGREES = `${DECIMALS} *[,;] *-?[0-9]{1,3}(\\.[0-9]+)?|-?[0-9]{1,3} *[,;] *${DECIMALS}`;
const METRES = "[0-9]{4,7}(\\.[0-9]+)? *[,;] *[0-9]{4,7}(\\.[0-9]+)?";

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
  hex: matches(HEX_SHAPE),
  pairs: matches(`[(\\[]? *(${DEGREES}|${METRES}) *[)\\]]?`),
};

/** SQL of the first or the second of both coordinates in a text. */
export const coordinateSql = (text: string, index: 0 | 1) =>
  `TRY_CAST(regexp_extract(${text}, '(-?[0-9.]+) *[,;] *(-?[0-9.]+)', ${index + 1}) AS DOUBLE)`;

/** How a file's texts are looked at. */
export interface ProfileOptions {
  /** Marks for missing values, in lower case. */
  readonly marks: readonly string[];
  readonly decimal?: "." | "," | undefined;
  /** Column in which times are expected, whatever its heading. */
  readonly when?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Looks at the texts of the given columns of a table. What none of the first rows is like is not looked for in the others, so
 * that a long file costs little more than reading it.
 */
export async function profileColumns(
  engine: Engine,
  table: string,
  columns: readonly string[],
  options: ProfileOptions,
): Promise<ColumnProfile[]> {
  const first = `(SELECT * FROM ${table} LIMIT ${CLOSE_ROWS})`;
  const numeric = await numericAtFirst(engine, first, columns, options);
  const looks: CloseLook[] = [];
  for (const name of columns) {
    const sample = await sampleOf(engine, first, name, options);
    const worth = numeric.has(name) ? ONLY_PLAIN : await worthwhile(engine, first, name, options);
    looks.push({ name, worth, sample });
  }
  const plain = await plainNumbers(engine, table, looks, options);
  const profiles: ColumnProfile[] = [];
  for (const look of looks)
    profiles.push(await profileColumn(engine, table, look, plain.get(look.name), options));
  return profiles;
}

type Counts = Readonly<Record<string, number>>;

/** What the first rows tell of a column. */
interface CloseLook {
  readonly name: string;
  /** The tests that are worth making on all its texts. */
  readonly worth: readonly string[];
  /** Some of its texts. */
  readonly sample: readonly string[];
}

/** What is worth testing where the first rows have nothing but numbers as computers write them: those are nothing else. */
const ONLY_PLAIN: readonly string[] = ["plain", "point"];

/** Columns that need no closer look. */
async function numericAtFirst(
  engine: Engine,
  first: string,
  columns: readonly string[],
  options: ProfileOptions,
): Promise<ReadonlySet<string>> {
  const { decimal, when, signal } = options;
  const candidates = columns.filter((name) => !mayBeTime(name, when));
  if (candidates.length === 0 || decimal === ",") return new Set();
  const tests = candidates.map(
    (name, index) => `bool_and(${plainSql(name, options)} IS NOT NULL) AS n${index}`,
  );
  const result = await engine.query(`SELECT ${tests.join(", ")} FROM ${first}`, { signal });
  return new Set(candidates.filter((_, index) => result.getChild(`n${index}`)?.get(0) === true));
}

const mayBeTime = (name: string, when: string | undefined) =>
  isTimeHeading(name) || isSameName(name, when ?? "");

/** The tests that enough of the first rows pass. */
async function worthwhile(
  engine: Engine,
  first: string,
  name: string,
  options: ProfileOptions,
): Promise<readonly string[]> {
  const isTime = mayBeTime(name, options.when);
  const tests = Object.keys(TESTS).filter((test) => isTime || !NUMBER_LIKE_FORMATS.includes(test));
  const close = await count(engine, first, name, tests, options);
  const passed = tests.filter(
    (test) => (close[test] ?? 0) >= Math.max(1, (close["filled"] ?? 0) * LEAST_PASSED),
  );
  const isPoint = close["point"] === close["filled"] && options.decimal !== ",";
  return passed.filter((test) => !(isPoint && test === "comma"));
}

/** Texts of a column that are numbers as computers write them. */
interface PlainNumbers {
  readonly rows: number;
  readonly least: number;
  readonly most: number;
  /** Whether there is nothing else. */
  readonly isAll: boolean;
}

/** The number that a text of a column is as it stands; null where it is none, stands for a missing one, or has a blank beside it. */
const plainSql = (column: string, { marks }: ProfileOptions) => {
  const text = quoteIdentifier(column);
  const numbers = marks.filter((mark) => /\d/.test(mark)).map(quoteLiteral);
  const isMark = numbers.length > 0 ? ` AND ${text} NOT IN (${numbers.join(", ")})` : "";
  return `CASE WHEN ${text} >= '!' AND NOT suffix(${text}, ' ')${isMark} THEN ${plainNumberSql(text)} END`;
};

/** Columns of which nothing but numbers is expected are counted in one pass, without patterns; what is none is looked at afterwards. */
async function plainNumbers(
  engine: Engine,
  table: string,
  looks: readonly CloseLook[],
  options: ProfileOptions,
): Promise<ReadonlyMap<string, PlainNumbers>> {
  const numeric = looks.filter(
    ({ worth }) => worth.includes("plain") && worth.every((test) => test === "plain" || test === "point"),
  );
  if (numeric.length === 0) return new Map();
  const numbers = numeric.map(({ name }, index) => `${plainSql(name, options)} AS n${index}`);
  const measures = numeric.map(
    (_, index) =>
      `count(n${index}) AS rows${index}, min(n${index}) AS least${index}, max(n${index}) AS most${index}`,
  );
  const result = await engine.query(
    `SELECT count(*) AS total, ${measures.join(", ")} FROM (SELECT ${numbers.join(", ")} FROM ${table})`,
    { signal: options.signal },
  );
  const of = (name: string) => Number(result.getChild(name)?.get(0));
  return new Map(
    numeric.map(({ name }, index) => [
      name,
      {
        rows: of(`rows${index}`),
        least: of(`least${index}`),
        most: of(`most${index}`),
        isAll: of(`rows${index}`) === of("total"),
      },
    ]),
  );
}

async function profileColumn(
  engine: Engine,
  table: string,
  { name, worth, sample }: CloseLook,
  plain: PlainNumbers | undefined,
  options: ProfileOptions,
): Promise<ColumnProfile> {
  const others = plain ? `(SELECT * FROM ${table} WHERE ${plainSql(name, options)} IS NULL)` : table;
  const counted = plain?.isAll ? {} : await count(engine, others, name, worth, options);
  const counts: Counts = plain ? withPlain(counted, plain) : counted;
  const described = plain?.isAll ? ONLY_NUMBERS : await describe(engine, others, name, worth, options);
  const ranges = plain ? joinRanges(described.ranges, plain) : described.ranges;
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
    hex: counts["hex"] ?? 0,
    pairs: counts["pairs"] ?? 0,
    ...described,
    ranges,
    sample,
    isBare: plain?.isAll === true,
  };
}

function withPlain(counts: Counts, { rows }: PlainNumbers): Counts {
  const sum = Object.fromEntries(
    ["filled", "plain", "point"].map((name) => [name, (counts[name] ?? 0) + rows]),
  );
  return { ...counts, ...sum };
}

function joinRanges(ranges: ColumnProfile["ranges"], { least, most }: PlainNumbers): ColumnProfile["ranges"] {
  const [low, high] = ranges["."] ?? [least, most];
  return { ...ranges, ".": [Math.min(low, least), Math.max(high, most)] };
}

/** Some texts of a column. */
async function sampleOf(
  engine: Engine,
  rows: string,
  column: string,
  { marks, signal }: ProfileOptions,
): Promise<string[]> {
  const result = await engine.query(
    `SELECT value FROM (SELECT ${presentSql(column, marks)} AS value FROM ${rows}) WHERE value IS NOT NULL LIMIT ${SAMPLE_ROWS}`,
    { signal },
  );
  return Array.from({ length: result.numRows }, (_, row) => String(result.getChildAt(0)?.get(row)));
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

type Description = Pick<ColumnProfile, "marks" | "distinct" | "last" | "ranges" | "pairRanges">;

const ONLY_NUMBERS: Description = { marks: {}, distinct: 0, last: "", ranges: {}, pairRanges: [] };

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
  const pairs = worth.includes("pairs")
    ? ([0, 1] as const).map((index) => coordinateSql("value", index)).map((x) => `[min(${x}), max(${x})]`)
    : [];
  const sql = `WITH present AS (SELECT ${presentSql(column, marks)} AS value, trim(${quoteIdentifier(column)}) AS raw FROM ${table})
    SELECT to_json({
      rows: count(*),
      'distinct': ${isCode ? "count(DISTINCT value)" : "0"},
      last: ${isCode ? `coalesce(max(upper(value)) FILTER (WHERE ${matches(AREA_SHAPE)}), '')` : "''"},
      pairs: [${pairs.join(", ")}],
      ranges: {none: 0${bounds.map((bound) => `, ${bound}`).join("")}},
      marks: (SELECT list({mark: raw, rows: n} ORDER BY raw) FROM (SELECT raw, count(*) AS n FROM present WHERE value IS NULL AND raw <> '' GROUP BY raw))
    })::VARCHAR FROM present`;
  const result = await engine.query(sql, { signal });
  const found = JSON.parse(String(result.getChildAt(0)?.get(0)));
  const marked: readonly { mark: string; rows: number }[] = found.marks ?? [];
  const ranges: [string, readonly [number | null, number | null]][] = Object.entries(found.ranges);
  return {
    distinct: found.distinct,
    pairRanges: found.pairs,
    last: found.last,
    marks: Object.fromEntries(marked.map(({ mark, rows }) => [mark, rows])),
    ranges: Object.fromEntries(
      ranges.filter(([sign, range]) => sign !== "none" && range[0] !== null && range[1] !== null),
    ),
  };
}
