import type { Geometry, GeometryKind } from "@tombolo/bundle";
import { type FlatGeometry, readWkb } from "../engine/wkb.ts";
import { chooseProjection } from "./projection.ts";

/** Metres that one unit of a drawn map is: finer than any screen shows. */
const SCALE = 0.1;

const RANK: Readonly<Record<GeometryKind, number>> = { point: 0, line: 1, polygon: 2 };

/**
 * Shapes in longitude and latitude as the geometry of a map, in a projected system. All features of a map are of one kind:
 * that of the highest dimension; others, and null, become features without points.
 */
export function projectShapes(shapes: readonly (Uint8Array | null)[]): { geometry: Geometry; crs: string } {
  const flat = shapes.map((shape) => (shape ? readWkb(shape) : undefined));
  const kind = flat.reduce<GeometryKind>(
    (highest, each) => (each && RANK[each.kind] > RANK[highest] ? each.kind : highest),
    "point",
  );
  const drawn = flat.map((each) => (each?.kind === kind ? each : undefined));
  const [west, south, east, north] = extent(drawn);
  const { crs, project } = chooseProjection(west, south, east, north);
  const [originX, originY] = project((west + east) / 2, (south + north) / 2).map((value) =>
    Number.isFinite(value) ? Math.round(value) : 0,
  );
  const featureEnds = new Uint32Array(drawn.length);
  const partEnds: number[] = [];
  const coordinates: number[] = [];
  drawn.forEach((each, feature) => {
    if (each)
      appendFeature(each, partEnds, coordinates, (longitude, latitude) => {
        const [x, y] = project(longitude, latitude);
        return [toUnits(x - (originX ?? 0)), toUnits(y - (originY ?? 0))];
      });
    featureEnds[feature] = partEnds.length;
  });
  return {
    crs,
    geometry: {
      kind,
      originX: originX ?? 0,
      originY: originY ?? 0,
      scale: SCALE,
      featureEnds,
      partEnds: Uint32Array.from(partEnds),
      coordinates: Int32Array.from(coordinates),
    },
  };
}

function appendFeature(
  { coordinates: source, ends }: FlatGeometry,
  partEnds: number[],
  coordinates: number[],
  place: (longitude: number, latitude: number) => [number, number],
): void {
  let point = 0;
  for (const end of ends) {
    for (; point < end; point++)
      coordinates.push(...place(source[2 * point] ?? 0, source[2 * point + 1] ?? 0));
    partEnds.push(coordinates.length / 2);
  }
}

function toUnits(metres: number): number {
  const units = Math.round(metres / SCALE);
  // What a projection sends to infinity must not wrap around in 32 bits.
  return Number.isFinite(units) ? Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, units)) : 0;
}

function extent(shapes: readonly (FlatGeometry | undefined)[]): [number, number, number, number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const shape of shapes) {
    for (let index = 0; index < (shape?.coordinates.length ?? 0); index += 2) {
      const longitude = shape?.coordinates[index] ?? 0;
      const latitude = shape?.coordinates[index + 1] ?? 0;
      box[0] = Math.min(box[0], longitude);
      box[1] = Math.min(box[1], latitude);
      box[2] = Math.max(box[2], longitude);
      box[3] = Math.max(box[3], latitude);
    }
  }
  return box[2] >= box[0] ? box : [0, 0, 0, 0];
}
