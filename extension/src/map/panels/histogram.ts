/** Numbers counted in bins of equal width. */
export interface Histogram {
  readonly from: number;
  readonly to: number;
  readonly counts: readonly number[];
}

/** Counts the finite values; undefined when there are none or they are all the same. */
export function histogramOf(values: ArrayLike<number>, bins: number): Histogram | undefined {
  let [from, to] = [Infinity, -Infinity];
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    if (!Number.isFinite(value)) continue;
    from = Math.min(from, value);
    to = Math.max(to, value);
  }
  if (!(to > from)) return undefined;
  const counts = new Array<number>(bins).fill(0);
  // Halved, so that the spread of huge values is no infinity.
  const spread = to / 2 - from / 2;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    if (!Number.isFinite(value)) continue;
    const bin = Math.min(bins - 1, Math.floor(((value / 2 - from / 2) / spread) * bins));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { from, to, counts };
}
