import { quoteLiteral } from "../../engine/quote.ts";

/** How the times of a column are written. */
export interface DateFormat {
  /** In words, such as `day/month/year`. */
  readonly name: string;
  /** RE2 pattern of a text in this format. */
  readonly pattern: string;
  /** SQL of the timestamp that a text stands for; periods end with their last second. */
  readonly sql: (text: string) => string;
}

const YEAR = "(1[89]|20|21)[0-9]{2}";
const ANY_YEAR = `(${YEAR}|[0-9]{2})`;
const DAY = "(0?[1-9]|[12][0-9]|3[01])";
const MONTH = "(0?[1-9]|1[0-2])";
const TIME = "([T ][0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?";
const NAMES = "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*";

/** The last second of a period that begins on a date. */
const end = (start: string, length: string) => `${start} + INTERVAL ${length} - INTERVAL 1 SECOND`;
const parsed = (text: string, formats: readonly string[]) =>
  `try_strptime(${text}, [${formats.map(quoteLiteral).join(", ")}])`;
const withTimes = (date: string) => [
  date,
  ...["%H:%M", "%H:%M:%S"].flatMap((time) => [`${date} ${time}`, `${date}T${time}`]),
];

// Two digits are tried first: where four are expected, two would be a year of antiquity.
const withYears = (date: string) => ["%y", "%Y"].flatMap((year) => withTimes(date + year));

/** Formats in the order in which they are tried: what reads both ways is read as day before month. */
export const DATE_FORMATS: readonly DateFormat[] = [
  {
    name: "year",
    pattern: YEAR,
    sql: (text) => end(`make_date(TRY_CAST(${text} AS INTEGER), 1, 1)`, "1 YEAR"),
  },
  {
    name: "year-month-day",
    pattern: `${YEAR}-${MONTH}-${DAY}${TIME}`,
    // The store's times have no zone: what the file says about one is left out.
    sql: (text) => `TRY_CAST(regexp_replace(${text}, '(Z|[+-][0-9]{2}:?[0-9]{2})$', '') AS TIMESTAMP)`,
  },
  {
    name: "day/month/year",
    pattern: `${DAY}[/.-]${MONTH}[/.-]${ANY_YEAR}${TIME}`,
    sql: (text) =>
      parsed(
        text,
        ["/", ".", "-"].flatMap((sign) => withYears(`%d${sign}%m${sign}`)),
      ),
  },
  {
    name: "month/day/year",
    pattern: `${MONTH}[/.-]${DAY}[/.-]${ANY_YEAR}${TIME}`,
    sql: (text) =>
      parsed(
        text,
        ["/", ".", "-"].flatMap((sign) => withYears(`%m${sign}%d${sign}`)),
      ),
  },
  {
    name: "year-month",
    pattern: `${YEAR}[-/]${MONTH}`,
    sql: (text) => end(parsed(`replace(${text}, '/', '-') || '-01'`, ["%Y-%m-%d"]), "1 MONTH"),
  },
  {
    name: "month and year",
    pattern: `(?i)${NAMES}[ -]+(${YEAR}|[0-9]{2})`,
    sql: (text) =>
      end(
        parsed(`'01 ' || regexp_replace(${text}, '^([A-Za-z]{3})[A-Za-z]*[ -]+', '\\1 ')`, [
          "%d %b %y",
          "%d %b %Y",
        ]),
        "1 MONTH",
      ),
  },
  {
    name: "day, month and year",
    pattern: `(?i)${DAY}[ -]+${NAMES}[ -]+${ANY_YEAR}`,
    sql: (text) =>
      parsed(`regexp_replace(${text}, '^([0-9]+)[ -]+([A-Za-z]{3})[A-Za-z]*[ -]+', '\\1 \\2 ')`, [
        "%d %b %y",
        "%d %b %Y",
      ]),
  },
  {
    name: "quarter of a year",
    pattern: `(?i)(${YEAR}[ -]?Q[1-4]|Q[1-4][ -]?${YEAR})`,
    sql: (text) => {
      const part = (pattern: string) =>
        `TRY_CAST(regexp_extract(${text}, ${quoteLiteral(pattern)}, 1) AS INTEGER)`;
      return end(
        `make_date(${part(`(${YEAR.replace("(", "(?:")})`)}, ${part("[Qq]([1-4])")} * 3 - 2, 1)`,
        "3 MONTH",
      );
    },
  },
  {
    name: "year to year",
    pattern: `${YEAR}[/-][0-9]{2}`,
    sql: (text) => end(`make_date(TRY_CAST(left(${text}, 4) AS INTEGER) + 1, 1, 1)`, "1 YEAR"),
  },
  {
    name: "yearmonthday",
    pattern: `${YEAR}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])`,
    sql: (text) => parsed(text, ["%Y%m%d"]),
  },
  {
    name: "spreadsheet days",
    // From October 1954 to February 2064.
    pattern: "[2-5][0-9]{4}(\\.[0-9]+)?",
    sql: (text) => `TIMESTAMP '1899-12-30' + to_seconds(round(TRY_CAST(${text} AS DOUBLE) * 86400))`,
  },
];

/** Formats of texts that may as well be plain numbers, so that they are only looked for where times are expected. */
export const NUMBER_LIKE_FORMATS: readonly string[] = ["yearmonthday", "spreadsheet days"];

/** Whether a heading is that of times. */
export function isTimeHeading(name: string): boolean {
  return /\b(year|date|period|time|month|quarter|day|timestamp|datetime)\b/i.test(name.replace(/[_-]/g, " "));
}

/** Conditions on a text `value`, by the names of the formats. */
export const DATE_TESTS: Readonly<Record<string, string>> = Object.fromEntries(
  DATE_FORMATS.map(({ name, pattern }) => [name, `regexp_full_match(value, ${quoteLiteral(pattern)})`]),
);

/** The format in which all the values of a column are times; undefined when there is none. */
export function dateFormatOf(
  counts: Readonly<Record<string, number>>,
  filled: number,
  wanted?: string,
): DateFormat | undefined {
  if (filled === 0) return undefined;
  return DATE_FORMATS.find(
    ({ name }) => counts[name] === filled && (wanted === undefined || name === wanted),
  );
}
