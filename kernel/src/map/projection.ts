import proj4 from "proj4";

/** A projected coordinate system in metres, and how longitude and latitude become its x and y. */
export interface Projection {
  readonly crs: string;
  project(longitude: number, latitude: number): [number, number];
}

const NATIONAL_GRID =
  "+proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy +towgs84=446.448,-125.157,542.06,0.15,0.247,0.842,-20.489 +units=m +no_defs";

/** Great Britain, in degrees. */
const BRITAIN = { west: -9, east: 2.2, south: 49.7, north: 61 };

/**
 * A system that shows an extent without much distortion: the British National Grid inside Great Britain, the zone of UTM
 * for other extents narrower than 6°, else an equal-area projection around the middle. For drawing, not for measuring.
 */
export function chooseProjection(west: number, south: number, east: number, north: number): Projection {
  if (west >= BRITAIN.west && east <= BRITAIN.east && south >= BRITAIN.south && north <= BRITAIN.north) {
    return projection("EPSG:27700", NATIONAL_GRID);
  }
  const longitude = (west + east) / 2;
  const latitude = (south + north) / 2;
  if (east - west <= 6 && Math.abs(latitude) < 80) {
    const zone = Math.min(60, Math.max(1, Math.floor((longitude + 180) / 6) + 1));
    const code = (latitude >= 0 ? 32_600 : 32_700) + zone;
    return projection(
      `EPSG:${code}`,
      `+proj=utm +zone=${zone}${latitude < 0 ? " +south" : ""} +datum=WGS84 +units=m +no_defs`,
    );
  }
  if (east - west > 180)
    return projection("EPSG:8857", "+proj=eqearth +lon_0=0 +datum=WGS84 +units=m +no_defs");
  const [lon, lat] = [longitude.toFixed(2), latitude.toFixed(2)];
  return projection(
    `laea ${lat} ${lon}`,
    `+proj=laea +lat_0=${lat} +lon_0=${lon} +datum=WGS84 +units=m +no_defs`,
  );
}

function projection(crs: string, definition: string): Projection {
  const { forward } = proj4("WGS84", definition);
  return {
    crs,
    project(longitude, latitude) {
      const [x = Number.NaN, y = Number.NaN] = forward([longitude, latitude]);
      return [x, y];
    },
  };
}
