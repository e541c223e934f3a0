import type { Place, Rectangle } from "./patch.ts";
import type { ProjectPlaces } from "./project.ts";

/** Where a projection has steps in a rectangle, in ascending order: on lines across it, along one axis or the other. */
export interface Steps {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
}

/** How far from a step its two sides are asked for, in degrees: PROJ lets longitudes be that much too large. */
const BESIDE = 1e-10;

/** Least height of a step, in the unit of the system: a projection changes by less between the two sides. */
const LEAST = 1e-3;

/** A rectangle with more steps along an axis than this has something else. */
const MOST_STEPS = 4;

/**
 * The steps of a projection in each of some rectangles. PROJ takes one way within the area for which it is made and another beyond,
 * and the areas of EPSG's registry have borders of whole hundredths of a degree: at these the projection is asked on both sides.
 */
export async function findSteps(
  rectangles: readonly Rectangle[],
  project: ProjectPlaces,
): Promise<readonly Steps[]> {
  const crossings = rectangles.map(crossingsOf);
  const values = await project(crossings.flatMap((each) => each.flatMap(({ sides }) => sides)));
  let from = 0;
  return crossings.map((each) => {
    const steps = { xs: new Set<number>(), ys: new Set<number>() };
    for (const { axis, at } of each) {
      if (Math.max(changeAt(values, from), changeAt(values, from + 1)) > LEAST) steps[axis].add(at);
      from += 4;
    }
    const isSteep = steps.xs.size > MOST_STEPS || steps.ys.size > MOST_STEPS;
    return isSteep ? { xs: [], ys: [] } : { xs: ascending(steps.xs), ys: ascending(steps.ys) };
  });
}

/** How much a coordinate changes from one side to the other. */
const changeAt = (values: Float64Array, first: number): number =>
  Math.abs((values[first] ?? 0) - (values[first + 2] ?? 0));

const ascending = (numbers: Iterable<number>) => [...numbers].sort((a, b) => a - b);

/** The rectangles into which steps cut one: row by row. */
export function cut({ west, south, east, north }: Rectangle, { xs, ys }: Steps): Rectangle[] {
  const columns = between(west, xs, east);
  return between(south, ys, north).flatMap(([bottom, top]) =>
    columns.map(([left, right]) => ({ west: left, south: bottom, east: right, north: top })),
  );
}

/** The number of the part in which a place lies; undefined on a step. */
export function partAt({ xs, ys }: Steps, x: number, y: number): number | undefined {
  const [column, row] = [countBelow(xs, x), countBelow(ys, y)];
  return column === undefined || row === undefined ? undefined : row * (xs.length + 1) + column;
}

function countBelow(steps: readonly number[], value: number): number | undefined {
  let count = 0;
  for (const step of steps) {
    if (value < step - BESIDE) break;
    if (value <= step + BESIDE) return undefined;
    count++;
  }
  return count;
}

function between(first: number, steps: readonly number[], last: number): [from: number, to: number][] {
  const starts = [first, ...steps];
  return starts.map((start, index) => [start, starts[index + 1] ?? last]);
}

/** A place where a step may be, with a place on each side. */
interface Crossing {
  readonly axis: "xs" | "ys";
  readonly at: number;
  readonly sides: readonly [Place, Place];
}

/** Along both borders of a rectangle in each direction: a step that ends within it meets one of them. */
function crossingsOf({ west, south, east, north }: Rectangle): Crossing[] {
  const alongX = (y: number) => hundredths(west, east).map((at) => crossing("xs", at, (x) => [x, y]));
  const alongY = (x: number) => hundredths(south, north).map((at) => crossing("ys", at, (y) => [x, y]));
  return [...alongX(south), ...alongX(north), ...alongY(west), ...alongY(east)];
}

const crossing = (axis: Crossing["axis"], at: number, placeAt: (along: number) => Place): Crossing => ({
  axis,
  at,
  sides: [placeAt(at - BESIDE), placeAt(at + BESIDE)],
});

function hundredths(from: number, to: number): number[] {
  const first = Math.ceil(from * 100);
  return Array.from({ length: Math.floor(to * 100) - first + 1 }, (_, index) => (first + index) / 100);
}
