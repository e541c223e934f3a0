import { CLASS_CUTS, type Sorted } from "./methods.ts";

/** How classes are cut. `manual` takes the limits that it is given, `unclassed` shades each value on its own. */
export const CLASS_METHODS = [
  "quantile",
  "equal",
  "natural",
  "deviation",
  "pretty",
  "logarithmic",
  "manual",
  "unclassed",
] as const;

/** One of {@link CLASS_METHODS}. */
export type ClassMethod = (typeof CLASS_METHODS)[number];

/** How classes are wanted. */
export interface Classification {
  readonly method: ClassMethod;
  /** Number of classes, 2 to 9. */
  readonly classes: number;
  /** Limits between the classes, for `manual`. */
  readonly breaks?: readonly number[] | undefined;
}

/** The fewest and the most classes that a map may have. */
export const CLASS_RANGE = { least: 2, most: 9 } as const;

/**
 * Limits of classes over the finite values: `limits[i]` to `limits[i + 1]` is class i. Equal values are never torn apart, so
 * there may be fewer classes than asked for; none when there is no finite value. The limits of `pretty` and `manual` may lie
 * outside the values; those of `unclassed` are the least and the greatest value.
 */
export function classLimits(
  values: ArrayLike<number>,
  { method, classes, breaks = [] }: Classification,
): number[] {
  const sorted = sortedFinite(values);
  const first = sorted[0];
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return [];
  if (method === "manual") return manualLimits(first, last, breaks);
  if (first === last || method === "unclassed") return [first, last];
  const cut = CLASS_CUTS[method](sorted, classes);
  // Rounded limits may miss the outermost values by their last digit.
  if (method === "pretty")
    return [Math.min(first, cut[0] ?? first), ...cut.slice(1, -1), Math.max(last, cut.at(-1) ?? last)];
  // Only natural breaks make a class of the greatest value alone; elsewhere the class below it would be empty.
  const isInside = (limit: number) =>
    limit > first && (limit < last || (method === "natural" && limit === last));
  const inner = [...new Set(cut.filter(isInside))];
  return [first, ...(method === "quantile" ? withoutEmpty(sorted, inner) : inner), last];
}

/** Limits between which there are values: with few different values some quantiles have none between them. */
function withoutEmpty(sorted: Sorted, limits: readonly number[]): number[] {
  let before = 0;
  return limits.filter((limit) => {
    const at = sorted.findIndex((value) => value >= limit);
    const isFilled = at > before;
    if (isFilled) before = at;
    return isFilled;
  });
}

function manualLimits(first: number, last: number, breaks: readonly number[]): number[] {
  const wanted = [...new Set(breaks.filter(Number.isFinite))].sort((one, other) => one - other);
  const [lowest = first, highest = last] = [wanted[0], wanted.at(-1)];
  const limits = [...new Set([Math.min(first, lowest), ...wanted, Math.max(last, highest)])];
  return limits.length === 1 ? [first, last] : limits;
}

/** The finite values in rising order. */
export function sortedFinite(values: ArrayLike<number>): Sorted {
  const finite = new Float64Array(values.length);
  let count = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    if (Number.isFinite(value)) finite[count++] = value;
  }
  return finite.subarray(0, count).sort();
}
