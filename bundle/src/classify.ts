/** How classes are cut: with equally many features in each, or equally wide. */
export const CLASS_METHODS = ["quantile", "equal"] as const;

/** One of {@link CLASS_METHODS}. */
export type ClassMethod = (typeof CLASS_METHODS)[number];

/** The class of a feature without a value. */
export const NO_CLASS = 255;

/**
 * Limits of classes over the finite values: `limits[i]` to `limits[i + 1]` is class i. Equal values are never torn apart, so
 * there may be fewer classes than asked for; none when there is no finite value.
 */
export function classLimits(values: ArrayLike<number>, classes: number, method: ClassMethod): number[] {
  const sorted = Float64Array.from(Array.from(values).filter(Number.isFinite)).sort();
  const first = sorted[0];
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return [];
  if (first === last) return [first, last];
  const cut =
    method === "equal"
      ? (part: number) => first + (last - first) * part
      : (part: number) => quantile(sorted, part);
  const inner = Array.from({ length: classes - 1 }, (_, index) => cut((index + 1) / classes));
  const distinct = [...new Set(inner)].filter((limit) => limit > first && limit < last);
  return [first, ...distinct, last];
}

/** The quantile of sorted values, between the two nearest where it falls between (R's type 7, numpy's default). */
export function quantile(sorted: ArrayLike<number>, part: number): number {
  const position = (sorted.length - 1) * part;
  const below = Math.floor(position);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? low;
  return low + (high - low) * (position - below);
}

/** The class of each value, {@link NO_CLASS} for what is not finite. A value on a limit belongs to the class above it. */
export function classify(values: ArrayLike<number>, limits: readonly number[]): Uint8Array {
  const result = new Uint8Array(values.length).fill(NO_CLASS);
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    if (!Number.isFinite(value) || limits.length < 2) continue;
    let found = 0;
    while (found < limits.length - 2 && value >= (limits[found + 1] ?? Infinity)) found++;
    result[index] = found;
  }
  return result;
}
