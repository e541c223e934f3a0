import type { ContractInput } from "./contract.ts";

/** A subject of the dummy town. */
export interface DummySubject {
  readonly label: string;
  readonly name: string;
  /** Well-known text; longitude and latitude. */
  readonly shape: string;
}

/** South-west corner and side of the town, in degrees: a square in the North Sea, where no data of a city can lie. */
const WEST = 1.5;
const SOUTH = 53.5;
const SIDE = 0.24;

/** Cells along a side of the town, by rank: each rank's cells are made up of those of the rank below. */
const CELLS = [12, 4, 2, 1];

const POINTS = 600;
const LINES = 240;
/** Areas that do not tile the town, such as parks: so many, so small that they lie within one cell of the lowest rank. */
const PATCHES = 400;

/** The subjects of an input: areas that tile the town, patches inside them, lines or points. */
export function dummySubjects(input: ContractInput, tiles: boolean, random: () => number): DummySubject[] {
  const shapes =
    input.shape === "area"
      ? tiles
        ? tilesOf(input.rank)
        : Array.from({ length: PATCHES }, () => patch(random))
      : input.shape === "line"
        ? Array.from({ length: LINES }, () => line(random))
        : Array.from({ length: POINTS }, () => `POINT (${place(random)} ${place(random, SOUTH)})`);
  return shapes.map((shape, index) => ({
    label: labelOf(input, index),
    name: nameOf(input, index, shapes.length),
    shape,
  }));
}

function tilesOf(rank: number): string[] {
  const cells = CELLS[Math.min(rank, CELLS.length - 1)] ?? 1;
  const step = SIDE / cells;
  return Array.from({ length: cells * cells }, (_, index) =>
    square(WEST + step * (index % cells), SOUTH + step * Math.floor(index / cells), step),
  );
}

function square(west: number, south: number, side: number): string {
  const [east, north] = [west + side, south + side].map(rounded);
  const [w, s] = [west, south].map(rounded);
  return `POLYGON ((${w} ${s}, ${east} ${s}, ${east} ${north}, ${w} ${north}, ${w} ${s}))`;
}

/** Corners of neighbours must be the same number whichever cell they are computed from. */
const rounded = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

const place = (random: () => number, start = WEST): number => rounded(start + SIDE * random());

function patch(random: () => number): string {
  const cells = CELLS[0] ?? 1;
  const step = SIDE / cells;
  const side = step * (0.1 + 0.4 * random());
  const corner = (start: number) => start + step * Math.floor(random() * cells) + (step - side) * random();
  return square(corner(WEST), corner(SOUTH), side);
}

function line(random: () => number): string {
  const [x, y] = [place(random), place(random, SOUTH)];
  const bend = () => (random() - 0.5) * 0.04;
  const points = [
    [x, y],
    [x + bend(), y + bend()],
    [x + bend(), y + bend()],
  ];
  return `LINESTRING (${points.map((point) => point.map(rounded).join(" ")).join(", ")})`;
}

/** Labels that the recipe's own pattern chooses, so that it finds its subjects. */
function labelOf({ labels, subjectType }: ContractInput, index: number): string {
  const pattern = labels[index % Math.max(1, labels.length)];
  if (pattern === undefined) return `DUMMY-${subjectType}-${String(index + 1).padStart(4, "0")}`;
  return filled(pattern, String(index + 1).padStart(4, "0"));
}

function nameOf({ names, title }: ContractInput, index: number, count: number): string {
  const pattern = names[index % Math.max(1, names.length)];
  if (pattern === undefined) return `Dummy ${title} ${index + 1}`;
  // A name without a wildcard is that of one subject; it goes to the first.
  if (!/[%_]/.test(pattern)) return index < names.length ? pattern : `Dummy ${title} ${index + 1}`;
  return filled(pattern, count > 1 ? ` ${index + 1}` : "");
}

const filled = (pattern: string, text: string): string =>
  pattern.replace(/%+/, text).replaceAll("%", "").replaceAll("_", "0");
