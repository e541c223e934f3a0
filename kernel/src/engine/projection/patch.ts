/** A rectangle of a plane, such as of longitude and latitude. */
export interface Rectangle {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/**
 * A smooth map of the plane onto itself, such as a map projection, in a small rectangle, known by its values at a few points. It is
 * a polynomial through these, which for half a degree and metres differs from PROJ by no more than PROJ's own rounding, some 1e-8 m:
 * the projection is asked some thousand times instead of once for each corner of each shape.
 */
export interface Patch {
  readonly rectangle: Rectangle;
  /** Of the first axis, then of the second: of the powers of x, for each power of y. */
  readonly coefficients: Float64Array;
}

/** A place of the plane. */
export type Place = readonly [x: number, y: number];

/** Places at which a map must be known for the patch of a rectangle: the nodes, and others that show whether it is right. */
export const placesOf = (rectangle: Rectangle): Place[] =>
  [...NODES.flatMap((v) => NODES.map((u): Place => [u, v])), ...PROBES].map(([u, v]) =>
    placeIn(rectangle, u, v),
  );

/** The patch of a rectangle with the values at its places, x, y, x, y; undefined where the map is no polynomial. */
export function patchThrough(
  rectangle: Rectangle,
  values: Float64Array,
  tolerance: number,
): Patch | undefined {
  const coefficients = new Float64Array(2 * COUNT * COUNT);
  for (let axis = 0; axis < 2; axis++) {
    // First along the columns of nodes, then along their rows.
    const half = inPowers((row, column) => values[2 * (row * COUNT + column) + axis] ?? 0);
    coefficients.set(
      inPowers((column, row) => half[column * COUNT + row] ?? 0),
      axis * COUNT * COUNT,
    );
  }
  const patch = { rectangle, coefficients };
  const wanted = values.subarray(2 * COUNT * COUNT);
  const found = Float64Array.from(PROBES.flatMap(([u, v]) => placeIn(rectangle, u, v)));
  mapPlaces(patch, found, 0, found.length, found);
  const isRight = found.every((value, at) => Math.abs(value - (wanted[at] ?? Number.NaN)) <= tolerance);
  return isRight ? patch : undefined;
}

/** Maps places of a patch, x, y, x, y, from one number of an array up to another, to the same place of another array. */
export function mapPlaces(
  { rectangle, coefficients }: Patch,
  places: Float64Array,
  from: number,
  to: number,
  into: Float64Array,
): void {
  const { x, y, halfWidth, halfHeight } = middleOf(rectangle);
  for (let at = from; at < to; at += 2) {
    const u = ((places[at] ?? 0) - x) / halfWidth;
    const v = ((places[at + 1] ?? 0) - y) / halfHeight;
    into[at] = evaluate(coefficients, 0, u, v);
    into[at + 1] = evaluate(coefficients, COUNT * COUNT, u, v);
  }
}

const middleOf = ({ west, south, east, north }: Rectangle) => ({
  x: (west + east) / 2,
  y: (south + north) / 2,
  halfWidth: (east - west) / 2,
  halfHeight: (north - south) / 2,
});

/** The place of a rectangle with coordinates from -1 to 1. */
function placeIn(rectangle: Rectangle, u: number, v: number): Place {
  const { x, y, halfWidth, halfHeight } = middleOf(rectangle);
  return [x + halfWidth * u, y + halfHeight * v];
}

/** Nodes along a side: the polynomial's degree is one less. */
const COUNT = 6;

const NODES = Array.from({ length: COUNT }, (_, node) => Math.cos((Math.PI * (node + 0.5)) / COUNT));

/** Beyond the nodes, at the corners, and between. */
const PROBES: readonly Place[] = [
  [-0.999, -0.999],
  [0.999, -0.999],
  [-0.999, 0.999],
  [0.999, 0.999],
  [0.2, -0.3],
];

/** What the value at a node adds to the coefficient of each power: the powers of Lagrange's polynomials, one after the other. */
const POWERS = NODES.flatMap((node, index) => {
  let polynomial = [1];
  for (const [other, place] of NODES.entries()) {
    if (other === index) continue;
    const scaled = polynomial.map((value) => value / (node - place));
    polynomial = [0, ...scaled].map((value, power) => value - place * (scaled[power] ?? 0));
  }
  return polynomial;
});

/** Coefficients of the powers of polynomials, one a line after the other, each known by its values at the nodes of the line. */
function inPowers(valueAt: (node: number, line: number) => number): Float64Array {
  const coefficients = new Float64Array(COUNT * COUNT);
  for (let line = 0; line < COUNT; line++) {
    for (let node = 0; node < COUNT; node++) {
      const value = valueAt(node, line);
      for (let power = 0; power < COUNT; power++) {
        const at = line * COUNT + power;
        coefficients[at] = (coefficients[at] ?? 0) + (POWERS[node * COUNT + power] ?? 0) * value;
      }
    }
  }
  return coefficients;
}

/** Sum of coefficients times powers of v (rows) and u (columns). */
function evaluate(coefficients: Float64Array, from: number, u: number, v: number): number {
  let sum = 0;
  for (let row = COUNT - 1; row >= 0; row--) {
    const at = from + row * COUNT;
    // Written out: a loop over these six takes twice as long.
    const last = (coefficients[at + 5] ?? 0) * u + (coefficients[at + 4] ?? 0);
    const middle = (last * u + (coefficients[at + 3] ?? 0)) * u + (coefficients[at + 2] ?? 0);
    sum = sum * v + (middle * u + (coefficients[at + 1] ?? 0)) * u + (coefficients[at] ?? 0);
  }
  return sum;
}
