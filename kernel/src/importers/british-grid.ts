/**
 * Great Britain's national grid (EPSG:27700) by seven parameters. The 2019 system, and so every published value made with it,
 * used these and not the survey's grid of shifts, which differs by up to three metres.
 */
const BRITISH_GRID =
  "+proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy +towgs84=446.448,-125.157,542.06,0.15,0.247,0.842,-20.489 +units=m +no_defs";

/** A shape in longitude and latitude, as SQL, from SQL for one in easting and northing of the national grid. */
export function fromBritishGrid(shape: string): string {
  return `ST_Transform(${shape}, '${BRITISH_GRID}', 'EPSG:4326', always_xy := true)`;
}

/** A shape in longitude and latitude, as SQL, from SQL for one in a coordinate system such as `EPSG:3857`. */
export function fromSystem(shape: string, system: string): string {
  if (system === "EPSG:4326" || system === "OGC:CRS84") return shape;
  if (system === "EPSG:27700") return fromBritishGrid(shape);
  return `ST_Transform(${shape}, '${system.replaceAll("'", "''")}', 'EPSG:4326', always_xy := true)`;
}
