import { UserError } from "../errors.ts";

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** Each form in which publishers write a time, with how it is read; the whole text must match. */
const FORMS: readonly [RegExp, (...parts: readonly string[]) => string | undefined][] = [
  [/^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)$/, moment],
  [/^(\d{4})$/, endOfYear],
  [/^(\d{4}) - (\d\d)$/, endOfSecondYear],
  [/^(\d{4})\/(\d\d)$/, endOfSecondYear],
  [/^(\w{3})-(\d\d)$/, (month = "", year = "") => endOfMonth(shortMonth(month), `20${year}`)],
  [/^([A-Z][a-z]+)\s((?:19|20)\d\d)$/, (month = "", year = "") => endOfMonth(MONTHS.indexOf(month), year)],
  [
    /^(\w{3}) (\d{4})-(\w{3}) (\d{4})$/,
    (first = "", _start, second = "", year = "") =>
      shortMonth(first) < 0 ? undefined : endOfMonth(shortMonth(second), year),
  ],
];

/**
 * Reads a publisher's text for a time, such as `2014/15`, `Feb-16` or `Oct 2016-Sep 2017`, as a local date-time without a
 * zone (`2015-12-31T23:59:59`). A period is its last second. Throws a UserError when the text is none of the known forms.
 */
export function parseTimestamp(text: string): string {
  for (const [form, read] of FORMS) {
    const match = form.exec(text);
    const time = match ? read(...match.slice(1)) : undefined;
    if (time !== undefined) return time;
  }
  throw new UserError(`Unparsable timestamp: ${text}`, { where: text });
}

function moment(...parts: readonly string[]): string | undefined {
  const [year, month, day, hour, minute, second] = parts;
  const text = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const time = new Date(`${text}Z`);
  // A date such as 30 February would roll over into the next month.
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text) ? text : undefined;
}

function endOfYear(year = ""): string {
  return `${year}-12-31T23:59:59`;
}

/** `1999/00` ends in 2000: the second year is the next one with these last digits. */
function endOfSecondYear(first = "", second = ""): string {
  const century = Number(first.slice(0, 2)) + (second < first.slice(2) ? 1 : 0);
  return endOfYear(`${String(century).padStart(2, "0")}${second}`);
}

function endOfMonth(month: number, year: string): string | undefined {
  if (month < 0) return undefined;
  const day = new Date(Date.UTC(Number(year), month + 1, 0)).getUTCDate();
  return `${year}-${String(month + 1).padStart(2, "0")}-${day}T23:59:59`;
}

function shortMonth(text: string): number {
  return MONTHS.findIndex((month) => month.slice(0, 3) === text);
}
