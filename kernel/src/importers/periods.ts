import { countOf } from "../count-of.ts";
import { UserError } from "../errors.ts";
import { type Tables, valueTable } from "./tables.ts";
import { parseTimestamp } from "./timestamp.ts";

/**
 * Makes a table of figures with the `time` of each: the last second of its `period`. Where periods of an `attribute` end together for an area of
 * some `code`, such as `2016` and `2014 - 16`, the kind of the rarer is added to the attribute, else their figures would take each other's place.
 */
export async function timeFigures(tables: Tables, figures: string, timed: string): Promise<void> {
  const periods = await tables.query(
    `SELECT DISTINCT period FROM ${figures} WHERE period IS NOT NULL ORDER BY period`,
  );
  const times = valueTable(
    "times",
    ["text", "end_text", "kind"],
    timesOf(
      tables,
      periods.map((row) => String(row["period"])),
    ),
  );
  await tables.create(
    `${timed}_each`,
    `SELECT figure.*, end_text AS time, kind FROM ${figures} figure LEFT JOIN ${times} ON text = period`,
  );
  await tables.create(
    timed,
    `WITH given AS (FROM ${timed}_each WHERE value IS NOT NULL AND time IS NOT NULL),
      met AS (SELECT DISTINCT attribute FROM given GROUP BY attribute, code, time HAVING count(DISTINCT kind) > 1),
      usual AS (SELECT attribute, kind FROM given GROUP BY attribute, kind QUALIFY row_number() OVER (PARTITION BY attribute ORDER BY count(*) DESC, kind) = 1)
      SELECT figure.* REPLACE (CASE WHEN met.attribute IS NULL OR figure.kind IS NULL OR figure.kind = usual.kind THEN figure.attribute
        ELSE figure.attribute || ' (' || figure.kind || ')' END AS attribute)
      FROM ${timed}_each figure LEFT JOIN met USING (attribute) LEFT JOIN usual USING (attribute)`,
  );
}

/** Each period with the text of its end, which the usual reader understands, and what kind of period it is. */
function timesOf(tables: Tables, periods: readonly string[]): [string, string, string][] {
  const times: [string, string, string][] = [];
  const unread: string[] = [];
  for (const period of periods) {
    const time = endOf(period);
    if (time === undefined) unread.push(period);
    else times.push([period, time, kindOf(period, time)]);
  }
  if (unread.length > 0)
    tables.warn(
      `Figures of ${countOf(unread.length, "period")} were left out, such as "${unread[0]}": the period cannot be read.`,
    );
  return times.length > 0 ? times : [["", "", ""]];
}

/** What sets a period apart from others that end with it: how many years it has, and whether they begin in the middle of a calendar year. */
function kindOf(period: string, end: string): string {
  if (/Q[1-4]/.test(period)) return "quarter";
  if (/[A-Za-z]{3}/.test(period)) return "months";
  const isSplit = period.includes("/");
  const years = Number(end.slice(0, 4)) - Number(/\d{4}/.exec(period)?.[0]) + (isSplit ? 0 : 1);
  return countOf(years, isSplit ? "year" : "calendar year");
}

/** Last second of a period, such as `2009/10 - 11/12`, `Mar 2011 - Feb 2012` or `2012/13 Q1`; the usual forms are read as everywhere. */
function endOf(period: string): string | undefined {
  const [start = "", ...others] = period.replaceAll("\u2013", "-").split(/ ?- ?| to /);
  const last = others.at(-1) ?? start;
  const text = /^\d\d(\/\d\d)?$/.test(last) ? inCenturyOf(start, last) : last;
  try {
    return parseTimestamp(lastMonthOf(text) ?? text);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** The end of a period may leave out its century, which is that of the start or the next: `11/12` after `2009/10` is `2011/12`. */
function inCenturyOf(start: string, end: string): string {
  const first = Number(/\d{4}/.exec(start)?.[0]);
  const last = first + ((100 + Number(end.slice(0, 2)) - (first % 100)) % 100);
  return last - first < 50 ? `${last}${end.slice(2)}` : end;
}

const QUARTER_ENDS = ["Mar", "Jun", "Sep", "Dec"];

/** `Mar-14` for `Mar 2014`, `2014 Q1` and `2013/14 Q4`, whose first quarter begins in April. */
function lastMonthOf(text: string): string | undefined {
  const month = /^([A-Z][a-z]{2})[a-z]* \d\d(\d\d)$/.exec(text);
  if (month) return `${month[1]}-${month[2]}`;
  const [, year, second, quarter] = /^\d\d(\d\d)(?:\/(\d\d))? Q([1-4])$/.exec(text) ?? [];
  if (quarter === undefined) return undefined;
  if (second === undefined) return `${QUARTER_ENDS[Number(quarter) - 1]}-${year}`;
  return quarter === "4" ? `Mar-${second}` : `${QUARTER_ENDS[Number(quarter)]}-${year}`;
}
