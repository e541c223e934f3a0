import { formatNumber, formatRange, shortNumber, WHOLE_FORMAT, YEAR_FORMAT } from "../format.ts";

/** Signs for which a legend has room in one line, between a swatch and its count. */
export const LEGEND_ROOM = 15;

/** How the limits of classes are to be written. */
export interface ClassTextOptions {
  /** Of the column. */
  readonly format: string;
  /** Whether the limits are round, or were chosen by a person: none of their digits is left out then. */
  readonly isExact: boolean;
  /** Signs for which there is room; with more the texts are made shorter, as long as they tell the limits apart. */
  readonly room: number;
}

/** The ranges of classes between limits. */
export function classTexts(limits: readonly number[], options: ClassTextOptions): string[] {
  const full = rangesOf(limits, (from, to, isLast) => fullText(from, to, isLast, options.format));
  if (full.every(({ length }) => length <= options.room)) return full;
  const shorter = shorterWays(options.format)
    .filter(({ write, round }) => {
      const isExact = limits.every((limit) => round(limit) === limit);
      return options.isExact ? isExact : isDistinct(limits, write);
    })
    .map(({ write }) => rangesOf(limits, (from, to) => rangeText(write(from), write(to))));
  return shorter.find((texts) => texts.every(({ length }) => length <= options.room)) ?? full;
}

function rangesOf(
  limits: readonly number[],
  write: (from: number, to: number, isLast: boolean) => string,
): string[] {
  const classes = Math.max(0, limits.length - 1);
  return Array.from({ length: classes }, (_, group) =>
    write(limits[group] ?? 0, limits[group + 1] ?? 0, group === classes - 1),
  );
}

/** The range of a class. Of whole numbers it ends with the last that is in the class, which the upper limit is not. */
function fullText(from: number, to: number, isLast: boolean, format: string): string {
  if (format !== WHOLE_FORMAT && format !== YEAR_FORMAT) return formatRange(from, to, format);
  const [first, last] = [Math.ceil(from), isLast ? Math.floor(to) : Math.ceil(to) - 1];
  return last < first ? formatRange(from, to, format) : formatRange(first, last, format);
}

const rangeText = (first: string, last: string) => (first === last ? first : `${first} – ${last}`);

/** A shorter way to write numbers, and what is left of them. */
interface Way {
  write(value: number): string;
  round(value: number): number;
}

/** The best first: with fewer decimals, else in thousands or millions with a few digits. */
function shorterWays(format: string): Way[] {
  const decimals = Number(/^,\.(\d+)~?f$/.exec(format)?.[1] ?? 0);
  const cut = Array.from({ length: decimals }, (_, index) => decimals - 1 - index).map((left) => ({
    write: (value: number) => formatNumber(value, `,.${left}f`),
    round: (value: number) => Number(value.toFixed(left)),
  }));
  const short = [3, 4, 2].map((digits) => ({
    write: (value: number) => shortNumber(value, digits),
    round: (value: number) => Number(value.toPrecision(digits)),
  }));
  return [...cut, ...short];
}

function isDistinct(limits: readonly number[], write: (value: number) => string): boolean {
  return new Set(limits.map(write)).size === new Set(limits).size;
}
