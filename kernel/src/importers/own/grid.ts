import { distinctNames } from "../distinct-names.ts";
import { MISSING_MARKS } from "./number-format.ts";

/** First rows of a file: the texts of their fields. */
export type FirstRows = readonly (readonly (string | null)[])[];

const NUMBER = /^[-+£$€]?[\d.,\s]+%?$/;

/**
 * The row with the headings, counted from 0: publishers put titles and notes above their tables. It is the first row that is about as wide as
 * the rows below it and whose fields are different texts that are no numbers. Undefined when there is none.
 */
export function findHeader(rows: FirstRows): number | undefined {
  const widths = rows.map((row) => row.filter(isFilled).length);
  const usual = median(widths.slice(Math.floor(widths.length / 3)));
  for (const [index, row] of rows.entries()) {
    const filled = row.filter(isFilled);
    if (filled.length < Math.max(1, usual * 0.6)) continue;
    const texts = filled.map((text) => text.trim());
    const years = texts.filter((text) => /^(19|20)\d\d$/.test(text)).length;
    const numbers = texts.filter((text) => NUMBER.test(text)).length - years;
    if (numbers === 0 && years < texts.length && areDifferent(joinedHeadings(rows, index)))
      return isAboveHeadings(rows, index) ? index + 1 : index;
    // Data have begun: what follows is no heading.
    if (numbers > 0) return undefined;
  }
  return undefined;
}

/**
 * The headings of a row, each behind that of the group above it, where the row above names groups: `2021` over `Males` and `Females` gives
 * `2021 Males` and `2021 Females`. A group reaches to the next one, as merged cells do.
 */
export function joinedHeadings(rows: FirstRows, header: number): readonly (string | null)[] {
  const row = rows[header] ?? [];
  const above = rows[header - 1];
  if (!above || !isGroups(above, row)) return row;
  let group: string | null = null;
  return row.map((text, index) => {
    if (isFilled(above[index] ?? null)) group = above[index]?.trim() ?? null;
    if (!isFilled(text)) return isFilled(above[index] ?? null) ? group : null;
    return group === null || group === text.trim() ? text : `${group} ${text.trim()}`;
  });
}

/** Whether a row names groups of the columns that the next row names: several, fewer than those, or some twice. */
function isGroups(above: readonly (string | null)[], row: readonly (string | null)[]): boolean {
  const groups = above.filter(isFilled).map((text) => text.trim());
  const isText = groups.every((text) => !NUMBER.test(text) || /^(19|20)\d\d$/.test(text));
  return (
    groups.length > 1 &&
    isText &&
    (groups.length < row.filter(isFilled).length || new Set(groups).size < groups.length)
  );
}

/** Whether a row with gaps names groups of the headings in the next one, below which numbers begin. */
function isAboveHeadings(rows: FirstRows, index: number): boolean {
  const [row = [], next = [], first = []] = rows.slice(index, index + 3);
  const from = row.findIndex(isFilled);
  const hasGaps = next.some(
    (text, column) => column > from && isFilled(text) && !isFilled(row[column] ?? null),
  );
  const isNumber = (text: string) => NUMBER.test(text.trim());
  return (
    hasGaps &&
    isGroups(row, next) &&
    !next.filter(isFilled).some(isNumber) &&
    first.filter(isFilled).some(isNumber) &&
    areDifferent(joinedHeadings(rows, index + 1))
  );
}

function areDifferent(headings: readonly (string | null)[]): boolean {
  const texts = headings.filter(isFilled).map((text) => text.trim());
  return new Set(texts).size === texts.length;
}

/** Longest text that can be a unit, such as `persons per ha`. */
const LONGEST_UNIT = 16;

/**
 * The units that stand in a row of their own between the headings and the numbers, by column: not every column has one, and below each are
 * numbers. Undefined where the row below the headings is one of data.
 */
export function unitsBelow(rows: FirstRows, header: number): readonly (string | null)[] | undefined {
  const [units = [], ...data] = rows.slice(header + 1, header + 5);
  const given = units.flatMap((text, column) => (isFilled(text) ? [{ text: text.trim(), column }] : []));
  const isUnit = (text: string) =>
    text.length <= LONGEST_UNIT && !/\d{2}/.test(text) && !MISSING_MARKS.includes(text.toLowerCase());
  const hasNumbers = (column: number) =>
    data.some((row) => isFilled(row[column] ?? null)) &&
    data.every((row) => !isFilled(row[column] ?? null) || NUMBER.test(row[column]?.trim() ?? ""));
  const isRow =
    given.length > 0 &&
    given.length < (rows[header] ?? []).filter(isFilled).length &&
    given.every(({ text, column }) => isUnit(text) && hasNumbers(column)) &&
    data.length > 0;
  return isRow ? units : undefined;
}

/** A heading with its unit in brackets. */
export function withUnit(heading: string | null, unit: string | null): string | null {
  if (!isFilled(heading) || !isFilled(unit)) return heading;
  return `${heading.trim()} (${unit.trim().replace(/^\((.*)\)$/, "$1")})`;
}

/** Headings made whole: trimmed, line breaks gone, empty ones numbered, and each once. */
export function columnNames(headings: readonly (string | null)[]): string[] {
  const names = headings.map(
    (heading, index) => (heading ?? "").replace(/\s+/g, " ").trim() || `column ${index + 1}`,
  );
  return distinctNames(names, (name) => name.toLowerCase());
}

/** The sign between the fields of a text: the one that parts most lines into the same number of fields. */
export function findDelimiter(text: string): string {
  const lines = text
    .split(/\r\n?|\n/)
    .filter((line) => line.trim() !== "")
    .slice(0, 50);
  const scored = [",", ";", "\t", "|"].map((sign) => {
    const counts = lines.map((line) => unquoted(line).split(sign).length - 1);
    const usual = median(counts);
    return { sign, score: usual === 0 ? 0 : counts.filter((count) => count === usual).length * 100 + usual };
  });
  return scored.reduce((best, each) => (each.score > best.score ? each : best)).sign;
}

const unquoted = (line: string) => line.replace(/"[^"]*"/g, "");

const isFilled = (text: string | null): text is string => text !== null && text.trim() !== "";

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((first, second) => first - second);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
