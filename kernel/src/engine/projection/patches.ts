/**
 * A smooth map of the plane onto itself, such as a map projection, known by its values at a few points of each of many small
 * squares. Inside a square it is a polynomial through these points, which for degrees and metres differs from PROJ by no more than
 * PROJ's own rounding, some 1e-8 m: the projection is asked some thousand times instead of once for each corner of each shape.
 */
export class Patches {
  readonly #size: number;
  readonly #squares = new Map<number, Float64Array>();

  /** `size` is the side of a square. */
  constructor(size: number) {
    this.#size = size;
  }

  /** Number of squares that are known. */
  get count(): number {
    return this.#squares.size;
  }

  /** Whether the values at the nodes of a square have been taken. */
  knows(square: number): boolean {
    return this.#squares.has(square);
  }

  /** Number of the square in which a place lies. */
  squareOf(x: number, y: number): number {
    return Math.floor(y / this.#size) * ROW + Math.floor(x / this.#size);
  }

  /** The squares of the rectangle around some; none when there are more than so many. */
  squaresAround(squares: readonly number[], most: number): number[] {
    const lines = squares.map((square) => Math.round(square / ROW));
    const columns = squares.map((square, index) => square - (lines[index] ?? 0) * ROW);
    const [firstLine, lastLine] = [Math.min(...lines), Math.max(...lines)];
    const [first, last] = [Math.min(...columns), Math.max(...columns)];
    const width = last - first + 1;
    const count = (lastLine - firstLine + 1) * width;
    if (count > most) return [];
    return Array.from(
      { length: count },
      (_, index) => (firstLine + Math.floor(index / width)) * ROW + first + (index % width),
    );
  }

  /** The places at which a square must be known: x and y of each. */
  nodesOf(square: number): [x: number, y: number][] {
    const { x, y } = this.#centreOf(square);
    const half = this.#size / 2;
    return NODES.flatMap((v) => NODES.map((u): [number, number] => [x + half * u, y + half * v]));
  }

  /** Places at which to see whether a square's polynomial is right. */
  probesOf(square: number): [x: number, y: number][] {
    const { x, y } = this.#centreOf(square);
    const half = this.#size / 2;
    return PROBES.map(([u, v]): [number, number] => [x + half * u, y + half * v]);
  }

  /** Takes the values at the nodes of a square: x and y of each, in their order. */
  learn(square: number, values: Float64Array): void {
    const coefficients = new Float64Array(2 * COUNT * COUNT);
    for (let axis = 0; axis < 2; axis++) {
      // First along the columns of nodes, then along their rows.
      const half = inPowers((row, column) => values[2 * (row * COUNT + column) + axis] ?? 0);
      coefficients.set(
        inPowers((column, row) => half[column * COUNT + row] ?? 0),
        axis * COUNT * COUNT,
      );
    }
    this.#squares.set(square, coefficients);
  }

  /** Maps places of one square, x, y, x, y, from one number of an array up to another, to the same place of another array. */
  map(square: number, places: Float64Array, from: number, to: number, into: Float64Array): void {
    const coefficients = this.#squares.get(square);
    if (!coefficients) throw new Error("a square is not known");
    const centre = this.#centreOf(square);
    const half = this.#size / 2;
    for (let at = from; at < to; at += 2) {
      const u = ((places[at] ?? 0) - centre.x) / half;
      const v = ((places[at + 1] ?? 0) - centre.y) / half;
      into[at] = evaluate(coefficients, 0, u, v);
      into[at + 1] = evaluate(coefficients, COUNT * COUNT, u, v);
    }
  }

  #centreOf(square: number): { x: number; y: number } {
    const row = Math.round(square / ROW);
    return { x: (square - row * ROW + 0.5) * this.#size, y: (row + 0.5) * this.#size };
  }
}

/** Squares of a row are numbered from the middle; this is more than there are. */
const ROW = 2 ** 20;

/** Nodes along a side: the polynomial's degree is one less. */
const COUNT = 6;

const NODES = Array.from({ length: COUNT }, (_, node) => Math.cos((Math.PI * (node + 0.5)) / COUNT));

const PROBES = [
  [-0.999, -0.999],
  [0.999, -0.999],
  [-0.999, 0.999],
  [0.999, 0.999],
  [0.2, -0.3],
] as const;

/** What the value at a node adds to the coefficient of a power: the powers of Lagrange's polynomials. */
const POWERS = NODES.map((node, index) => {
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
    for (const [node, powers] of POWERS.entries()) {
      const value = valueAt(node, line);
      for (const [power, weight] of powers.entries())
        coefficients[line * COUNT + power] = (coefficients[line * COUNT + power] ?? 0) + weight * value;
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
