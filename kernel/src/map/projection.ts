import proj4 from "proj4";
import { UserError } from "../errors.ts";

/** A projected coordinate system in metres, and how longitude and latitude become its x and y. */
export interface Projection {
  readonly crs: string;
  project(longitude: number, latitude: number): [number, number];
}

/** A range of longitude and latitude, in degrees. East of a map across the date line is more than 180. */
export interface Extent {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

const NATIONAL_GRID =
  "+proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy +towgs84=446.448,-125.157,542.06,0.15,0.247,0.842,-20.489 +units=m +no_defs";

const KNOWN: Readonly<Record<string, string>> = {
  "EPSG:27700": NATIONAL_GRID,
  "EPSG:3857":
    "+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +no_defs",
  "EPSG:3035": "+proj=laea +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000 +ellps=GRS80 +units=m +no_defs",
  "EPSG:2154":
    "+proj=lcc +lat_0=46.5 +lon_0=3 +lat_1=49 +lat_2=44 +x_0=700000 +y_0=6600000 +ellps=GRS80 +units=m +no_defs",
  "EPSG:5070":
    "+proj=aea +lat_0=23 +lon_0=-96 +lat_1=29.5 +lat_2=45.5 +x_0=0 +y_0=0 +datum=NAD83 +units=m +no_defs",
  "EPSG:8857": "+proj=eqearth +lon_0=0 +datum=WGS84 +units=m +no_defs",
};

/** Great Britain, in degrees. */
const BRITAIN: Extent = { west: -9, east: 2.2, south: 49.7, north: 61 };

/**
 * A system that shows an extent without much distortion: the British National Grid inside Great Britain, the zone of UTM
 * for other extents narrower than 6°, else an equal-area projection around the middle. For drawing, not for measuring.
 */
export function chooseProjection({ west, south, east, north }: Extent): Projection {
  if (west >= BRITAIN.west && east <= BRITAIN.east && south >= BRITAIN.south && north <= BRITAIN.north) {
    return projection("EPSG:27700", NATIONAL_GRID);
  }
  const longitude = (west + east) / 2;
  const latitude = (south + north) / 2;
  if (east - west <= 6 && Math.abs(latitude) < 80 && Math.max(-south, north) < 84)
    return utm(longitude, latitude);
  if (east - west > 180 || north - south > 150) {
    const lon = wrapped(longitude).toFixed(0);
    return Math.abs(Number(lon)) < 60
      ? projection("EPSG:8857", KNOWN["EPSG:8857"] ?? "")
      : projection(`eqearth ${lon}`, `+proj=eqearth +lon_0=${lon} +datum=WGS84 +units=m +no_defs`);
  }
  const [lon, lat] = [wrapped(longitude).toFixed(2), latitude.toFixed(2)];
  return projection(
    `laea ${lat} ${lon}`,
    `+proj=laea +lat_0=${lat} +lon_0=${lon} +datum=WGS84 +units=m +no_defs`,
  );
}

/** The system of a code such as `EPSG:27700` or `32630`, or a PROJ definition that begins with `+proj`. */
export function findProjection(wanted: string): Projection {
  if (wanted.startsWith("+proj=")) return projection(wanted, wanted);
  const code = /^(?:EPSG:)?(\d{4,5})$/i.exec(wanted.trim())?.[1] ?? "";
  const definition = KNOWN[`EPSG:${code}`];
  if (definition) return projection(`EPSG:${code}`, definition);
  const zone = /^32([67])([0-6]\d)$/.exec(code);
  if (zone && Number(zone[2]) >= 1 && Number(zone[2]) <= 60)
    return utm(6 * Number(zone[2]) - 183, zone[1] === "6" ? 1 : -1);
  throw new UserError(`A map cannot be drawn in the coordinate system "${wanted}"`, {
    where: "crs",
    hint: `It can in ${Object.keys(KNOWN).join(", ")}, in EPSG:32601 to 32760 (UTM), or in a definition that begins with +proj and has metres.`,
  });
}

function utm(longitude: number, latitude: number): Projection {
  const zone = Math.min(60, Math.max(1, Math.floor((wrapped(longitude) + 180) / 6) + 1));
  const code = (latitude >= 0 ? 32_600 : 32_700) + zone;
  return projection(
    `EPSG:${code}`,
    `+proj=utm +zone=${zone}${latitude < 0 ? " +south" : ""} +datum=WGS84 +units=m +no_defs`,
  );
}

function wrapped(longitude: number): number {
  return longitude > 180 ? longitude - 360 : longitude;
}

/** PROJ begins to count at the centre unless told otherwise; proj4 has no number at all for some projections then. */
function withOrigin(definition: string): string {
  const missing = ["+x_0", "+y_0"].filter((name) => !definition.includes(`${name}=`));
  return definition.includes("+proj=utm")
    ? definition
    : [definition, ...missing.map((name) => `${name}=0`)].join(" ");
}

function projection(crs: string, definition: string): Projection {
  const { forward } = proj4("WGS84", withOrigin(definition));
  // Mercator goes to infinity at the poles.
  const highest = crs === "EPSG:3857" ? 85.06 : 90;
  return {
    crs,
    project(longitude, latitude) {
      const [x = Number.NaN, y = Number.NaN] = forward([
        longitude,
        Math.max(-highest, Math.min(highest, latitude)),
      ]);
      return [x, y];
    },
  };
}
