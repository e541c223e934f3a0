import { UserError } from "../../errors.ts";
import { byName, columnNamed, numberOf } from "./columns.ts";
import { readHexShape } from "./hex-shapes.ts";
import type { NumberFormat } from "./number-format.ts";
import type { OwnFileOptions } from "./options.ts";
import type { ColumnProfile } from "./profile.ts";

/** Where the rows of a file are. */
export type Place =
  | { readonly type: "shape" }
  | { readonly type: "wkt"; readonly column: string; readonly crs: string }
  | { readonly type: "hex"; readonly column: string; readonly crs: string }
  | {
      readonly type: "point";
      readonly x: string;
      readonly y: string;
      readonly crs: string;
      readonly numbers: readonly [NumberFormat, NumberFormat];
      /** Whether the headings say it the other way round. */
      readonly isSwapped: boolean;
    }
  | {
      /** Both coordinates in one column. */
      readonly type: "pair";
      readonly column: string;
      readonly crs: string;
      /** Whether the latitude or northing stands first. */
      readonly isNorthFirst: boolean;
    };

const X_NAMES = ["longitude", "lon", "long", "lng", "x", "easting", "eastings", "x_coord", "lon_wgs84"];
const Y_NAMES = ["latitude", "lat", "y", "northing", "northings", "y_coord", "lat_wgs84"];

/** Where the rows are: what the user says, then what the headings and the numbers say; undefined when nothing does. */
export function placeOf(
  profiles: readonly ColumnProfile[],
  options: OwnFileOptions,
  file: string,
  hasShapes: boolean,
): Place | undefined {
  const isSaid = options.x !== undefined || options.y !== undefined;
  if (hasShapes && !isSaid) return { type: "shape" };
  if (isSaid && (options.x === undefined || options.y === undefined))
    return saidPair(profiles, options, file);
  const x = options.x === undefined ? byName(profiles, X_NAMES) : columnNamed(profiles, options.x, file);
  const y = options.y === undefined ? byName(profiles, Y_NAMES) : columnNamed(profiles, options.y, file);
  const point = x && y && pointOf(x, y, options, isSaid);
  if (point) return point;
  if (isSaid) {
    throw new UserError(`"${options.x}" and "${options.y}" of ${file} are not coordinates`, {
      hint: "They must be numbers; say in which system with --crs, such as --crs EPSG:27700.",
    });
  }
  const wkt = profiles.find(({ filled, wkt }) => filled > 0 && wkt === filled);
  if (wkt) return { type: "wkt", column: wkt.name, crs: options.crs ?? systemOfWkt(wkt.sample) };
  const hex = profiles.find(({ filled, hex }) => filled > 0 && hex === filled);
  if (hex) return { type: "hex", column: hex.name, crs: options.crs ?? systemOfHex(hex.sample) };
  const pair = profiles.find((profile) => isPair(profile, options));
  return pair && pairOf(pair, options, undefined);
}

/** The coordinate system that texts of shapes name, or the one that fits their first coordinates. */
function systemOfWkt(texts: readonly string[]): string {
  const named = /^SRID=(\d+);/i.exec(texts[0] ?? "")?.[1];
  if (named !== undefined && named !== "0") return `EPSG:${named}`;
  return systemOfPlaces(texts.map((text) => /(-?[\d.]+) +(-?[\d.]+)/.exec(text)?.slice(1).map(Number)));
}

/** The same of shapes in hexadecimal digits. */
function systemOfHex(texts: readonly string[]): string {
  const shapes = texts.map(readHexShape);
  const named = shapes[0]?.system;
  return named ? `EPSG:${named}` : systemOfPlaces(shapes.map((shape) => shape?.first));
}

function systemOfPlaces(firsts: readonly (readonly number[] | undefined)[]): string {
  const [across, up] = [0, 1].map((index) => {
    const numbers = firsts.map((pair) => pair?.[index] ?? Number.NaN).filter(Number.isFinite);
    return [Math.min(...numbers), Math.max(...numbers)] as const;
  });
  return (across && up && systemOfExtent(across, up)) ?? "EPSG:4326";
}

/** Columns that say where a row is. */
export function placeColumns(place: Place | undefined): string[] {
  if (place?.type === "point") return [place.x, place.y];
  return place === undefined || place.type === "shape" ? [] : [place.column];
}

/** Smallest and largest number. */
export type Range = readonly [number, number];

function within([low, high]: Range, least: number, most: number): boolean {
  return low >= least && high <= most;
}

