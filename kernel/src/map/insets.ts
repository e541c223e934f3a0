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
import type { InsetOption } from "./options.ts";
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
  const [west, south, east, north] = inset.box;
  const [[minX, minY], [maxX, maxY]] = [projection.project(west, south), projection.project(east, north)];
  return { title: inset.title, box: { minX, minY, maxX, maxY } };
}

function cityName(wanted: string): string {
  const found = INSET_CITIES.find((city) => city.toLowerCase() === wanted.toLowerCase());
  if (found !== undefined) return found;
  throw new UserError(`There is no inset for "${wanted}"`, {
    where: "insets",
    hint: `${didYouMean(wanted, INSET_CITIES)} Any other place is { title, box: [west, south, east, north] }.`,
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
