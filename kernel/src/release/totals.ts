import type { Counts, Total } from "./cells.ts";

/** More columns than this are not searched for sums: with 16 there are half a million candidates. */
const MOST_COLUMNS = 16;

/** A row that is the sum of others, by their positions. */
export interface RowSum {
  readonly total: number;
  readonly parts: readonly number[];
  /** Whether somebody has said so; else it is one in the columns in which the numbers add up. */
  readonly told: boolean;
}

/**
 * The cells that are sums of others: columns that add up to another in every row, and rows that add up to another. They are
 * found in the numbers themselves, because a reader finds them there too.
 */
export function findTotals(
  counts: Counts,
  rowSums: readonly RowSum[] = findGrandTotal(counts),
  isNational: (row: number) => boolean = () => false,
): Total[] {
  return [...columnTotals(counts), ...rowTotals(counts, rowSums, isNational)];
}

/** The first or last row as the total of all the others, when it is their sum in every column. */
export function findGrandTotal({ rows, columns, values }: Counts): RowSum[] {
  for (const candidate of rows < 3 ? [] : [rows - 1, 0]) {
    const isTotal = columns.every((_, column) => {
      const start = column * rows;
      const all = sum(values, start, start + rows);
      return Number.isFinite(all) && all > 0 && all === 2 * (values[start + candidate] ?? Number.NaN);
    });
    if (!isTotal || columns.length === 0) continue;
    const parts = Array.from({ length: rows }, (_, row) => row).filter((row) => row !== candidate);
    return [{ total: candidate, parts, told: false }];
  }
  return [];
}

function sum(values: Float64Array, from: number, to: number): number {
  let total = 0;
  for (let index = from; index < to; index++) total += values[index] ?? Number.NaN;
  return total;
}

function rowTotals(
  { rows, columns, values }: Counts,
  rowSums: readonly RowSum[],
  isNational: (row: number) => boolean,
): Total[] {
  return columns.flatMap((_, column) => {
    const at = (row: number) => values[column * rows + row] ?? Number.NaN;
    return rowSums
      .filter(({ total, parts, told }) => told || parts.reduce((all, row) => all + at(row), 0) === at(total))
      .map(({ total, parts }) => ({
        total: column * rows + total,
        parts: parts.map((row) => column * rows + row),
        national: isNational(total),
      }));
  });
}

/** A column that others add up to: positions of columns. */
interface ColumnSum {
  readonly total: number;
  readonly parts: readonly number[];
}

function columnTotals(counts: Counts): Total[] {
  return findColumnSums(counts).flatMap(({ total, parts }) =>
    Array.from({ length: counts.rows }, (_, row) => ({
      total: total * counts.rows + row,
      parts: parts.map((part) => part * counts.rows + row),
      national: false,
    })),
  );
}

/** Columns that are the sum of others in every row, without those that follow from the rest. */
export function findColumnSums(counts: Counts): ColumnSum[] {
  const usable = counts.columns
    .map((_, column) => column)
    .filter((column) => isUsable(counts, column))
    .slice(0, MOST_COLUMNS);
  const probe = probeRow(counts, usable);
  if (probe < 0) return [];
  const found: ColumnSum[] = [];
  for (const total of usable) {
    const others = usable.filter((column) => column !== total);
    for (const parts of subsetsOfSum(counts, others, probe, counts.values[total * counts.rows + probe] ?? 0))
      if (holds(counts, total, parts)) found.push({ total, parts });
  }
  return withoutConsequences(found);
}

/** A column of zeros could be a part of every sum and says nothing. */
function isUsable({ rows, values }: Counts, column: number): boolean {
  return values.subarray(column * rows, (column + 1) * rows).some((value) => value > 0);
}

/** The row with the largest numbers is the sieve: few subsets fit it by chance. */
function probeRow({ rows, values }: Counts, columns: readonly number[]): number {
  let best = -1;
  let largest = -1;
  for (let row = 0; row < rows; row++) {
    const all = columns.reduce((total, column) => total + (values[column * rows + row] ?? Number.NaN), 0);
    if (all > largest) [best, largest] = [row, all];
  }
  return best;
}

/** Every set of columns whose numbers in the row add up to the wanted one, by a search that stops where it is exceeded. */
function subsetsOfSum(
  { rows, values }: Counts,
  columns: readonly number[],
  row: number,
  wanted: number,
): number[][] {
  const found: number[][] = [];
  const extend = (from: number, chosen: readonly number[], left: number): void => {
    if (left === 0 && chosen.length > 0) found.push([...chosen]);
    for (let index = from; index < columns.length && found.length < 64; index++) {
      const column = columns[index] ?? 0;
      const value = values[column * rows + row] ?? Number.NaN;
      if (value <= left) extend(index + 1, [...chosen, column], left - value);
    }
  };
  extend(0, [], wanted);
  return found;
}

function holds({ rows, values }: Counts, total: number, parts: readonly number[]): boolean {
  for (let row = 0; row < rows; row++) {
    const all = parts.reduce((sum_, column) => sum_ + (values[column * rows + row] ?? Number.NaN), 0);
    const whole = values[total * rows + row] ?? Number.NaN;
    if (all !== whole && !(Number.isNaN(all) && Number.isNaN(whole))) return false;
  }
  return true;
}

/** Of all = a + b, a = c + d and all = c + d + b the last is left out. */
function withoutConsequences(sums: readonly ColumnSum[]): ColumnSum[] {
  const key = ({ total, parts }: ColumnSum) => `${total}=${[...parts].sort((a, b) => a - b).join("+")}`;
  const known = new Set(sums.map(key));
  return sums.filter(
    (candidate) =>
      !sums.some((inner) => {
        const { total, parts } = candidate;
        if (inner.parts.length < 2 || !inner.parts.every((part) => parts.includes(part))) return false;
        if (inner.total === total || inner.parts.length === parts.length) return false;
        const rest = parts.filter((part) => !inner.parts.includes(part));
        return known.has(key({ total, parts: [...rest, inner.total] }));
      }),
  );
}
