import type { Box } from "./edges.ts";
import { boxAround, type GeometryColumn, KIND } from "./geometry-column.ts";

/** Points by the cells of a grid, in memory that threads share: of those near a place, whole cells are counted at once. */
export interface PointGrid {
  readonly minX: number;
  readonly minY: number;
  /** Sides of a cell. */
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly lines: number;
  /** Where the points of each cell begin, line after line of cells; one more than there are cells. */
  readonly starts: Uint32Array;
  /** x and y of each point, cell after cell. */
  readonly places: Float64Array;
}

/** Whether a place is near another one. Those that are must fill an outline without dents. */
export type IsNear = (x: number, y: number) => boolean;

/** The points of a column of points in cells with such sides, or with greater ones where cells would be far more than points. */
export function gridOf(column: GeometryColumn, width: number, height: number): PointGrid {
  const { boxes } = column;
  const rows = Uint32Array.from(column.kinds.keys()).filter((row) => column.kinds[row] !== KIND.NONE);
  const cells = layOut(boxAround(column, 0, column.length), rows.length, width, height);
  const starts = new Uint32Array(new SharedArrayBuffer(4 * (cells.columns * cells.lines + 1)));
  const places = new Float64Array(new SharedArrayBuffer(16 * rows.length));
  const cellOfEach = rows.map(
    (row) => lineOf(cells, boxes[4 * row + 1] ?? 0) * cells.columns + columnOf(cells, boxes[4 * row] ?? 0),
  );
  for (const cell of cellOfEach) starts[cell + 1] = (starts[cell + 1] ?? 0) + 1;
  for (let cell = 1; cell < starts.length; cell++)
    starts[cell] = (starts[cell] ?? 0) + (starts[cell - 1] ?? 0);
  const next = starts.slice();
  for (const [position, cell] of cellOfEach.entries()) {
    const [row = 0, at = 0] = [rows[position], next[cell]];
    places[2 * at] = boxes[4 * row] ?? 0;
    places[2 * at + 1] = boxes[4 * row + 1] ?? 0;
    next[cell] = at + 1;
  }
  return { ...cells, starts, places };
}

type Cells = Omit<PointGrid, "starts" | "places">;

/** Cells for each point, at most. */
const CELLS_A_POINT = 4;

function layOut({ minX, minY, maxX, maxY }: Box, points: number, width: number, height: number): Cells {
  const cellsOf = (times: number): Cells => ({
    minX,
    minY,
    width: times * width,
    height: times * height,
    columns: Math.floor((maxX - minX) / (times * width)) + 1,
    lines: Math.floor((maxY - minY) / (times * height)) + 1,
  });
  let times = 1;
  while (cellsOf(times).columns * cellsOf(times).lines > CELLS_A_POINT * points) times *= 2;
  return cellsOf(times);
}

const columnOf = ({ minX, width, columns }: Cells, x: number): number =>
  Math.min(columns - 1, Math.max(0, Math.floor((x - minX) / width)));

const lineOf = ({ minY, height, lines }: Cells, y: number): number =>
  Math.min(lines - 1, Math.max(0, Math.floor((y - minY) / height)));

/** Number of the points near a place, none of which is farther from it than the reaches. */
export function countNear(
  grid: PointGrid,
  [x, y]: readonly [x: number, y: number],
  [reachX, reachY]: readonly [x: number, y: number],
  isNear: IsNear,
): number {
  const lastLine = lineOf(grid, y + reachY);
  let count = 0;
  for (let line = lineOf(grid, y - reachY); line <= lastLine; line++) {
    let first = columnOf(grid, x - reachX);
    let last = columnOf(grid, x + reachX);
    // Cells that are wholly near lie side by side.
    for (; first <= last && !isWhollyNear(grid, first, line, isNear); first++)
      count += countInCell(grid, first, line, isNear);
    for (; first < last && !isWhollyNear(grid, last, line, isNear); last--)
      count += countInCell(grid, last, line, isNear);
    if (first <= last) count += startOf(grid, last + 1, line) - startOf(grid, first, line);
  }
  return count;
}

/** Where the points of a cell begin, or end those of the cell before. */
const startOf = ({ columns, starts }: PointGrid, column: number, line: number): number =>
  starts[line * columns + column] ?? 0;

/** How far beyond its sides a cell is taken to reach, as a share of them: a point may lie there by rounding. */
const ROUNDING = 1e-6;

function isWhollyNear(
  { minX, minY, width, height }: PointGrid,
  column: number,
  line: number,
  isNear: IsNear,
) {
  const west = minX + (column - ROUNDING) * width;
  const east = minX + (column + 1 + ROUNDING) * width;
  const south = minY + (line - ROUNDING) * height;
  const north = minY + (line + 1 + ROUNDING) * height;
  return isNear(west, south) && isNear(east, south) && isNear(west, north) && isNear(east, north);
}

function countInCell(grid: PointGrid, column: number, line: number, isNear: IsNear): number {
  const { places } = grid;
  const end = 2 * startOf(grid, column + 1, line);
  let count = 0;
  for (let at = 2 * startOf(grid, column, line); at < end; at += 2)
    if (isNear(places[at] ?? 0, places[at + 1] ?? 0)) count++;
  return count;
}
