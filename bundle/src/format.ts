import { format } from "d3-format";

/** A number as people read it, by a d3-format specifier. What is none is a dash. */
export function formatNumber(value: number, specifier: string): string {
  if (Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  try {
    return format(specifier)(value);
  } catch {
    // A specification may come from a file; a format that d3 refuses must not keep its numbers from being read.
    return String(value);
  }
}

/** The format of columns with whole numbers only. */
export const WHOLE_FORMAT = ",d";

/** The format of years, which are numbers but no amounts. */
export const YEAR_FORMAT = "d";

/** Of so many values of a column the size of a typical one is found. */
const SAMPLE = 500;

/**
 * A format in which a column of numbers is told apart: as few digits as their spread and their usual size allow. What the
 * column's name calls years is written as years are.
 */
export function chooseFormat(values: ArrayLike<number>, name = ""): string {
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
  if (whole && least >= 1000 && most < 3000 && /year/i.test(name)) return YEAR_FORMAT;
  if (whole || most < least) return WHOLE_FORMAT;
  const spread = most - least || Math.abs(most) || 1;
  const needed = Math.max(
    decimalsOf(spread, 3),
    decimalsOf(usualSize(values) || spread, 2),
    spread < 1000 ? 1 : 0,
  );
  const decimals = Math.min(12, needed);
  return decimals > 6 ? ".4~g" : `,.${decimals}f`;
}

/** Decimals with which a number of a size has so many digits that count. */
function decimalsOf(size: number, digits: number): number {
  return digits - 1 - Math.floor(Math.log10(size));
}

/** The median of what the values are without their signs; few large ones must not round all others to nothing. */
function usualSize(values: ArrayLike<number>): number {
  const step = Math.max(1, Math.floor(values.length / SAMPLE));
  const sizes: number[] = [];
  for (let index = 0; index < values.length; index += step) {
    const size = Math.abs(values[index] ?? 0);
    if (size > 0 && size < Infinity) sizes.push(size);
  }
  return sizes.sort((a, b) => a - b)[sizes.length >> 1] ?? 0;
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

const THOUSANDS = [
  [1e12, "tn"],
  [1e9, "bn"],
  [1e6, "M"],
  [1e3, "k"],
  [1, ""],
] as const;

/** A number with so many digits that count, in thousands, millions or billions: `1.23M`. */
export function shortNumber(value: number, digits: number): string {
  const rounded = Number(value.toPrecision(digits));
  if (Math.abs(rounded) >= 1e15) return formatNumber(rounded, `.${digits}~g`);
  const [size, sign] = THOUSANDS.find(([least]) => Math.abs(rounded) >= least) ?? [1, ""];
  return `${formatNumber(rounded / size, `,.${digits}~r`)}${sign}`;
}
