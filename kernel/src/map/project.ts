import type { Geometry } from "@tombolo/bundle";
import { onGrid } from "./grid.ts";
import { chooseProjection, type Extent, findProjection, type Projection } from "./projection.ts";
import type { Shapes } from "./shapes.ts";

/** More points than these are projected on a grid. */
const MOST_EXACT = 5000;

/** How the layers of one map become geometry: all in the same system and with the same origin. */
export interface Placing {
  readonly projection: Projection;
  readonly extent: Extent;
  /** Metres that one unit of the coordinates is. */
  readonly unit: number;
}

/** A system in which all shapes can be drawn, or the one that is wanted. */
export function placeShapes(layers: readonly Shapes[], wanted?: string): Placing {
  const extent = extentOf(layers);
  const projection = wanted === undefined ? chooseProjection(extent) : findProjection(wanted);
  const [left, bottom] = projection.project(extent.west, extent.south);
  const [right, top] = projection.project(extent.east, extent.north);
  const size = Math.max(Math.abs(right - left), Math.abs(top - bottom));
  return { projection, extent, unit: unitFor(Number.isFinite(size) ? size : 4e7) };
}

/** A round length, about a millionth of the extent: finer than any screen shows it. */
function unitFor(metres: number): number {
  const wanted = Math.max(0.01, metres / 1e6);
  const power = 10 ** Math.floor(Math.log10(wanted));
  return power * ([5, 2, 1].find((digit) => digit * power <= wanted * 1.001) ?? 1);
}

/** Shapes as geometry, without points that fall together and without the point that closes a ring. */
export function projectShapes(shapes: Shapes, { projection, extent, unit }: Placing): Geometry {
  const { degrees, kind } = shapes;
  const { project } = degrees.length > 2 * MOST_EXACT ? onGrid(projection, extent) : projection;
  const middle = projection.project((extent.west + extent.east) / 2, (extent.south + extent.north) / 2);
  const [originX, originY] = middle.map((metres) => (Number.isFinite(metres) ? Math.round(metres) : 0)) as [
    number,
    number,
  ];
  const coordinates = new Int32Array(degrees.length);
  const partEnds = new Uint32Array(shapes.partEnds.length);
  let [count, point] = [0, 0];
  shapes.partEnds.forEach((end, part) => {
    const start = count;
    for (; point < end; point++) {
      const longitude = degrees[2 * point] ?? 0;
      const [x, y] = project(
        longitude < extent.west - 1e-9 ? longitude + 360 : longitude,
        degrees[2 * point + 1] ?? 0,
      );
      const [unitX, unitY] = [toUnits((x - originX) / unit), toUnits((y - originY) / unit)];
      const same =
        count > start && coordinates[2 * count - 2] === unitX && coordinates[2 * count - 1] === unitY;
      if (same && kind !== "point") continue;
      coordinates[2 * count] = unitX;
      coordinates[2 * count + 1] = unitY;
      count++;
    }
    if (kind === "polygon" && count - start > 1 && isSame(coordinates, start, count - 1)) count--;
    partEnds[part] = count;
  });
  return {
    ...{ kind, originX, originY, scale: unit },
    ...{ featureEnds: shapes.featureEnds, partEnds, coordinates: coordinates.slice(0, 2 * count) },
  };
}

function isSame(coordinates: Int32Array, one: number, other: number): boolean {
  return (
    coordinates[2 * one] === coordinates[2 * other] && coordinates[2 * one + 1] === coordinates[2 * other + 1]
  );
}

function toUnits(value: number): number {
  const units = Math.round(value);
  // What a projection sends to infinity must not wrap around in 32 bits.
  return Number.isFinite(units) ? Math.max(-(2 ** 30), Math.min(2 ** 30, units)) : 0;
}

/** The extent of all points. Across the date line it goes on east of 180°, when that makes it narrower. */
function extentOf(layers: readonly Shapes[]): Extent {
  const extent = layers.map(({ degrees }) => layerExtent(degrees)).reduce(union, NOWHERE);
  if (!(extent.east >= extent.west)) return { west: 0, south: 0, east: 0, north: 0 };
  const cut = extent.east - extent.west > 180 ? dateLineCut(layers) : undefined;
  return cut === undefined ? extent : { ...extent, ...acrossDateLine(layers, cut) };
}

const NOWHERE: Extent = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };

function union(one: Extent, other: Extent): Extent {
  return {
    west: Math.min(one.west, other.west),
    south: Math.min(one.south, other.south),
    east: Math.max(one.east, other.east),
    north: Math.max(one.north, other.north),
  };
}

function layerExtent(degrees: Float64Array): Extent {
  let { west, south, east, north } = NOWHERE;
  for (let index = 0; index < degrees.length; index += 2) {
    const [x, y] = [degrees[index] ?? 0, degrees[index + 1] ?? 0];
    if (x < west) west = x;
    if (x > east) east = x;
    if (y < south) south = y;
    if (y > north) north = y;
  }
  return { west, south, east, north };
}

/** Where the widest empty stretch of longitude ends, when it is so wide that the rest fits half the globe. */
function dateLineCut(layers: readonly Shapes[]): number | undefined {
  const occupied = new Uint8Array(360);
  for (const { degrees } of layers)
    for (let index = 0; index < degrees.length; index += 2)
      occupied[Math.max(0, Math.min(359, Math.floor((degrees[index] ?? 0) + 180)))] = 1;
  let [widest, end, run] = [0, 0, 0];
  occupied.forEach((here, degree) => {
    run = here ? 0 : run + 1;
    if (run > widest) {
      widest = run;
      end = degree + 1;
    }
  });
  return widest > 180 && end < 360 ? end - 180 : undefined;
}

function acrossDateLine(layers: readonly Shapes[], cut: number): { west: number; east: number } {
  let [west, east] = [Infinity, -Infinity];
  for (const { degrees } of layers) {
    for (let index = 0; index < degrees.length; index += 2) {
      const x = degrees[index] ?? 0;
      const turned = x < cut ? x + 360 : x;
      west = Math.min(west, turned);
      east = Math.max(east, turned);
    }
  }
  return { west, east };
}
