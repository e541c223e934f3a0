import { ckmeans } from "simple-statistics";

/** Values in rising order, all finite, at least two of them different. */
export type Sorted = Float64Array;

/** Where classes are cut: limits between the classes, some perhaps equal or outside the values. */
type Cut = (sorted: Sorted, classes: number) => number[];

/** More values than these are represented by as many, evenly taken in their order: the limits hardly move, the time does. */
const MOST_FOR_NATURAL = 20_000;

/** Ways to cut numbers into classes. */
export const CLASS_CUTS = {
  quantile: (sorted, classes) => parts(classes).map((part) => quantile(sorted, part)),
  equal: (sorted, classes) =>
    parts(classes).map((part) => smallest(sorted) * (1 - part) + greatest(sorted) * part),
  natural: naturalBreaks,
  deviation: standardDeviations,
  pretty: prettyBreaks,
  logarithmic: logarithmicBreaks,
} as const satisfies Record<string, Cut>;

/** The quantile of sorted values, between the two nearest where it falls between (R's type 7, numpy's default). */
export function quantile(sorted: ArrayLike<number>, part: number): number {
  const position = (sorted.length - 1) * part;
  const below = Math.floor(position);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? low;
  return low + (high - low) * (position - below);
}

/** Classes whose values differ least from their means: optimal in one dimension (Wang and Song's ckmeans). */
function naturalBreaks(sorted: Sorted, classes: number): number[] {
  const sample = sorted.length > MOST_FOR_NATURAL ? evenly(sorted, MOST_FOR_NATURAL) : [...sorted];
  const distinct = new Set(sample).size;
  const clusters = ckmeans(sample, Math.min(classes, distinct));
  return clusters.slice(1).map((cluster) => cluster[0] ?? Number.NaN);
}

/** Classes one standard deviation wide, with the mean in the middle of one when their number is odd, else between two. */
function standardDeviations(sorted: Sorted, classes: number): number[] {
  const mean = sorted.reduce((sum, value) => sum + value / sorted.length, 0);
  const squares = sorted.reduce((sum, value) => sum + (value - mean) ** 2 / (sorted.length - 1), 0);
  const deviation = Math.sqrt(squares);
  return Array.from({ length: classes - 1 }, (_, index) => mean + (index + 1 - classes / 2) * deviation);
}

/** Limits at multiples of 1, 2 or 5 times a power of ten, for about so many classes and never more than nine. */
function prettyBreaks(sorted: Sorted, classes: number): number[] {
  const [first, last] = [smallest(sorted), greatest(sorted)];
  const step = prettyStep(first, last, classes);
  const start = Math.floor(first / step);
  const count = Math.max(1, Math.ceil(last / step) - start);
  // Multiplied, not added up: 3 × 0.1 is to be written 0.3.
  return Array.from({ length: count + 1 }, (_, index) => rounded((start + index) * step));
}

function prettyStep(first: number, last: number, classes: number): number {
  const raw = last / classes - first / classes;
  const power = 10 ** Math.floor(Math.log10(raw));
  const steps = [1, 2, 5, 10, 20].map((digit) => digit * power);
  const countOf = (step: number) => Math.ceil(last / step) - Math.floor(first / step);
  const fitting = steps.filter((step) => countOf(step) <= 9);
  return fitting.reduce(
    (best, step) => (Math.abs(countOf(step) - classes) < Math.abs(countOf(best) - classes) ? step : best),
    fitting[0] ?? raw,
  );
}

/** Classes of equal ratio. Values that have no logarithm are a class of their own, below the others. */
function logarithmicBreaks(sorted: Sorted, classes: number): number[] {
  const firstPositive = sorted.findIndex((value) => value > 0);
  const least = sorted[firstPositive];
  if (least === undefined) return [];
  const last = greatest(sorted);
  const ratios = firstPositive > 0 ? classes - 1 : classes;
  const inner = parts(ratios).map((part) => least * (last / least) ** part);
  return firstPositive > 0 ? [least, ...inner] : inner;
}

function parts(classes: number): number[] {
  return Array.from({ length: classes - 1 }, (_, index) => (index + 1) / classes);
}

function evenly(sorted: Sorted, count: number): number[] {
  const step = (sorted.length - 1) / (count - 1);
  return Array.from({ length: count }, (_, index) => sorted[Math.round(index * step)] ?? 0);
}

/** Without the last digits, which are noise of the multiplication. */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}

function smallest(sorted: Sorted): number {
  return sorted[0] ?? Number.NaN;
}

function greatest(sorted: Sorted): number {
  return sorted.at(-1) ?? Number.NaN;
}
