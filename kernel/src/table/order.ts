import { bisectLeft, bisectRight } from "d3-array";

/**
 * Rows in the order of their numbers. Missing ones, NaN, come last either way, and equals stay as they were. The numbers
 * are sorted by themselves, which typed arrays do four times faster than with a comparison of rows; each row then finds its place.
 */
export function orderRows(rows: Int32Array, numbers: Float64Array, descending: boolean): Int32Array {
  const sorted = Float64Array.from(rows, (row) => numbers[row] ?? Number.NaN)
    .filter((number) => !Number.isNaN(number))
    .sort();
  const taken = new Int32Array(sorted.length);
  const ordered = new Int32Array(rows.length);
  let missing = sorted.length;
  for (const row of rows) {
    const number = numbers[row] ?? Number.NaN;
    if (Number.isNaN(number)) {
      ordered[missing++] = row;
      continue;
    }
    const first = bisectLeft(sorted, number);
    const equals = taken[first] ?? 0;
    taken[first] = equals + 1;
    ordered[descending ? sorted.length - bisectRight(sorted, number, first) + equals : first + equals] = row;
  }
  return ordered;
}