function pointOf(
  x: ColumnProfile,
  y: ColumnProfile,
  options: OwnFileOptions,
  isSaid: boolean,
): Place | undefined {
  const numbers = [numberOf(x, options), numberOf(y, options)] as const;
  const [across, up] = [x, y].map((profile, index) => profile.ranges[numbers[index]?.decimal ?? "."]);
  if (!numbers[0] || !numbers[1] || !across || !up) return undefined;
  const isSwapped = !isSaid && options.crs === undefined && areSwapped(across, up);
  const crs = options.crs ?? (isSwapped ? systemOf(up, across) : systemOf(across, up));
  if (crs === undefined) return undefined;
  return isSwapped
    ? { type: "point", x: y.name, y: x.name, crs, numbers: [numbers[1], numbers[0]], isSwapped }
    : { type: "point", x: x.name, y: y.name, crs, numbers: [numbers[0], numbers[1]], isSwapped };
}

/** Degrees, or the metres of the British national grid, by the size of the numbers. */
function systemOf(across: Range, up: Range): string | undefined {
  if (within(across, -180, 180) && within(up, -90, 90)) return "EPSG:4326";
  if (within(across, 0, 700_000) && within(up, 0, 1_300_000)) return "EPSG:27700";
  return undefined;
}

/** The same for shapes, which may also be in the metres of maps on the web, where they lie in Britain. */
export function systemOfExtent(across: Range, up: Range): string | undefined {
  const isWebMap = within(across, -1_100_000, 300_000) && within(up, 6_200_000, 8_900_000);
  return systemOf(across, up) ?? (isWebMap ? "EPSG:3857" : undefined);
}

/** Whether coordinates lie in Britain only the other way round. */
function areSwapped(across: Range, up: Range): boolean {
  const inDegrees = (east: Range, north: Range) => within(east, -9, 3) && within(north, 49, 61);
  if (inDegrees(up, across)) return !inDegrees(across, up);
  return systemOf(up, across) === "EPSG:27700" && touchesBritain(up, across) && !touchesBritain(across, up);
}

/** The least and the greatest easting of land in Great Britain and the Isle of Man, by bands of 100 km from the south, in kilometres. */
const LAND: readonly Range[] = [
  [75, 565],
  [165, 645],
  [165, 660],
  [205, 660],
  [210, 550],
  [195, 475],
  [110, 430],
  [65, 420],
  [55, 420],
  [65, 400],
  [110, 380],
  [310, 470],
  [390, 470],
];

/** Whether a rectangle of the national grid may hold land. */
function touchesBritain([west, east]: Range, [south, north]: Range): boolean {
  return LAND.some(
    ([first, last], band) =>
      south < (band + 1) * 100_000 && north >= band * 100_000 && west <= last * 1000 && east >= first * 1000,
  );
}

/** Whether a column has both coordinates of each row. `1,200` is a number. */
function isPair(profile: ColumnProfile, options: OwnFileOptions): boolean {
  return profile.filled > 0 && profile.pairs === profile.filled && numberOf(profile, options) === undefined;
}

/** The column of pairs that the user names, by `--x` where the longitude stands first. */
function saidPair(profiles: readonly ColumnProfile[], options: OwnFileOptions, file: string): Place {
  const column = columnNamed(profiles, options.x ?? options.y ?? "", file);
  if (column.filled > 0 && column.pairs === column.filled)
    return pairOf(column, options, options.x === undefined);
  throw new UserError("--x and --y belong together", { hint: "Name the column of either coordinate." });
}

function pairOf(column: ColumnProfile, { crs }: OwnFileOptions, said: boolean | undefined): Place {
  const [first = [0, 0], second = [0, 0]] = column.pairRanges;
  const north = said ?? isNorthFirst(first, second, column.name);
  const isNorth = north ?? systemOf(second, first) === "EPSG:4326";
  const system = crs ?? (isNorth ? systemOf(second, first) : systemOf(first, second)) ?? "EPSG:4326";
  return {
    type: "pair",
    column: column.name,
    crs: system,
    isNorthFirst: isNorth,
  };
}

/** Whether the latitude stands first, where the numbers or the heading tell. */
function isNorthFirst(first: Range, second: Range, heading: string): boolean | undefined {
  if (systemOf(second, first) !== undefined && areSwapped(first, second)) return true;
  if (systemOf(first, second) !== undefined && areSwapped(second, first)) return false;
  const words = heading.toLowerCase();
  const [north, east] = [words.search(/lat|north|\by\b/), words.search(/lon|lng|east|\bx\b/)];
  if (north >= 0 && east >= 0) return north < east;
  if (systemOf(first, second) === undefined) return true;
  if (systemOf(second, first) === undefined) return false;
  return undefined;
}
