const MOST_ROUNDS = 300;
/** Starts from several places; the groups with the least spread win. */
const STARTS = 10;

/**
 * Groups rows by k-means over columns, each brought to mean 0 and standard deviation 1. Gives the number of each row's
 * group, from 1 in the order of the groups' means of the first column; null for a row in which a value is missing. The same seed
 * gives the same groups.
 */
export async function clusterRows(
  columns: readonly Float64Array[],
  count: number,
  seed: number,
  signal?: AbortSignal,
): Promise<(number | null)[]> {
  const rows = columns[0]?.length ?? 0;
  const complete = Array.from({ length: rows }, (_, row) => row).filter((row) =>
    columns.every((column) => Number.isFinite(column[row])),
  );
  const points = standardise(columns, complete);
  const groups = Math.min(count, complete.length);
  const result = new Array<number | null>(rows).fill(null);
  if (groups === 0) return result;
  const random = randomNumbers(seed);
  let best: Grouping | undefined;
  for (let start = 0; start < STARTS; start++) {
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
    const grouping = group(points, chooseCentres(points, groups, random));
    if (!best || grouping.spread < best.spread) best = grouping;
  }
  const places = best ? placesByFirst(best) : [];
  complete.forEach((row, index) => {
    result[row] = places[best?.groupOf[index] ?? 0] ?? null;
  });
  return result;
}

type Point = readonly number[];

interface Grouping {
  readonly groupOf: readonly number[];
  readonly centres: readonly Point[];
  /** Sum of squared distances to the centres. */
  readonly spread: number;
}

function standardise(columns: readonly Float64Array[], rows: readonly number[]): Point[] {
  const scaled = columns.map((column) => {
    const values = rows.map((row) => column[row] ?? Number.NaN);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    return values.map((value) => (deviation === 0 ? 0 : (value - mean) / deviation));
  });
  return rows.map((_, index) => scaled.map((values) => values[index] ?? 0));
}

/** Centres far from each other: each is drawn with a chance that grows with the squared distance to those before. */
function chooseCentres(points: readonly Point[], count: number, random: () => number): Point[] {
  const first = points[Math.floor(random() * points.length)] ?? [];
  const centres = [first];
  const distances = points.map((point) => squaredDistance(point, first));
  while (centres.length < count) {
    const total = distances.reduce((sum, distance) => sum + distance, 0);
    let left = random() * total;
    let chosen = distances.findIndex((distance) => {
      left -= distance;
      return left < 0;
    });
    // All points lie on centres already, or rounding has used up the last of it.
    if (chosen < 0) chosen = Math.floor(random() * points.length);
    const centre = points[chosen] ?? first;
    centres.push(centre);
    points.forEach((point, index) => {
      distances[index] = Math.min(distances[index] ?? 0, squaredDistance(point, centre));
    });
  }
  return centres;
}

function group(points: readonly Point[], start: readonly Point[]): Grouping {
  let centres = start;
  let groupOf = points.map((point) => nearest(point, centres));
  for (let round = 0; round < MOST_ROUNDS; round++) {
    centres = centresOf(points, groupOf, centres);
    const next = points.map((point) => nearest(point, centres));
    const same = next.every((each, index) => each === groupOf[index]);
    groupOf = next;
    if (same) break;
  }
  const spread = points.reduce(
    (sum, point, index) => sum + squaredDistance(point, centres[groupOf[index] ?? 0] ?? []),
    0,
  );
  return { groupOf, centres, spread };
}

function centresOf(points: readonly Point[], groupOf: readonly number[], before: readonly Point[]): Point[] {
  const sums = before.map((centre) => centre.map(() => 0));
  const counts = before.map(() => 0);
  points.forEach((point, index) => {
    const own = groupOf[index] ?? 0;
    const sum = sums[own] ?? [];
    counts[own] = 1 + (counts[own] ?? 0);
    point.forEach((value, axis) => {
      sum[axis] = value + (sum[axis] ?? 0);
    });
  });
  // A group that has lost all its points keeps its centre.
  return sums.map((sum, own) =>
    counts[own] ? sum.map((value) => value / (counts[own] ?? 1)) : (before[own] ?? []),
  );
}

function nearest(point: Point, centres: readonly Point[]): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  centres.forEach((centre, index) => {
    const distance = squaredDistance(point, centre);
    if (distance < least) [best, least] = [index, distance];
  });
  return best;
}

function squaredDistance(first: Point, second: Point): number {
  let sum = 0;
  for (let axis = 0; axis < first.length; axis++) sum += ((first[axis] ?? 0) - (second[axis] ?? 0)) ** 2;
  return sum;
}

/** The number of each group: from 1, in the order of the first coordinate of its centre. */
function placesByFirst({ centres }: Grouping): number[] {
  const order = centres
    .map((_, index) => index)
    .sort((first, second) => compare(centres[first] ?? [], centres[second] ?? []));
  const places: number[] = [];
  order.forEach((own, place) => {
    places[own] = place + 1;
  });
  return places;
}

function compare(first: Point, second: Point): number {
  const axis = first.findIndex((value, index) => value !== second[index]);
  return axis < 0 ? 0 : (first[axis] ?? 0) - (second[axis] ?? 0);
}

/** Seeded random numbers from 0 to below 1 (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
