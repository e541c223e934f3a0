import { type GeometryColumn, withCoordinates } from "../operators/geometry-column.ts";
import { Patches } from "./patches.ts";

/** Places in longitude and latitude, as places in another system; NaN where there is none. */
export type ProjectPlaces = (places: readonly (readonly [x: number, y: number])[]) => Promise<Float64Array>;

/** Side of the squares in which a projection is taken for a polynomial, in degrees. */
const SIZE = 0.5;

/** Largest error, in the unit of the system; what projections without steps have is a hundred times less. */
const TOLERANCE = 1e-6;

/** In more squares than this it is quicker to project each corner. */
const MOST_SQUARES = 5000;

/** What is known of a projection: the next column lies in the same squares more often than not. */
export class KnownProjection {
  readonly patches = new Patches(SIZE);
  /** Squares in which the projection is no polynomial. */
  readonly uneven = new Set<number>();
}

/**
 * The shapes of a column in another coordinate system. Where the way there has steps, as on the border between two ways,
 * corners are projected one by one; undefined when that is so for many of them, or when the shapes lie far apart.
 */
export async function projectColumn(
  column: GeometryColumn,
  project: ProjectPlaces,
  known: KnownProjection = new KnownProjection(),
): Promise<GeometryColumn | undefined> {
  const { patches, uneven } = known;
  const runs = runsOf(column.coordinates, patches);
  const squares = [...new Set(runs.squares)];
  const fresh = squares.filter((square) => !patches.knows(square));
  if (squares.length > MOST_SQUARES || fresh.length * 64 > column.coordinates.length) return undefined;
  if (fresh.length > 0) {
    // The squares between too: other columns lie there, and to ask at all takes as long as some hundred squares.
    const between = patches
      .squaresAround(squares, 2 * squares.length)
      .filter((square) => !patches.knows(square));
    const learned = between.length > 0 ? between : fresh;
    await learnSquares(learned, known, project);
  }
  const coordinates = new Float64Array(new SharedArrayBuffer(8 * column.coordinates.length));
  /** Where the places of uneven squares are. */
  const others: number[] = [];
  let from = 0;
  runs.ends.forEach((end, run) => {
    const square = runs.squares[run] ?? Number.NaN;
    if (!uneven.has(square)) patches.map(square, column.coordinates, from, end, coordinates);
    else for (let at = from; at < end; at += 2) others.push(at);
    from = end;
  });
  if (others.length * 10 > column.coordinates.length) return undefined;
  const exact = await project(others.map((at) => placeAt(column.coordinates, at)));
  if (!exact.every(Number.isFinite)) return undefined;
  for (const [position, at] of others.entries())
    coordinates.set(exact.subarray(2 * position, 2 * position + 2), at);
  return withCoordinates(column, coordinates);
}

const placeAt = (places: Float64Array, at: number): [number, number] => [
  places[at] ?? 0,
  places[at + 1] ?? 0,
];

/** Places that follow each other in the same square: corners of a shape mostly do. */
interface Runs {
  readonly squares: number[];
  /** Where each ends in the array of the places. */
  readonly ends: number[];
}

function runsOf(places: Float64Array, patches: Patches): Runs {
  const runs: Runs = { squares: [], ends: [] };
  let last: number | undefined;
  for (let at = 0; at < places.length; at += 2) {
    const square = patches.squareOf(places[at] ?? 0, places[at + 1] ?? 0);
    if (square === last) continue;
    if (last !== undefined) runs.ends.push(at);
    runs.squares.push(square);
    last = square;
  }
  if (last !== undefined) runs.ends.push(places.length);
  return runs;
}

/**
 * Learns squares, and which of them are uneven: their polynomials are wrong where they do not have to be right, beyond the nodes, at
 * the corners, and between.
 */
async function learnSquares(
  squares: readonly number[],
  { patches, uneven }: KnownProjection,
  project: ProjectPlaces,
): Promise<void> {
  const nodes = squares.flatMap((square) => patches.nodesOf(square));
  const probes = squares.flatMap((square) => patches.probesOf(square));
  const values = await project([...nodes, ...probes]);
  const wanted = values.subarray(2 * nodes.length);
  const mapped = Float64Array.from(probes.flat());
  const [nodesEach, probesEach] = [(2 * nodes.length) / squares.length, mapped.length / squares.length];
  for (const [position, square] of squares.entries()) {
    patches.learn(square, values.subarray(position * nodesEach, (position + 1) * nodesEach));
    const [from, to] = [position * probesEach, (position + 1) * probesEach];
    patches.map(square, mapped, from, to, mapped);
    const isRight = (value: number, at: number) =>
      Math.abs(value - (wanted[from + at] ?? Number.NaN)) <= TOLERANCE;
    if (!mapped.subarray(from, to).every(isRight)) uneven.add(square);
  }
}
