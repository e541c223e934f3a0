import { randomFrom } from "./random.ts";

/** A place on the plan of the dummy town, from 0 to 1 from west to east and from south to north. */
export type Place = readonly [east: number, north: number];

/** Longitude and latitude. */
type Degrees = readonly [longitude: number, latitude: number];

/** Cells along a side of the plan, by rank: each rank's cells are made up of those of the rank below. */
const CELLS = [12, 4, 2, 1] as const;
const [SIDE] = CELLS;

/** Corners along a cell: so fine that rows of cells stand to each other like bricks, and that no border is straight. */
const ACROSS = 3;
const UP = 2;

/** How far corners are moved, in cells; less than the way from a cell's border to the middle of its {@link plots}. */
export const MOVED = 0.15;

/** Middle and radius of the town, in degrees: a place in the North Sea, where no data of a city can lie. */
const MIDDLE: Degrees = [1.62, 53.62];
const RADIUS = 0.064;
const STRETCH = 1 / Math.cos((MIDDLE[1] * Math.PI) / 180);

/** A corner of cells, counted from the plan's south-west. */
type Corner = readonly [across: number, up: number];

/** One cell of the plan, with the corners that it begins and ends at. */
interface Cell {
  readonly from: Corner;
  readonly to: Corner;
}

const cells: readonly Cell[] = Array.from({ length: SIDE * SIDE }, (_, index) => {
  const [column, row] = [index % SIDE, Math.floor(index / SIDE)];
  // Every second row is moved, so that three cells meet where four would.
  const border = (at: number) => ACROSS * at + (at > 0 && at < SIDE ? row % 2 : 0);
  return { from: [border(column), UP * row], to: [border(column + 1), UP * (row + 1)] };
});

/** How many areas of a rank make up the town. */
export const tileCount = (rank: number): number => sideOf(rank) ** 2;

const sideOf = (rank: number): number => CELLS[Math.min(rank, CELLS.length - 1)] ?? 1;

/** An area of a rank: the corners of its border, and a place in its middle. Those of a higher rank are made up of those below. */
export function tile(
  rank: number,
  index: number,
): { readonly ring: readonly Degrees[]; readonly middle: Place } {
  const side = sideOf(rank);
  const block = SIDE / side;
  const [column, row] = [index % side, Math.floor(index / side)];
  const inside = cells.filter(
    (_, cell) =>
      Math.floor((cell % SIDE) / block) === column && Math.floor(Math.floor(cell / SIDE) / block) === row,
  );
  return {
    ring: outline(inside.map(ringOf)).map((corner) => onEarth(placeOf(corner))),
    middle: [(column + 0.5) / side, (row + 0.5) / side],
  };
}

/** So many plots are in each cell of the lowest rank, none of which touches another or the cell's border. */
export const PLOTS = 4;

/** A plot of a cell: the place in its middle, and how far it reaches from there, in parts of the plan. */
export function plot(index: number): { readonly middle: Place; readonly reach: number } {
  const cell = cells[Math.floor(index / PLOTS) % cells.length];
  if (!cell) throw new RangeError(`there is no plot ${index}`);
  const [west, east] = [cell.from[0] / ACROSS, cell.to[0] / ACROSS];
  const [column, row] = [index % 2, Math.floor(index / 2) % 2];
  const free = [east - west - 2 * MOVED, 1 - 2 * MOVED] as const;
  const middle: Place = [
    (west + MOVED + free[0] * (0.25 + column / 2)) / SIDE,
    (cell.from[1] / UP + MOVED + free[1] * (0.25 + row / 2)) / SIDE,
  ];
  return { middle, reach: (0.22 * Math.min(...free)) / SIDE };
}

/** Where a place of the plan lies: the town is round, its cells are small in the middle, and nothing in it is straight. */
export function onEarth([east, north]: Place): Degrees {
  const [x, y] = [2 * east - 1, 2 * north - 1];
  const [across, up] = [x * Math.sqrt(1 - 0.45 * y * y), y * Math.sqrt(1 - 0.45 * x * x)];
  const apart = 0.6 + 0.4 * (across * across + up * up);
  const bent: Degrees = [
    across * apart + 0.07 * Math.sin(3.1 * up + 0.6) + 0.03 * Math.sin(7.3 * up),
    up * apart + 0.08 * Math.sin(2.3 * across - 0.4) + 0.03 * Math.sin(6.1 * across),
  ];
  return [
    rounded(MIDDLE[0] + RADIUS * STRETCH * 1.1 * bent[0]),
    rounded(MIDDLE[1] + RADIUS * 0.95 * (bent[1] - 0.25 * bent[0])),
  ];
}

/** Corners of neighbours must be the same number whichever cell they are computed from. */
const rounded = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

/** A corner where it has been moved to, which is the same for all who share it. */
function placeOf([across, up]: Corner): Place {
  const random = randomFrom(1000 * across + up);
  const moved = () => (2 * random() - 1) * MOVED;
  return [(across / ACROSS + moved()) / SIDE, (up / UP + moved()) / SIDE];
}

/** The corners along the border of a cell, against the clock. */
function ringOf({ from, to }: Cell): Corner[] {
  const [[west, south], [east, north]] = [from, to];
  const along = (length: number) => Array.from({ length }, (_, step) => step);
  return [
    ...along(east - west).map((step): Corner => [west + step, south]),
    ...along(north - south).map((step): Corner => [east, south + step]),
    ...along(east - west).map((step): Corner => [east - step, north]),
    ...along(north - south).map((step): Corner => [west, north - step]),
  ];
}

/** The border of several cells together: what two of them share is none. */
function outline(rings: readonly (readonly Corner[])[]): Corner[] {
  const edges = new Map<string, readonly [Corner, Corner]>();
  for (const ring of rings)
    for (const [index, corner] of ring.entries()) {
      const next = ring[(index + 1) % ring.length] ?? corner;
      if (!edges.delete(`${next} ${corner}`)) edges.set(`${corner} ${next}`, [corner, next]);
    }
  const onwards = new Map([...edges.values()].map(([corner, next]) => [String(corner), next]));
  const [first] = [...edges.values()].map(([corner]) => corner);
  const border: Corner[] = [];
  for (let at = first; at && border.length < edges.size; at = onwards.get(String(at))) border.push(at);
  return border;
}
