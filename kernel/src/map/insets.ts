import {
  type Box,
  featureBounds,
  type Geometry,
  toMetres,
  wholeBounds,
} from "@tombolo/bundle/geometry/geometry";
import type { MapInset } from "@tombolo/bundle/map/spec";
import type { Size } from "@tombolo/bundle/paint/view";
import { UserError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import type { InsetOption, MapOptions } from "./options.ts";
import type { Placing } from "./project.ts";

/** Middles of cities, in longitude and latitude, and how far around them an inset shows, in kilometres. */
const CITIES: Readonly<Record<string, readonly [number, number, number]>> = {
  London: [-0.12, 51.5, 26],
  Birmingham: [-1.89, 52.48, 18],
  Manchester: [-2.24, 53.48, 18],
  Leeds: [-1.55, 53.8, 14],
  Liverpool: [-2.97, 53.41, 14],
  Newcastle: [-1.61, 54.98, 14],
  Sheffield: [-1.47, 53.38, 12],
  Nottingham: [-1.15, 52.95, 12],
  Bristol: [-2.59, 51.45, 12],
  Cardiff: [-3.18, 51.48, 12],
  Glasgow: [-4.25, 55.86, 16],
  Edinburgh: [-3.19, 55.95, 12],
  Belfast: [-5.93, 54.6, 12],
  Dublin: [-6.26, 53.35, 16],
  Paris: [2.35, 48.86, 22],
  Berlin: [13.4, 52.52, 24],
  Madrid: [-3.7, 40.42, 20],
};

/** Cities that an inset can be asked for by name. */
export const INSET_CITIES = Object.keys(CITIES);

const MOST_INSETS = 3;

/** Areas narrower than this, in pixels of the whole map, show nothing of a city. */
const NARROW_PIXELS = 3;

/** The parts of a map that are shown larger beside it. */
export function chooseInsets(
  wanted: "auto" | readonly InsetOption[] | undefined,
  geometry: Geometry,
  placing: Placing,
  size: Size,
): MapInset[] {
  if (wanted === undefined) return [];
  if (wanted !== "auto") return wanted.map((inset) => describeInset(inset, placing));
  return crowdedCities(geometry, placing, size);
}

function describeInset(inset: InsetOption, { projection }: Placing): MapInset {
  if (typeof inset === "string") return { title: cityName(inset), box: cityBox(cityName(inset), projection) };
  return { title: inset.title, box: projectedBox(inset.box, projection) };
}

/** The box of what is to be seen first, in the map's coordinate system. */
export function chooseExtent(
  wanted: NonNullable<MapOptions["extent"]>,
  { projection }: Pick<Placing, "projection">,
): Box {
  if (typeof wanted === "string") return cityBox(cityName(wanted, "extent"), projection);
  const [west, south, east, north] = wanted;
  if (wanted.every(Number.isFinite) && west < east && south < north) return projectedBox(wanted, projection);
  throw new UserError("An extent is west, south, east, north in degrees, such as -0.5,51.3,0.3,51.7", {
    where: "extent",
  });
}

/** The box around a box of west, south, east, north in degrees. */
function projectedBox([west, south, east, north]: Degrees, { project }: Placing["projection"]): Box {
  const corners = [project(west, south), project(east, south), project(east, north), project(west, north)];
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  return { minX: Math.min(...xs), minY: Math.min(...ys), maxX: Math.max(...xs), maxY: Math.max(...ys) };
}

type Degrees = readonly [number, number, number, number];

function cityName(wanted: string, where = "insets"): string {
  const found = INSET_CITIES.find((city) => city.toLowerCase() === wanted.toLowerCase());
  if (found !== undefined) return found;
  const isInset = where === "insets";
  const other = isInset ? "{ title, box: [west, south, east, north] }" : "west,south,east,north in degrees";
  throw new UserError(`There is no ${isInset ? "inset for" : "extent of"} "${wanted}"`, {
    where,
    hint: `${didYouMean(wanted, INSET_CITIES)} Any other place is ${other}.`,
  });
}

function cityBox(city: string, { project }: Placing["projection"]): Box {
  const [longitude = 0, latitude = 0, kilometres = 0] = CITIES[city] ?? [];
  const [x, y] = project(longitude, latitude);
  const metres = 1000 * kilometres;
  return { minX: x - metres, minY: y - metres, maxX: x + metres, maxY: y + metres };
}

/** Known cities with the most features that the whole map is too small for. */
function crowdedCities(geometry: Geometry, { projection }: Placing, size: Size): MapInset[] {
  const bounds = featureBounds(geometry);
  const whole = wholeBounds(bounds);
  if (!whole) return [];
  const metres = toMetres(geometry, whole);
  const perPixel = Math.max(
    (metres.maxX - metres.minX) / size.width,
    (metres.maxY - metres.minY) / size.height,
  );
  const narrow = (NARROW_PIXELS * perPixel) / geometry.scale;
  const cities = INSET_CITIES.map((title) => {
    const box = cityBox(title, projection);
    return { title, box, crowd: countNarrow(geometry, bounds, box, narrow) };
  });
  const smaller = cities.filter(({ box }) => box.maxX - box.minX < (metres.maxX - metres.minX) / 4);
  const crowded = smaller.filter(({ crowd }) => crowd >= 100).sort((one, other) => other.crowd - one.crowd);
  return crowded.slice(0, MOST_INSETS).map(({ title, box }) => ({ title, box }));
}

function countNarrow(
  { originX, originY, scale }: Geometry,
  bounds: Float64Array,
  box: Box,
  narrow: number,
): number {
  const [minX, maxX] = [(box.minX - originX) / scale, (box.maxX - originX) / scale];
  const [minY, maxY] = [(box.minY - originY) / scale, (box.maxY - originY) / scale];
  let count = 0;
  for (let at = 0; at < bounds.length; at += 4) {
    const [left, bottom, right] = [bounds[at] ?? 0, bounds[at + 1] ?? 0, bounds[at + 2] ?? 0];
    if (left >= minX && right <= maxX && bottom >= minY && bottom <= maxY && right - left <= narrow) count++;
  }
  return count;
}
