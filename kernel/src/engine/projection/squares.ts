import type { Rectangle } from "./patch.ts";

/** Side of the squares in which a projection is taken for a polynomial, in degrees. */
const SIZE = 0.5;

/** Where a square begins: on no hundredth of a degree, since a projection may have its steps there. */
const ORIGIN = 0.005;

/** Squares of a row are numbered from the middle; this is more than there are. */
const ROW = 2 ** 20;

/** Number of the square in which a place lies. */
export const squareOf = (x: number, y: number): number =>
  Math.floor((y - ORIGIN) / SIZE) * ROW + Math.floor((x - ORIGIN) / SIZE);

/** The rectangle that a square is. */
export function rectangleOf(square: number): Rectangle {
  const row = Math.round(square / ROW);
  const [west, south] = [ORIGIN + (square - row * ROW) * SIZE, ORIGIN + row * SIZE];
  return { west, south, east: west + SIZE, north: south + SIZE };
}

/** The squares of the rectangle around some; none when there are more than so many. */
export function squaresAround(squares: readonly number[], most: number): number[] {
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
