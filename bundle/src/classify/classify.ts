/** The class of a feature without a value. */
export const NO_CLASS = 255;

/** The class of a feature whose value its publisher has taken out. */
export const SUPPRESSED = 254;

/** The class of a feature that is not drawn. */
export const HIDDEN = 253;

/** Shades of an unclassed map. */
export const SHADES = 64;

/**
 * The class of each value, {@link NO_CLASS} for what is not finite. A value on a limit belongs to the class above it, the
 * last limit to the last class; values outside the limits to the class at that end.
 */
export function classify(values: ArrayLike<number>, limits: readonly number[]): Uint8Array {
  const result = new Uint8Array(values.length).fill(NO_CLASS);
  if (limits.length < 2) return result;
  // Single-precision values are compared with limits of the same precision, so that a value on a limit stays on it.
  const inner = limits
    .slice(1, -1)
    .map((limit) => (values instanceof Float32Array ? Math.fround(limit) : limit));
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    if (!Number.isFinite(value)) continue;
    let found = 0;
    while (found < inner.length && value >= (inner[found] ?? Infinity)) found++;
    result[index] = found;
  }
  return result;
}

/** The shade of each value between the first and the last limit, 0 to {@link SHADES} - 1. */
export function shade(values: ArrayLike<number>, [first = 0, last = 0]: readonly number[]): Uint8Array {
  const result = new Uint8Array(values.length).fill(NO_CLASS);
  // Halved, so that the spread of huge values is no infinity.
  const spread = last / 2 - first / 2;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    if (!Number.isFinite(value)) continue;
    const part = spread === 0 ? 0.5 : (value / 2 - first / 2) / spread;
    result[index] = Math.min(SHADES - 1, Math.max(0, Math.floor(part * SHADES)));
  }
  return result;
}

/** How many features each of so many classes has. */
export function countClasses(classes: Uint8Array, count: number): number[] {
  const counts = new Array<number>(count).fill(0);
  for (const each of classes) if (each < count) counts[each] = (counts[each] ?? 0) + 1;
  return counts;
}

/** How many features have a class. */
export function countOf(classes: Uint8Array, wanted: number): number {
  let count = 0;
  for (const each of classes) if (each === wanted) count++;
  return count;
}
