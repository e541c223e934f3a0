import { type GeometryColumn, withCoordinates } from "../operators/geometry-column.ts";
import { type Cell, KnownProjection } from "./known-projection.ts";
import { mapPlaces, type Place } from "./patch.ts";
import type { ProjectPlaces } from "./project.ts";
import { squareOf } from "./squares.ts";
import { partAt } from "./steps.ts";

/** In more squares than this it is quicker to project each corner. */
const MOST_SQUARES = 5000;

/**
 * The shapes of a column in another coordinate system. Where the way there is uneven, corners are projected one by one; undefined
 * when that is so for many of them, or when the shapes lie far apart.
 */
export async function projectColumn(
  column: GeometryColumn,
  project: ProjectPlaces,
  known: KnownProjection = new KnownProjection(),
): Promise<GeometryColumn | undefined> {
  const places = column.coordinates;
  const runs = runsOf(places);
  const squares = [...new Set(runs.squares)];
  if (squares.length > MOST_SQUARES || !(await known.learn(squares, places.length / 64, project)))
    return undefined;
  const coordinates = new Float64Array(new SharedArrayBuffer(8 * places.length));
  const others: number[] = [];
  let from = 0;
  runs.ends.forEach((end, run) => {
    const cell = known.cell(runs.squares[run] ?? Number.NaN);
    mapRun(cell, places, from, end, coordinates, others);
    from = end;
  });
  if (others.length * 10 > places.length) return undefined;
  const exact = await project(others.map((at) => placeAt(places, at)));
  if (!exact.every(Number.isFinite)) return undefined;
  for (const [position, at] of others.entries())
    coordinates.set(exact.subarray(2 * position, 2 * position + 2), at);
  return withCoordinates(column, coordinates);
}

const placeAt = (places: Float64Array, at: number): Place => [places[at] ?? 0, places[at + 1] ?? 0];

/** Maps the places of a square from one number of their array up to another; `others` takes the numbers of those that it cannot. */
function mapRun(
  { steps, patches }: Cell,
  places: Float64Array,
  from: number,
  to: number,
  into: Float64Array,
  others: number[],
): void {
  const [whole] = patches;
  if (whole && patches.length === 1) {
    mapPlaces(whole, places, from, to, into);
    return;
  }
  for (let at = from; at < to; at += 2) {
    const patch = patches[partAt(steps, ...placeAt(places, at)) ?? -1];
    if (patch) mapPlaces(patch, places, at, at + 2, into);
    else others.push(at);
  }
}

/** Places that follow each other in the same square: corners of a shape mostly do. */
interface Runs {
  readonly squares: number[];
  /** Where each ends in the array of the places. */
  readonly ends: number[];
}

function runsOf(places: Float64Array): Runs {
  const runs: Runs = { squares: [], ends: [] };
  let last: number | undefined;
  for (let at = 0; at < places.length; at += 2) {
    const square = squareOf(places[at] ?? 0, places[at + 1] ?? 0);
    if (square === last) continue;
    if (last !== undefined) runs.ends.push(at);
    runs.squares.push(square);
    last = square;
  }
  if (last !== undefined) runs.ends.push(places.length);
  return runs;
}
