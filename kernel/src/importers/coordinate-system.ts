import type { Engine } from "../engine/engine.ts";
import { quoteLiteral } from "../engine/quote.ts";
import { UserError } from "../errors.ts";

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
  return `ST_Transform(${shape}, ${quoteLiteral(system)}, 'EPSG:4326', always_xy := true)`;
}

/** Throws a UserError when nobody knows a coordinate system that the user names. */
export async function checkSystem(engine: Engine, system: string, where: string): Promise<void> {
  try {
    await engine.query(`SELECT ST_Transform(ST_Point(0, 0), ${quoteLiteral(system)}, 'OGC:CRS84')`);
  } catch (cause) {
    throw new UserError(`There is no coordinate system "${system}"`, {
      where,
      hint: "EPSG:27700 is the British national grid, EPSG:4326 longitude and latitude.",
      cause,
    });
  }
}
