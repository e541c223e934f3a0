import { format } from "d3-format";

/** A number as people read it, by a d3-format specifier. What is not finite is a dash. */
export function formatNumber(value: number, specifier: string): string {
  if (!Number.isFinite(value)) return "–";
  try {
    return format(specifier)(value);
  } catch {
    // A specification may come from a file; a format that d3 refuses must not keep its numbers from being read.
    return String(value);
  }
}

/** The format of columns with whole numbers only. */
export const WHOLE_FORMAT = ",d";

/** A format in which a column of numbers is told apart: as few digits as the spread of the values allows. */
export function chooseFormat(values: ArrayLike<number>): string {
  let least = Infinity;
  let most = -Infinity;
  let whole = true;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    if (!Number.isFinite(value)) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
    whole &&= Number.isInteger(value);
  }
  // Digits beyond those that a number holds would be noise, and a line of three hundred of them unreadable.
  if (Math.max(-least, most) >= 1e15) return ".4~g";
  if (whole || most < least) return WHOLE_FORMAT;
  const spread = most - least || Math.abs(most) || 1;
  const decimals = Math.min(12, Math.max(0, 2 - Math.floor(Math.log10(spread))));
  return decimals > 6 ? ".4~g" : `,.${decimals}f`;
}

/** A number with its unit. */
export function withUnit(text: string, unit: string): string {
  return unit === "" ? text : `${text} ${unit}`;
}

/** The range of a class: `1.0 – 2.5`. */
export function formatRange(from: number, to: number, specifier: string): string {
  const [first, last] = [formatNumber(from, specifier), formatNumber(to, specifier)];
  return first === last ? first : `${first} – ${last}`;
}
