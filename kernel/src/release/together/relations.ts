import type { Interval } from "../cells.ts";
import { evidence, overlap } from "./place.ts";

/** Measures that together are as many as others, wherever they are known. */
export interface Relation {
  readonly plus: readonly number[];
  readonly minus: readonly number[];
}

/** What is known of each measure at each place; undefined where nothing is. */
export type KnownMeasures = readonly (readonly (Interval | undefined)[])[];

/** How many sums are tried at most. */
const MOST_STEPS = 500_000;

/** What was found, and whether all was looked at. */
export interface Relations {
  readonly found: readonly Relation[];
  readonly complete: boolean;
}

/**
 * How measures hang together, found in the numbers as a reader finds it: by elimination where numbers are exact, and by trying
 * the sums of measures where they are rounded or hidden.
 */
export function findRelations(measures: number, places: KnownMeasures): Relations {
  const sums = findSums(measures, places);
  return { found: [...sums.found, ...findExact(measures, places)], complete: sums.complete };
}

/** A prime below the square root of the largest exact number, so that products of remainders stay exact. */
const PRIME = 67_108_859;

/** Relations with factors of 1 and -1 that hold at every place where all measures are exact. */
function findExact(measures: number, places: KnownMeasures): Relation[] {
  const rows = places.flatMap((known) => {
    const values = known.slice(0, measures).map((interval) => exactOf(interval));
    return values.length === measures && values.every(Number.isSafeInteger) ? [values] : [];
  });
  const { reduced, pivots } = eliminate(rows.slice(0, 4 * measures + 50), measures);
  const free = Array.from({ length: measures }, (_, column) => column).filter((c) => !pivots.includes(c));
  return free.flatMap((column): Relation[] => {
    const factors = new Map<number, number>([[column, 1]]);
    pivots.forEach((pivot, row) => {
      const factor = reduced[row]?.[column] ?? 0;
      if (factor !== 0) factors.set(pivot, factor === 1 ? -1 : factor === PRIME - 1 ? 1 : Number.NaN);
    });
    const side = (sign: number) =>
      [...factors].flatMap(([measure, factor]) => (factor === sign ? [measure] : []));
    const relation = { plus: side(1), minus: side(-1) };
    const isWhole = relation.plus.length + relation.minus.length === factors.size;
    return isWhole && relation.plus.length > 0 && relation.minus.length > 0 ? [relation] : [];
  });
}

const exactOf = (interval: Interval | undefined): number =>
  interval && interval.low === interval.high ? interval.low : Number.NaN;

/** The reduced echelon form of whole numbers, modulo the prime. */
function eliminate(rows: readonly number[][], columns: number): { reduced: number[][]; pivots: number[] } {
  const left = rows.map((row) => row.map((value) => value % PRIME));
  const reduced: number[][] = [];
  const pivots: number[] = [];
  for (let column = 0; column < columns; column++) {
    const index = left.findIndex((row) => row[column] !== 0);
    if (index < 0) continue;
    const [pivot = []] = left.splice(index, 1);
    const factor = inverse(pivot[column] ?? 1);
    const unit = pivot.map((value) => (value * factor) % PRIME);
    for (const row of [...left, ...reduced]) subtract(row, unit, row[column] ?? 0);
    reduced.push(unit);
    pivots.push(column);
  }
  return { reduced, pivots };
}

function subtract(row: number[], unit: readonly number[], factor: number): void {
  if (factor === 0) return;
  for (const [column, value] of unit.entries())
    row[column] = ((row[column] ?? 0) + PRIME - ((value * factor) % PRIME)) % PRIME;
}

/** The number whose product with another leaves 1, by Fermat's little theorem. */
function inverse(value: number): number {
  let [result, base] = [1, value];
  for (let exponent = PRIME - 2; exponent > 0; exponent = Math.floor(exponent / 2)) {
    if (exponent % 2 === 1) result = (result * base) % PRIME;
    base = (base * base) % PRIME;
  }
  return result;
}

/** Measures that are the sum of others wherever they are known, of which some must fit by more than chance. */
function findSums(measures: number, places: KnownMeasures): Relations {
  const found: Relation[] = [];
  let steps = 0;
  for (let total = 0; total < measures; total++) {
    const known = places.filter((place) => Number.isFinite(place[total]?.high));
    const others = Array.from({ length: measures }, (_, measure) => measure).filter((m) => m !== total);
    const probe = probeOf(known, total) ?? [];
    const extend = (from: number, parts: readonly number[], left: Interval): void => {
      if (left.low <= 0 && left.high >= 0 && parts.length > 0 && holds(known, total, parts, measures))
        found.push({ plus: [total], minus: parts });
      for (const [index, measure] of others.entries()) {
        const part = probe[measure];
        if (index < from || !part || part.low > left.high || steps++ > MOST_STEPS) continue;
        extend(index + 1, [...parts, measure], { low: left.low - part.high, high: left.high - part.low });
      }
    };
    const start = probe[total];
    if (start) extend(0, [], start);
  }
  return { found, complete: steps <= MOST_STEPS };
}

/** The place with the most measures, and of those the one with the largest number: few sums fit it by chance. */
function probeOf(places: KnownMeasures, total: number): KnownMeasures[number] | undefined {
  let best: { place: KnownMeasures[number]; size: number; number: number } | undefined;
  for (const place of places) {
    const size = place.filter((known) => known !== undefined).length;
    const number = place[total]?.low ?? 0;
    if (!best || size > best.size || (size === best.size && number > best.number))
      best = { place, size, number };
  }
  return best?.place;
}

/** Whether a measure can be the sum of others at every place, and by more than chance. */
function holds(places: KnownMeasures, total: number, parts: readonly number[], measures: number): boolean {
  let bits = 0;
  for (const place of places) {
    const own = place[total];
    const others = parts.map((part) => place[part]);
    if (!own || others.includes(undefined)) continue;
    const sum = others.reduce<Interval>(
      (all, part) => ({ low: all.low + (part?.low ?? 0), high: all.high + (part?.high ?? 0) }),
      { low: 0, high: 0 },
    );
    if (!overlap(own, sum)) return false;
    bits += evidence({ own, others: sum });
  }
  return bits >= Math.max(4, measures);
}
