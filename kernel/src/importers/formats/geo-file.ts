import { basename } from "node:path";
import type { Engine } from "../../engine/engine.ts";
import { quoteLiteral } from "../../engine/quote.ts";
import { quotePath } from "../../engine/read-files.ts";
import { rowsOf } from "../../engine/rows.ts";
import { UserError } from "../../errors.ts";
import { fromSystem } from "../coordinate-system.ts";
import { checkGeoPackage } from "./check-geopackage.ts";
import { readFeatureCollection } from "./feature-collection.ts";
import type { Piece, ReadFile, ReadOptions } from "./read.ts";
import { startOfFile } from "./start-of-file.ts";

/**
 * GeoJSON, TopoJSON, a shapefile, GeoPackage and what else GDAL reads become the table `source` with their own columns,
 * `OGC_FID` from 0, and the shape in longitude and latitude in `geom`.
 */
export const readGeo: ReadFile = async (engine, [piece, ...others], table, options) => {
  const { signal } = options;
  if (!piece) return;
  if (others.length > 0) throw new Error("geographic files have a table each");
  const isCollection = /\.(geo|topo)?json$/i.test(piece.path) && recogniseGeoFile(piece.path) === "geojson";
  try {
    if (isGeoPackage(piece.path)) await checkGeoPackage(piece.path, piece.name);
    if (isCollection && (await readGeoJson(engine, piece, table, options))) return;
    await readWithGdal(engine, piece, table, signal);
  } catch (cause) {
    signal?.throwIfAborted();
    throw damaged(piece.name, piece.path, cause);
  }
};

/** A layer of a geographic file. */
export interface GeoLayer {
  readonly name: string;
  readonly features: number;
}

/** The layers of a geographic file, in their order. */
export async function geoLayers(engine: Engine, { path, name }: Piece): Promise<GeoLayer[]> {
  try {
    if (isGeoPackage(path)) await checkGeoPackage(path, name);
    const result = await engine.query(`SELECT layer.name AS name, layer.feature_count AS features
      FROM (SELECT unnest(layers) AS layer FROM ST_Read_Meta(${quotePath(path)}))`);
    return rowsOf(result).map((row) => ({ name: String(row["name"]), features: Number(row["features"]) }));
  } catch (cause) {
    throw damaged(name, path, cause);
  }
}

const isGeoPackage = (path: string): boolean => /\.gpkg$/i.test(path);

function damaged(name: string, path: string, cause: unknown): UserError {
  if (cause instanceof UserError) return cause;
  return new UserError(`${name} cannot be read: it is damaged or cut short`, { where: path, cause });
}

/** Reads a feature collection; false when it is another kind of GeoJSON. */
async function readGeoJson(
  engine: Engine,
  { path, source }: Piece,
  table: string,
  options: ReadOptions,
): Promise<boolean> {
  if (!/"type"\s*:\s*"FeatureCollection"/.test(startOfFile(path))) return false;
  const shape = (geometry: string, system: string | undefined) => inDegrees(geometry, source.crs ?? system);
  await readFeatureCollection(engine, path, table, shape, options);
  return true;
}

async function readWithGdal(
  engine: Engine,
  { path, source }: Piece,
  table: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const layer = source.layer === undefined ? "" : `, layer = ${quoteLiteral(source.layer)}`;
  const file = `ST_Read(${quoteLiteral(path)}${layer})`;
  const described = await engine.query(`SELECT column_type FROM (DESCRIBE SELECT geom FROM ${file})`);
  const system = /^GEOMETRY\('(.+)'\)$/.exec(String(described.getChild("column_type")?.get(0)))?.[1];
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE ${table} AS SELECT * REPLACE (${inDegrees("geom", source.crs ?? system)} AS geom) FROM ${file}`,
    { signal },
  );
}

/**
 * GeoJSON is longitude and latitude, but the standard of 2008 let a file name another coordinate system, and other formats
 * always do. All shapes of the store are longitude and latitude.
 */
export function inDegrees(geometry: string, system: string | undefined): string {
  return `ST_SetCRS(${system === undefined ? geometry : fromSystem(geometry, system)}, 'OGC:CRS84')`;
}

/** Tells GeoJSON from TopoJSON by the file's beginning; a UserError says what the file is when it is neither. */
export function recogniseGeoFile(path: string): "geojson" | "topojson" {
  const start = startOfFile(path).trimStart();
  const name = basename(path);
  if (start === "") throw new UserError(`${name} is empty`, { where: path });
  if (start.startsWith("<")) {
    const what = /^<(!doctype html|html)/i.test(start) ? "a web page" : "XML";
    throw new UserError(`${name} is ${what}, not GeoJSON or TopoJSON`, {
      where: path,
      hint: "Check the address it came from.",
    });
  }
  if (!start.startsWith("{"))
    throw new UserError(`${name} is not GeoJSON or TopoJSON: it does not begin with {`, { where: path });
  if (/"type"\s*:\s*"Topology"/.test(start)) return "topojson";
  if (
    /"type"\s*:\s*"(FeatureCollection|Feature|GeometryCollection|(Multi)?(Point|LineString|Polygon))"/.test(
      start,
    )
  )
    return "geojson";
  throw new UserError(`${name} is JSON, but neither GeoJSON nor TopoJSON`, {
    where: path,
    hint: "Its type must be FeatureCollection or Topology.",
  });
}
