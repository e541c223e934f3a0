import { type GeometryColumn, withCoordinates } from "../operators/geometry-column.ts";
import { Patches } from "./patches.ts";

/** Places in longitude and latitude, as places in another system; NaN where there is none. */
export type ProjectPlaces = (places: readonly (readonly [x: number, y: number])[]) => Promise<Float64Array>;

/** Side of the squares in which a projection is taken for a polynomial, in degrees. */
const SIZE = 0.1;

/** Largest error, in the unit of the system; what projections without steps have is a hundred times less. */
const TOLERANCE = 1e-6;

/** In more squares than this it is quicker to project each corner. */
const MOST_SQUARES = 20_000;

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
  { patches, uneven: known }: KnownProjection = new KnownProjection(),
): Promise<GeometryColumn | undefined> {
  const squares = [...squaresOf(column.coordinates, patches)];
  const fresh = squares.filter((square) => !patches.knows(square));
  if (squares.length > MOST_SQUARES || fresh.length * 64 > column.coordinates.length) return undefined;
  if (fresh.length > 0) {
    const values = await project(fresh.flatMap((square) => patches.nodesOf(square)));
    const each = values.length / fresh.length;
    fresh.forEach((square, position) => {
      patches.learn(square, values.subarray(position * each, (position + 1) * each));
    });
    for (const square of await findUneven(fresh, patches, project)) known.add(square);
  }
  const uneven = new Set(squares.filter((square) => known.has(square)));
  const places = placesIn(uneven, column.coordinates, patches);
  if (places.length * 10 > column.coordinates.length) return undefined;
  const coordinates = new Float64Array(new SharedArrayBuffer(8 * column.coordinates.length));
  coordinates.set(column.coordinates);
  patches.map(coordinates);
  const exact = await project(places.map((at) => placeAt(column.coordinates, at)));
  for (const [position, at] of places.entries())
    coordinates.set(exact.subarray(2 * position, 2 * position + 2), at);
  return coordinates.every(Number.isFinite) ? withCoordinates(column, coordinates) : undefined;
}

const placeAt = (places: Float64Array, at: number): [number, number] => [
  places[at] ?? 0,
  places[at + 1] ?? 0,
];

function squaresOf(places: Float64Array, patches: Patches): Set<number> {
  const squares = new Set<number>();
  let last = Number.NaN;
  for (let at = 0; at < places.length; at += 2) {
    const square = patches.squareOf(places[at] ?? 0, places[at + 1] ?? 0);
    if (square !== last) squares.add(square);
    last = square;
  }
  return squares;
}

/** Where the places that lie in some squares are. */
function placesIn(squares: ReadonlySet<number>, places: Float64Array, patches: Patches): number[] {
  const found: number[] = [];
  if (squares.size === 0) return found;
  for (let at = 0; at < places.length; at += 2)
    if (squares.has(patches.squareOf(...placeAt(places, at)))) found.push(at);
  return found;
}

/** The squares whose polynomials are wrong where they do not have to be right: beyond the nodes, at the corners, and between. */
async function findUneven(
  squares: readonly number[],
  patches: Patches,
  project: ProjectPlaces,
): Promise<Set<number>> {
  const places = squares.flatMap((square) => patches.probesOf(square));
  const mapped = Float64Array.from(places.flat());
  patches.map(mapped);
  const wanted = await project(places);
  const each = mapped.length / squares.length;
  const uneven = squares.filter((_, position) => {
    const probes = mapped.subarray(position * each, (position + 1) * each);
    return !probes.every(
      (value, at) => Math.abs(value - (wanted[position * each + at] ?? Number.NaN)) <= TOLERANCE,
    );
  });
  return new Set(uneven);
}
