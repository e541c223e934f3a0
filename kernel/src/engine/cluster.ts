const MOST_ROUNDS = 300;
/** Starts from several places; the groups with the least spread win. */
const STARTS = 10;

/**
 * Groups rows by k-means over columns, each brought to mean 0 and standard deviation 1. Gives the number of each row's
 * group, from 1 in the order of the groups' means of the first column; null for a row in which a value is missing. The same
 * seed gives the same groups.
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
  const result = new Array<number | null>(rows).fill(null);
  const groups = Math.min(count, complete.length);
  if (groups === 0) return result;
  const points = standardise(columns, complete);
  const random = randomNumbers(seed);
  let best: Grouping | undefined;
  for (let start = 0; start < STARTS; start++) {
    const centres = await chooseCentres(points, groups, random, signal);
    const grouping = await group(points, centres, signal);
    if (!best || grouping.spread < best.spread) best = grouping;
  }
  const places = best ? placesByFirst(best) : [];
  complete.forEach((row, index) => {
    result[row] = places[best?.groupOf[index] ?? 0] ?? null;
  });
  return result;
}

/** Places in a space of so many dimensions, flat: the coordinates of one after those of the other. */
interface Points {
  readonly values: Float64Array;
  readonly dimensions: number;
  readonly length: number;
}

interface Grouping {
  readonly groupOf: Int32Array;
  readonly centres: Points;
  /** Sum of squared distances to the centres. */
  readonly spread: number;
}

function standardise(columns: readonly Float64Array[], rows: readonly number[]): Points {
  const dimensions = columns.length;
  const values = new Float64Array(rows.length * dimensions);
  columns.forEach((column, axis) => {
    const own = rows.map((row) => column[row] ?? Number.NaN);
    const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
    const deviation = Math.sqrt(own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / own.length);
    own.forEach((value, index) => {
      values[index * dimensions + axis] = deviation === 0 ? 0 : (value - mean) / deviation;
    });
  });
  return { values, dimensions, length: rows.length };
}

/** Hands back to the event loop, so that the work can be interrupted. */
async function breathe(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  signal?.throwIfAborted();
}

/** Centres far from each other: each is drawn with a chance that grows with the squared distance to those before. */
async function chooseCentres(
  points: Points,
  count: number,
  random: () => number,
  signal: AbortSignal | undefined,
): Promise<Points> {
  const { dimensions, length } = points;
  const values = new Float64Array(count * dimensions);
  const centres: Points = { values, dimensions, length: count };
  const distances = new Float64Array(length).fill(Number.POSITIVE_INFINITY);
  let chosen = Math.floor(random() * length);
  for (let centre = 0; centre < count; centre++) {
    await breathe(signal);
    values.set(points.values.subarray(chosen * dimensions, (chosen + 1) * dimensions), centre * dimensions);
    let total = 0;
    for (let point = 0; point < length; point++) {
      const distance = Math.min(distances[point] ?? 0, squaredDistance(points, point, centres, centre));
      distances[point] = distance;
      total += distance;
    }
    let left = random() * total;
    chosen = distances.findIndex((distance) => {
      left -= distance;
      return left < 0;
    });
    // All points lie on centres already, or rounding has used up the last of it.
    if (chosen < 0) chosen = Math.floor(random() * length);
  }
  return centres;
}

async function group(points: Points, start: Points, signal: AbortSignal | undefined): Promise<Grouping> {
  let centres = start;
  const groupOf = new Int32Array(points.length);
  assign(points, centres, groupOf);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    await breathe(signal);
    centres = centresOf(points, groupOf, centres);
    if (assign(points, centres, groupOf) === 0) break;
  }
  let spread = 0;
  for (let point = 0; point < points.length; point++)
    spread += squaredDistance(points, point, centres, groupOf[point] ?? 0);
  return { groupOf, centres, spread };
}

/** Puts each point into the group with the nearest centre; returns how many have changed. */
function assign(points: Points, centres: Points, groupOf: Int32Array): number {
  let changed = 0;
  for (let point = 0; point < points.length; point++) {
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let centre = 0; centre < centres.length; centre++) {
      const distance = squaredDistance(points, point, centres, centre);
      if (distance < least) {
        best = centre;
        least = distance;
      }
    }
    if (groupOf[point] !== best) changed++;
    groupOf[point] = best;
  }
  return changed;
}

function centresOf(points: Points, groupOf: Int32Array, before: Points): Points {
  const { dimensions, length } = before;
  const values = new Float64Array(length * dimensions);
  const counts = new Float64Array(length);
  for (let point = 0; point < points.length; point++) {
    const own = groupOf[point] ?? 0;
    counts[own] = 1 + (counts[own] ?? 0);
    for (let axis = 0; axis < dimensions; axis++) {
      const at = own * dimensions + axis;
      values[at] = (values[at] ?? 0) + (points.values[point * dimensions + axis] ?? 0);
    }
  }
  for (let at = 0; at < values.length; at++) {
    const own = counts[Math.floor(at / dimensions)] ?? 0;
    // A group that has lost all its points keeps its centre.
    values[at] = own === 0 ? (before.values[at] ?? 0) : (values[at] ?? 0) / own;
  }
  return { values, dimensions, length };
}

function squaredDistance(one: Points, first: number, other: Points, second: number): number {
  const { dimensions } = one;
  let sum = 0;
  for (let axis = 0; axis < dimensions; axis++) {
    const difference =
      (one.values[first * dimensions + axis] ?? 0) - (other.values[second * dimensions + axis] ?? 0);
    sum += difference * difference;
  }
  return sum;
}

/**
 * The number of each group: from 1, in the order of the first coordinate of its centre, then of the others. Groups without a
 * point, as there are where fewer points differ than groups are wanted, have none.
 */
function placesByFirst({ centres: { values, dimensions }, groupOf }: Grouping): number[] {
  const order = [...new Set(groupOf)].sort((first, second) => {
    for (let axis = 0; axis < dimensions; axis++) {
      const difference = (values[first * dimensions + axis] ?? 0) - (values[second * dimensions + axis] ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  });
  const places: number[] = [];
  order.forEach((own, place) => {
    places[own] = place + 1;
  });
  return places;
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
